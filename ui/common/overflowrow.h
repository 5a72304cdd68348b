// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QPushButton;
class QToolButton;

namespace kindling {

/// Buttons side by side. Those that have no room are in a menu at the end instead: the least worthy first, so that
/// neither their words are cut nor the row is broken.
class OverflowRow final : public QWidget {
    Q_OBJECT
public:
    explicit OverflowRow(QWidget* parent = nullptr);

    /// A button of worth `always` never goes into the menu.
    static constexpr int always = 100;
    void addButton(QPushButton* button, int worth);
    /// One that is not offered is neither in the row nor in the menu.
    void setOffered(QPushButton* button, bool isOffered);
    /// With all buttons in the row.
    [[nodiscard]] int wholeWidth() const;
    /// With all that may be in the menu in it.
    [[nodiscard]] int leastWidth() const;
    void fitTo(int room);

private:
    struct Entry {
        QPushButton* button = nullptr;
        int worth = 0;
        bool isOffered = true;
    };

    /// Of the row with only those worth that much; and with the menu's button, if any is not.
    [[nodiscard]] int widthFrom(int worth) const;
    void fillMenu();

    QList<Entry> m_entries;
    QHBoxLayout* m_row;
    QToolButton* m_more;
    QMenu* m_menu;
};

} // namespace kindling
