// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QPalette;

namespace kindling {

/// Makes the Breeze icons known; call once after the application object exists (applyTheme does).
void initIcons();
/// A symbolic Breeze icon ("media-playback-start") in the palette's text colour. Null if there is no such icon.
[[nodiscard]] QIcon themedIcon(const QString& breezeName, const QPalette& palette);
/// The same, following the program's palette when it changes.
[[nodiscard]] QIcon themedIcon(const QString& breezeName);

} // namespace kindling
