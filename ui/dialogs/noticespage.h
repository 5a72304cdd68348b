// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/noticepolicy.h"

#include <QWidget>

#include <utility>

class QCheckBox;
class QSpinBox;
class QVBoxLayout;

namespace kindling {

class RuleList;

/// What a person wants to be told without looking.
class NoticesPage final : public QWidget {
    Q_OBJECT
public:
    explicit NoticesPage(const NoticePolicy& policy, QWidget* parent = nullptr);

    [[nodiscard]] NoticePolicy policy() const;

private:
    void setupKinds(QVBoxLayout* column, const NoticePolicy& policy);
    QCheckBox* addKind(NoticeKind kind, const QString& label, const QString& name);
    QCheckBox* makeBox(const QString& label, const QString& name);
    void updateEnabled();

    QCheckBox* m_isOn;
    QWidget* m_rest;
    QList<std::pair<NoticeKind, QCheckBox*>> m_kinds;
    QSpinBox* m_longStatement;
    QCheckBox* m_onlyOwnBatches = nullptr;
    RuleList* m_rules;
};

} // namespace kindling
