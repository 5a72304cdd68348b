// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/htmltext.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextTable>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr qsizetype longestText = 2'000'000;
constexpr qsizetype widestColumn = 80; ///< longer texts push the rest of their row aside
constexpr int mostCells = 200'000;
constexpr qsizetype longestName = 20;
constexpr int deepestNesting = 100; ///< Qt's time grows with its square, and no page of a person comes near it

QStringView nameAt(QStringView text)
{
    const QStringView near = text.first(std::min(text.size(), longestName));
    return near.first(std::ranges::find_if_not(near, [](QChar c) { return c.isLetterOrNumber(); }) - near.begin());
}

/// Without what is no HTML inside: scripts, styles, comments. They nest as they like, and Qt reads tags in them.
QString withoutForeign(QStringView html)
{
    static constexpr std::array foreign{ std::pair{ "<!--"_L1, "-->"_L1 }, std::pair{ "<script"_L1, "</script>"_L1 }, std::pair{ "<style"_L1, "</style>"_L1 } };
    QString text;
    qsizetype kept = 0;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', at + 1)) {
        const auto found = std::ranges::find_if(foreign, [rest = html.sliced(at)](const auto& kind) { return rest.startsWith(kind.first, Qt::CaseInsensitive); });
        if (found == foreign.end())
            continue;
        text += html.sliced(kept, at - kept);
        const qsizetype end = html.indexOf(found->second, at, Qt::CaseInsensitive);
        if (end < 0)
            return text;
        kept = end + found->second.size();
        at = kept - 1;
    }
    return text + html.sliced(kept);
}

/// How deep elements stand in each other, leaving out those that need no end.
int nestingOf(QStringView html)
{
    static constexpr std::array endless{ "p"_L1, "br"_L1, "hr"_L1, "img"_L1, "td"_L1, "th"_L1, "tr"_L1, "tbody"_L1, "thead"_L1, "tfoot"_L1, "li"_L1, "dt"_L1,
        "dd"_L1, "col"_L1, "meta"_L1, "link"_L1, "input"_L1, "option"_L1, "path"_L1,
        "circle"_L1, "rect"_L1, "line"_L1, "use"_L1, "source"_L1, "wbr"_L1, "area"_L1, "embed"_L1, "track"_L1, "param"_L1, "base"_L1 };
    int depth = 0;
    int deepest = 0;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', at + 1)) {
        const QStringView rest = html.sliced(at + 1);
        const bool isEnd = rest.startsWith(u'/');
        const QStringView name = nameAt(rest.sliced(isEnd ? 1 : 0));
        if (name.isEmpty() || std::ranges::any_of(endless, [&](QLatin1StringView one) { return name.compare(one, Qt::CaseInsensitive) == 0; }))
            continue;
        depth = isEnd ? std::max(depth - 1, 0) : depth + 1;
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

struct CellText {
    QString text;
    bool isNumber = false;
};

QString onOneLine(QString text)
{
    text.remove(QChar::ObjectReplacementCharacter);
    return text.simplified();
}

CellText cellText(const QTextTable& table, int row, int column)
{
    const QTextTableCell cell = table.cellAt(row, column);
    const bool isCovered = cell.row() != row || cell.column() != column;
    if (isCovered)
        return {};
    QTextCursor cursor = cell.firstCursorPosition();
    cursor.setPosition(cell.lastPosition(), QTextCursor::KeepAnchor);
    CellText made{ onOneLine(cursor.selectedText()) };
    made.text.toDouble(&made.isNumber);
    return made;
}

void appendPadded(QString& line, const CellText& cell, qsizetype width)
{
    const QString padding(std::max<qsizetype>(width - cell.text.size(), 0), u' ');
    line += cell.isNumber ? padding + cell.text : cell.text + padding;
}

QString tableText(const QTextTable& table)
{
    const int columns = table.columns();
    const int rows = std::min(table.rows(), std::max(mostCells / columns, 1));
    std::vector<CellText> cells;
    std::vector<qsizetype> widths(static_cast<std::size_t>(columns), 0);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            cells.push_back(cellText(table, row, column));
            qsizetype& width = widths[static_cast<std::size_t>(column)];
            width = std::max(width, std::min(cells.back().text.size(), widestColumn));
        }
    QString text;
    for (std::size_t at = 0; at < cells.size() && text.size() < longestText;) {
        QString line;
        for (const qsizetype width : widths) {
            if (!line.isEmpty())
                line += u"  "_s;
            appendPadded(line, cells[at++], width);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

QString frameText(const QTextFrame& frame)
{
    QString text;
    for (auto it = frame.begin(); !it.atEnd() && text.size() < longestText; ++it) {
        if (const auto* table = qobject_cast<const QTextTable*>(it.currentFrame()))
            text += tableText(*table);
        else if (const QTextFrame* child = it.currentFrame())
            text += frameText(*child);
        else if (QString line = it.currentBlock().text().remove(QChar::ObjectReplacementCharacter); !line.trimmed().isEmpty())
            text += line.replace(QChar::LineSeparator, u'\n').replace(QChar::Nbsp, u' ') + u'\n';
    }
    return text;
}

}

QString textOfHtml(const QString& html)
{
    const QString clean = withoutForeign(QStringView(html).left(longestText));
    if (nestingOf(clean) > deepestNesting)
        return clean;
    // Through a fragment: a document that is given HTML asks for the style sheets in it.
    QTextDocument document;
    QTextCursor(&document).insertFragment(QTextDocumentFragment::fromHtml(clean));
    QString text = frameText(*document.rootFrame()).left(longestText);
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

} // namespace kindling
