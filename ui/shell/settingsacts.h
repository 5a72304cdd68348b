// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace kindling {

class Settings;
enum class ColorSchemeChoice;

/// Asks for all settings, and keeps what was chosen.
void openSettings(Settings& settings, QWidget* window);
/// Makes the whole program light, dark, or as the system is.
void applyColorScheme(ColorSchemeChoice choice);

} // namespace kindling
