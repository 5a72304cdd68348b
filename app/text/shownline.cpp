// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text/shownline.h"

#include "app/text/logtext.h"

#include <algorithm>
#include <cstring>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype tabWidth = 8;
constexpr qsizetype exactBytes = 1024 * 1024;

bool isContinuationByte(char byte)
{
    return (static_cast<uchar>(byte) & 0xc0) == 0x80;
}

/// One character of valid UTF-8, and what is shown for it.
struct Glyph {
    char32_t code = 0;
    qsizetype bytes = 1;
};

Glyph glyphAt(QByteArrayView text, qsizetype at)
{
    const auto byte = [&](qsizetype i) { return static_cast<char32_t>(static_cast<uchar>(text.at(at + i))); };
    const char32_t lead = byte(0);
    qsizetype bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    bytes = std::min(bytes, text.size() - at);
    char32_t code = bytes == 1 ? lead : lead & (0x7fU >> bytes);
    for (qsizetype i = 1; i < bytes; ++i)
        code = code << 6 | (byte(i) & 0x3f);
    return { code, bytes };
}

bool isUnseen(char32_t code)
{
    constexpr char32_t nonJoiner = 0x200c; // words and emoji are made with these two
    constexpr char32_t joiner = 0x200d;
    if (code < 0x80 || code == nonJoiner || code == joiner)
        return false;
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default: // every other category is seen
        return false;
    }
}

QString writtenOut(char32_t code)
{
    return u"[U+"_s + QString::number(static_cast<uint>(code), 16).toUpper().rightJustified(4, u'0') + u']';
}

QString pictureOf(char32_t code)
{
    if (code < 0x20)
        return QChar(static_cast<char16_t>(0x2400 + code));
    if (code == 0x7f)
        return QChar(u'\u2421');
    if (isUnseen(code))
        return writtenOut(code);
    return QString::fromUcs4(&code, 1);
}

qsizetype widthOf(char32_t code, qsizetype column)
{
    if (code == U'\t')
        return tabWidth - column % tabWidth;
    return isUnseen(code) ? writtenOut(code).size() : 1;
}

/// Goes through a line, character by character.
struct Walk {
    explicit Walk(QByteArrayView line)
        : text(line)
        , exactEnd(std::min(line.size(), exactBytes))
    {
        while (exactEnd < text.size() && isContinuationByte(text.at(exactEnd)))
            ++exactEnd;
    }
    [[nodiscard]] bool isExact() const { return byte < exactEnd; }
    [[nodiscard]] Glyph glyph() const { return glyphAt(text, byte); }
    void step(const Glyph& glyph)
    {
        column += widthOf(glyph.code, column);
        byte += glyph.bytes;
    }

    QByteArrayView text;
    qsizetype exactEnd;
    qsizetype byte = 0;
    qsizetype column = 0;
};

/// To the character that holds the column.
Walk walkTo(QByteArrayView text, qsizetype column)
{
    Walk walk(text);
    while (walk.isExact()) {
        const Glyph glyph = walk.glyph();
        if (walk.column + widthOf(glyph.code, walk.column) > column)
            return walk;
        walk.step(glyph);
    }
    const qsizetype beyond = std::clamp<qsizetype>(column - walk.column, 0, text.size() - walk.byte);
    walk.byte += beyond;
    walk.column += beyond;
    while (walk.byte > walk.exactEnd && walk.byte < text.size() && isContinuationByte(text.at(walk.byte))) {
        --walk.byte;
        --walk.column;
    }
    return walk;
}
}

bool isPlainAscii(QByteArrayView text)
{
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 tops = ones * 0x80;
    const char* at = text.data();
    qsizetype left = text.size();
    quint64 odd = 0;
    for (; left >= 8; left -= 8, at += 8) {
        quint64 word = 0;
        std::memcpy(&word, at, 8);
        const quint64 isDelete = word ^ (ones * 0x7f);
        odd |= word | ((word - ones * 0x20) & ~word) | ((isDelete - ones) & ~isDelete);
    }
    if ((odd & tops) != 0)
        return false;
    return std::all_of(at, at + left, [](char c) { return c >= 0x20 && c < 0x7f; });
}

qsizetype columnCount(const LogRow& row)
{
    return columnAt(row, row.text.size());
}

qsizetype columnAt(const LogRow& row, qsizetype byte)
{
    if (row.isPlain)
        return byte;
    Walk walk(row.text);
    while (walk.isExact() && walk.byte < byte)
        walk.step(walk.glyph());
    return walk.column + std::max<qsizetype>(0, byte - walk.byte);
}

qsizetype byteAt(const LogRow& row, qsizetype column)
{
    if (row.isPlain)
        return std::clamp<qsizetype>(column, 0, row.text.size());
    return walkTo(row.text, column).byte;
}

QString shownText(const LogRow& row, qsizetype firstColumn, qsizetype columns)
{
    if (row.isPlain) {
        const qsizetype first = std::clamp<qsizetype>(firstColumn, 0, row.text.size());
        return QString::fromLatin1(row.text.sliced(first, std::min(columns, row.text.size() - first)));
    }
    Walk walk = walkTo(row.text, firstColumn);
    QString shown;
    qsizetype left = firstColumn - walk.column; // of a wide character that begins before
    const qsizetype end = firstColumn + columns;
    while (walk.byte < row.text.size() && walk.column < end) {
        const Glyph glyph = walk.glyph();
        const QString picture = glyph.code == U'\t' ? QString(widthOf(glyph.code, walk.column), u' ') : pictureOf(glyph.code);
        shown += left > 0 ? picture.sliced(std::min(left, picture.size())) : picture;
        left = 0;
        walk.step(glyph);
    }
    return shown;
}

qsizetype unitAt(QStringView shown, qsizetype columns)
{
    qsizetype unit = 0;
    for (; columns > 0 && unit < shown.size(); --columns)
        unit += shown.at(unit).isHighSurrogate() && unit + 1 < shown.size() ? 2 : 1;
    return unit;
}

QString copiedText(QByteArrayView text)
{
    if (isPlainAscii(text))
        return QString::fromLatin1(text);
    QString copied;
    copied.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const Glyph glyph = glyphAt(text, at);
        if (glyph.code == U'\t')
            copied += u'\t';
        else
            copied += pictureOf(glyph.code);
        at += glyph.bytes;
    }
    return copied;
}

} // namespace kindling
