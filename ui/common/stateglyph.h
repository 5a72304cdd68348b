// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/states.h"
#include "ui/common/theme.h"

#include <QIcon>
#include <QRectF>

class QPainter;

namespace kindling {

/// Draws a state's shape into the largest square in the middle of `rect`.
void paintStateGlyph(QPainter& painter, const QRectF& rect, StateRole role, const QColor& color);
/// The colour that goes with a state's shape.
[[nodiscard]] ColorRole colorOf(StateRole role);
/// The shape in its colour as an icon of any size.
[[nodiscard]] QIcon stateIcon(StateRole role, const QPalette& palette);
/// The same, following the program's palette when it changes.
[[nodiscard]] QIcon stateIcon(StateRole role);

} // namespace kindling
