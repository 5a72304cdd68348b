// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/accessiblelog.h"

#include "ui/log/logview.h"
#include "ui/log/seentext.h"

#include <algorithm>
#include <utility>

namespace kindling {

AccessibleLog::AccessibleLog(LogView* view)
    : QAccessibleWidget(view, QAccessible::EditableText)
{
}

void AccessibleLog::install()
{
    [[maybe_unused]] static const bool isInstalled = [] {
        QAccessible::installFactory([](const QString&, QObject* object) -> QAccessibleInterface* {
            auto* view = qobject_cast<LogView*>(object);
            return view ? new AccessibleLog(view) : nullptr;
        });
        return true;
    }();
}

LogView& AccessibleLog::view() const
{
    return *static_cast<LogView*>(widget());
}

SeenText AccessibleLog::seen() const
{
    return view().seenText();
}

QAccessible::State AccessibleLog::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

QString AccessibleLog::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? seen().text() : QAccessibleWidget::text(kind);
}

void* AccessibleLog::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

void AccessibleLog::selection(int index, int* start, int* end) const
{
    const auto [from, to] = index == 0 ? seen().spanOf(view().selection()) : std::pair(0, 0);
    *start = from;
    *end = to;
}

int AccessibleLog::selectionCount() const
{
    const auto [start, end] = seen().spanOf(view().selection());
    return start == end ? 0 : 1;
}

void AccessibleLog::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void AccessibleLog::removeSelection(int index)
{
    if (index == 0)
        view().select(view().selection().cursor(), view().selection().cursor());
}

void AccessibleLog::setSelection(int index, int start, int end)
{
    const SeenText now = seen();
    if (index == 0 && !now.text().isEmpty())
        view().select(now.placeAt(start), now.placeAt(end));
}

int AccessibleLog::cursorPosition() const
{
    return view().currentRow() < 0 ? 0 : seen().offsetOf(view().selection().cursor());
}

void AccessibleLog::setCursorPosition(int offset)
{
    view().showRow(seen().placeAt(offset).row);
}

QString AccessibleLog::text(int start, int end) const
{
    const QString all = seen().text();
    const qsizetype from = std::clamp<qsizetype>(start, 0, all.size());
    // Readers ask so for everything.
    const qsizetype to = end < 0 ? all.size() : std::clamp<qsizetype>(end, from, all.size());
    return all.sliced(from, to - from);
}

int AccessibleLog::characterCount() const
{
    return static_cast<int>(seen().text().size());
}

QRect AccessibleLog::characterRect(int offset) const
{
    const LogPlace place = seen().placeAt(offset);
    if (place.row < 0)
        return {};
    const QRect box = view().boxOf(place);
    return { view().viewport()->mapToGlobal(box.topLeft()), box.size() };
}

int AccessibleLog::offsetAtPoint(const QPoint& onScreen) const
{
    const QPoint where = view().viewport()->mapFromGlobal(onScreen);
    if (!view().viewport()->rect().contains(where))
        return -1;
    const LogPlace place = view().characterAt(where);
    return place.row < 0 ? -1 : seen().offsetOf(place);
}

void AccessibleLog::scrollToSubstring(int, int)
{
    // All of the text is in sight.
}

QString AccessibleLog::attributes(int, int* start, int* end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

LogAnnouncer::LogAnnouncer(LogView& view)
    : m_view(view)
{
    QAccessible::installActivationObserver(this);
}

LogAnnouncer::~LogAnnouncer()
{
    QAccessible::removeActivationObserver(this);
}

void LogAnnouncer::tellText()
{
    if (!m_isHeard)
        return;
    const QString before = std::exchange(m_told, m_view.seenText().text());
    if (m_told == before)
        return;
    if (m_told.startsWith(before)) {
        QAccessibleTextInsertEvent grown(&m_view, static_cast<int>(before.size()), m_told.sliced(before.size()));
        QAccessible::updateAccessibility(&grown);
    } else {
        QAccessibleTextUpdateEvent changed(&m_view, 0, before, m_told);
        QAccessible::updateAccessibility(&changed);
    }
}

void LogAnnouncer::tellSelection()
{
    if (!m_isHeard)
        return;
    tellText();
    const SeenText seen = m_view.seenText();
    const auto [start, end] = seen.spanOf(m_view.selection());
    QAccessibleTextSelectionEvent selected(&m_view, start, end);
    selected.setCursorPosition(seen.offsetOf(m_view.selection().cursor()));
    QAccessible::updateAccessibility(&selected);
    QAccessibleTextCursorEvent moved(&m_view, selected.cursorPosition());
    QAccessible::updateAccessibility(&moved);
}

} // namespace kindling
