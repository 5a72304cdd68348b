// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace kindling {

/// What Tab may stop at: the widget itself and all in it, in the order of the tree.
[[nodiscard]] QWidgetList tabStopsOf(QWidget& widget);
/// Puts `stops` behind `before`. Widgets by themselves stand in the order in which they were made.
void chainTabStops(QWidget& before, const QWidgetList& stops);

} // namespace kindling
