// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <Qt>

class QApplication;
class QPushButton;
class QWidget;

namespace kindling {

/// Every colour of the window by its duty; nothing else in the program names a colour.
enum class ColorRole {
    Window,
    Base,
    Alternate,
    Text,
    Secondary,      ///< less important text
    Line,           ///< frames and separators
    Selection,      ///< background of selected rows
    Button,         ///< background of quiet buttons and fields
    Accent,         ///< lines and marks of what has the focus, links
    PrimaryFill,    ///< background of the one primary button of a pane
    PrimaryText,    ///< text on PrimaryFill
    Good,
    Active,
    Waiting,
    Bad,
    Ended,
    MarkBackground, ///< a yellow note, and found text; its text is Text
    AnsiMagenta,    ///< the one terminal colour that no state has
};

enum class ThemeTone { Light, Dark, HighContrast };
/// Which set of colours goes with a palette: by the brightness of its base; near 21 : 1 means a high-contrast system.
[[nodiscard]] ThemeTone toneOf(const QPalette& palette);
/// The colour of a role. With a high-contrast palette: that palette's own.
[[nodiscard]] QColor themeColor(ColorRole role, const QPalette& palette);
/// Our palette for a scheme; Unknown is light.
[[nodiscard]] QPalette themePalette(Qt::ColorScheme scheme);
/// Sets style, palette and icons of the whole program, and follows the system when `scheme` is Unknown. Call again to
/// change the choice. A high-contrast system palette stays as it is.
void applyTheme(QApplication& app, Qt::ColorScheme scheme);

/// WCAG contrast, 1…21.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);
/// One step smaller than `font`, never below 11 px at 96 dpi.
[[nodiscard]] QFont secondaryFont(const QFont& font);
/// The system's fixed font at about the size of its UI font.
[[nodiscard]] QFont codeFont();
/// Makes `button` the pane's one filled button.
void makePrimary(QPushButton* button);

} // namespace kindling
