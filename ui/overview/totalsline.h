// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace kindling {

class ItemsModel;
class RoleLabel;

/// "3 running · 4 idle · 1 starting · 3 failed · 52 in all", with the failed in the colour of what is bad, and a button that
/// opens more. Where room is short, the less urgent parts are left out whole.
class TotalsLine final : public QWidget {
    Q_OBJECT
public:
    /// Counts the rows of `model`, once after each burst of changes.
    explicit TotalsLine(ItemsModel* model, QWidget* parent = nullptr);

    /// All of it.
    [[nodiscard]] QString text() const;
    /// What there is room for.
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void moreRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// From the least urgent on; shown in another order.
    enum class Part { Ended, Idle, Starting, All, Running, Failed, Count };

    void scheduleCount();
    void count();
    void fit();
    /// Without those that come before `first`.
    [[nodiscard]] QString textFrom(Part first) const;
    [[nodiscard]] int widthOf(const QString& text) const;

    ItemsModel* m_model;
    bool m_isScheduled = false;
    QList<QString> m_parts; ///< by Part
    RoleLabel* m_before;
    RoleLabel* m_failed;
    RoleLabel* m_after;
    QPushButton* m_more;
};

} // namespace kindling
