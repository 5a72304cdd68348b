// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;

namespace kindling {

// What FlatStyle draws, part by part, in the theme's colours.

inline constexpr int indicatorExtent = 15; ///< of a check box

[[nodiscard]] inline bool has(const QStyleOption* option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}
void drawSeparator(const QStyleOption* option, QPainter* painter);
void drawTabClose(const QStyleOption* option, QPainter* painter);
void drawBox(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& line);
void drawPushPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget);
/// Is it a tool button that unfolds something? Its arrow says already that it is on.
[[nodiscard]] bool unfolds(const QWidget* widget);
void drawToolPanel(const QStyleOption* option, QPainter* painter, const QWidget* widget);
void drawField(const QStyleOption* option, QPainter* painter);
void drawTab(const QStyleOptionTab* tab, QPainter* painter);
void drawHeader(const QStyleOptionHeader* header, QPainter* painter, const QWidget* widget);
void drawMenuBarItem(const QStyleOptionMenuItem* item, QPainter* painter, const QStyle& style, const QWidget* widget);
void drawProgress(const QStyleOptionProgressBar* bar, QPainter* painter, bool isGroove);
void drawChevron(QPainter* painter, const QRect& rect, const QColor& color, int direction = 1);
void drawIndicator(const QStyleOption* option, QPainter* painter, bool isRound);

} // namespace kindling
