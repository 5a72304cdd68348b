// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results/tableexport.h"

#include <numeric>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QList<qsizetype> indexes(const QList<qsizetype>& wanted, qsizetype count)
{
    QList<qsizetype> found;
    if (wanted.isEmpty()) {
        found.resize(count);
        std::iota(found.begin(), found.end(), 0);
        return found;
    }
    for (const qsizetype index : wanted) {
        if (index >= 0 && index < count)
            found.append(index);
    }
    return found;
}

bool isTaken(const TableSelection& selection, qsizetype row, qsizetype column)
{
    return !selection.holds || selection.holds(row, column);
}

bool isNull(const Cell& cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

QString quoted(QString text)
{
    text.replace(u'"', u"\"\""_s);
    return u'"' + text + u'"';
}

bool needsQuotes(const QString& text, QChar separator)
{
    return text.contains(separator) || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
}

QString delimitedText(const QString& text, QChar separator)
{
    return needsQuotes(text, separator) ? quoted(text) : text;
}

bool looksLikeFormula(const QString& text)
{
    return !text.isEmpty() && u"=+-@\t\r"_s.contains(text.front());
}

QString delimitedCell(const Cell& cell, QChar separator, bool isFormulaSafe)
{
    QString text = displayText(cell);
    if (isFormulaSafe && std::holds_alternative<QString>(cell) && looksLikeFormula(text))
        text.prepend(u'\'');
    // A CSV reader that knows null tells it from empty text by the quotes.
    if (text.isEmpty() && !isNull(cell) && separator == u',')
        return u"\"\""_s;
    return delimitedText(text, separator);
}

QString delimited(const Table& table, const TableSelection& selection, QChar separator, QLatin1StringView lineEnd)
{
    const QList<qsizetype> columns = indexes(selection.columns, table.columnCount());
    QString text;
    const auto addLine = [&](const auto& fieldOf) {
        for (qsizetype index = 0; index < columns.size(); ++index) {
            if (index > 0)
                text += separator;
            text += fieldOf(columns.at(index));
        }
        text += lineEnd;
    };
    if (selection.hasHeader)
        addLine([&](qsizetype column) { return delimitedText(table.column(column).name, separator); });
    for (const qsizetype row : indexes(selection.rows, table.rowCount()))
        addLine([&](qsizetype column) { return isTaken(selection, row, column) ? delimitedCell(table.cell(row, column), separator, selection.isFormulaSafe) : QString(); });
    return text;
}

QString markdownText(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s).replace(u'<', u"&lt;"_s);
    text.replace(u"\r\n"_s, u"<br>"_s).replace(u'\n', u"<br>"_s).replace(u'\r', u"<br>"_s);
    return text;
}

QString markdown(const Table& table, const TableSelection& selection)
{
    const QList<qsizetype> columns = indexes(selection.columns, table.columnCount());
    if (columns.isEmpty())
        return {};
    QString text;
    const auto addLine = [&](const auto& fieldOf) {
        for (const qsizetype column : columns)
            text += u"| " + fieldOf(column) + u' ';
        text += u"|\n"_s;
    };
    addLine([&](qsizetype column) { return markdownText(table.column(column).name); });
    addLine([&](qsizetype column) { return isNumeric(table.column(column).type) ? u"--:"_s : u"---"_s; });
    for (const qsizetype row : indexes(selection.rows, table.rowCount()))
        addLine([&](qsizetype column) { return isTaken(selection, row, column) ? markdownText(displayText(table.cell(row, column))) : QString(); });
    return text;
}
}

QString exportTable(const Table& table, TableFormat format, const TableSelection& selection)
{
    switch (format) {
    case TableFormat::Csv:
        return delimited(table, selection, u',', "\r\n"_L1);
    case TableFormat::Tsv:
        return delimited(table, selection, u'\t', "\n"_L1);
    case TableFormat::Markdown:
        return markdown(table, selection);
    }
    return {};
}

} // namespace kindling
