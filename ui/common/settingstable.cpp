// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/settingstable.h"

#include "ui/common/celldelegate.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHeaderView>

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestValue = 2000;
constexpr int noteColumn = 3;

struct FieldWords {
    const char* wireName;
    const char* words;
};
constexpr std::array fieldWords{
    FieldWords{ "kind", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Kind") },
    FieldWords{ "file", QT_TRANSLATE_NOOP("kindling::SettingsTable", "File") },
    FieldWords{ "className", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Main class") },
    FieldWords{ "args", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Arguments") },
    FieldWords{ "proxyUser", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Run as") },
    FieldWords{ "driverMemory", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Driver memory") },
    FieldWords{ "driverCores", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Driver cores") },
    FieldWords{ "executorMemory", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Executor memory") },
    FieldWords{ "executorCores", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Executor cores") },
    FieldWords{ "numExecutors", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Executors") },
    FieldWords{ "queue", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Queue") },
    FieldWords{ "jars", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Jars") },
    FieldWords{ "pyFiles", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Python files") },
    FieldWords{ "files", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Files") },
    FieldWords{ "archives", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Archives") },
    FieldWords{ "heartbeatTimeoutInSecond", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Heartbeat time-out (s)") },
    FieldWords{ "ttl", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Lives at most") },
    FieldWords{ "idleTimeout", QT_TRANSLATE_NOOP("kindling::SettingsTable", "Ends when idle for") },
};
}

QString settingWords(const QString& wireName)
{
    const auto known = std::ranges::find_if(fieldWords, [&wireName](const FieldWords& each) { return wireName == QLatin1StringView(each.wireName); });
    return known == fieldWords.end() ? wireName : QCoreApplication::translate("kindling::SettingsTable", known->words);
}

QString settingValue(const QString& wireName, const QString& value)
{
    if (wireName == "kind"_L1 && !value.isEmpty())
        return kindWord(kindFromWire(value));
    if (wireName == "driverMemory"_L1 || wireName == "executorMemory"_L1)
        return memoryWords(value);
    return wireName == "ttl"_L1 || wireName == "idleTimeout"_L1 ? timeWords(value) : value;
}

SettingsTable::SettingsTable(const QString& leftTitle, const QString& rightTitle, QWidget* parent)
    : QTableWidget(0, 4, parent)
{
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeDense(this);
    setTitles(leftTitle, rightTitle);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(false);
    for (const int column : { 1, 2 })
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    setFrameShape(QFrame::StyledPanel);
}

void SettingsTable::setTitles(const QString& leftTitle, const QString& rightTitle)
{
    setHorizontalHeaderLabels({ tr("Setting"), leftTitle, rightTitle, QString() });
}

void SettingsTable::showLines(const QList<ComparedLine>& lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    fill();
}

void SettingsTable::setMarkedOnly(bool isMarkedOnly)
{
    m_isMarkedOnly = isMarkedOnly;
    fill();
}

void SettingsTable::changeEvent(QEvent* event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

void SettingsTable::fill()
{
    setRowCount(0);
    for (const ComparedLine& line : std::as_const(m_lines)) {
        if (m_isMarkedOnly && !line.isMarked)
            continue;
        const int row = rowCount();
        insertRow(row);
        int column = 0;
        for (const QString& text : { line.name, line.left, line.right, line.note })
            setItem(row, column++, makeCell(text, line));
    }
    fitColumns();
}

void SettingsTable::fitColumns()
{
    const bool hasNotes = std::ranges::any_of(m_lines, [](const ComparedLine& line) { return !line.note.isEmpty(); });
    setColumnHidden(noteColumn, !hasNotes);
    // The values have what is left; a name is worth more room than a note.
    const int room = viewport()->width();
    const auto fit = [this](int column, int most) {
        setColumnWidth(column, qMin(qMax(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)), most));
    };
    fit(0, room / 2);
    if (hasNotes)
        fit(noteColumn, room / 4);
}

void SettingsTable::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    fitColumns();
}

QTableWidgetItem* SettingsTable::makeCell(const QString& text, const ComparedLine& line) const
{
    const QString shown = text.left(longestValue);
    auto* cell = new QTableWidgetItem(QString(shown).replace(u'\n', u", "_s).simplified());
    cell->setToolTip(plainToolTip(shown));
    if (line.isMarked)
        cell->setBackground(themeColor(ColorRole::MarkBackground, palette()));
    return cell;
}

} // namespace kindling
