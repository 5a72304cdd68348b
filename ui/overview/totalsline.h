// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace kindling {

class ElidedLabel;
class ItemsModel;
class RoleLabel;

/// "3 running · 4 idle · 1 starting · 3 failed · 52 in all", with the failed in the colour of what is bad, and a button that
/// opens more.
class TotalsLine final : public QWidget {
    Q_OBJECT
public:
    /// Counts the rows of `model`, once after each burst of changes.
    explicit TotalsLine(ItemsModel* model, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void moreRequested();

private:
    void scheduleCount();
    void count();

    ItemsModel* m_model;
    bool m_isScheduled = false;
    ElidedLabel* m_before;
    RoleLabel* m_failed;
    ElidedLabel* m_after;
    QPushButton* m_more;
};

} // namespace kindling
