// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemModel;

namespace kindling {

class ElidedLabel;
class RoleLabel;

/// "3 running · 4 idle · 1 starting · 3 failed · 52 in all", with the failed in the colour of what is bad.
class TotalsLine final : public QWidget {
    Q_OBJECT
public:
    /// Counts the rows of `model` by StateGlyphRole, once after each burst of changes.
    explicit TotalsLine(QAbstractItemModel* model, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;

private:
    void scheduleCount();
    void count();

    QAbstractItemModel* m_model;
    bool m_isScheduled = false;
    ElidedLabel* m_before;
    RoleLabel* m_failed;
    ElidedLabel* m_after;
};

} // namespace kindling
