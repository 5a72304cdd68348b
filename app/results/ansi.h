// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <cstdint>

namespace kindling {

/// A colour as the text asked for it. What an indexed colour looks like is the window's affair.
struct AnsiColor {
    enum class Type { Default, Indexed, Rgb };

    Type type = Type::Default;
    std::uint32_t value = 0; ///< Indexed: 0 to 15 named, 16 to 255 of the xterm cube; Rgb: 0xRRGGBB

    friend bool operator==(const AnsiColor&, const AnsiColor&) = default;
};

struct AnsiStyle {
    AnsiColor foreground;
    AnsiColor background;
    bool isBold = false;
    bool isItalic = false;
    bool isUnderlined = false;

    friend bool operator==(const AnsiStyle&, const AnsiStyle&) = default;
};

/// A run of text in one style; may hold line feeds.
struct AnsiSpan {
    QString text;
    AnsiStyle style;

    friend bool operator==(const AnsiSpan&, const AnsiSpan&) = default;
};

/// What a terminal would have left on its lines: colours (SGR) become spans, carriage returns and backspaces overwrite,
/// "erase in line" erases, every other escape and control character is dropped. Neighbours differ in style.
[[nodiscard]] QList<AnsiSpan> parseAnsi(const QString& text);
/// The same without the styles.
[[nodiscard]] QString plainText(const QString& text);

} // namespace kindling
