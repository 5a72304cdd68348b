// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/noticepolicy.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace kindling {

/// A person's own rules: those there are in words, and a line that makes another.
class RuleList final : public QWidget {
    Q_OBJECT
public:
    explicit RuleList(QWidget* parent = nullptr);

    void setRules(const QList<NoticeRule>& rules);
    [[nodiscard]] const QList<NoticeRule>& rules() const { return m_rules; }

private:
    QWidget* makeEditor();
    [[nodiscard]] NoticeRule typed() const;
    void add();
    void removeCurrent();
    void showRules();
    void updateButtons();

    QList<NoticeRule> m_rules;
    QListWidget* m_list;
    QComboBox* m_what;
    QLineEdit* m_pattern;
    QSpinBox* m_minutes;
    QPushButton* m_add;
    QPushButton* m_remove;
};

} // namespace kindling
