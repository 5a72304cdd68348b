// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/statementlist.h"

#include "app/local/json.h"

#include <algorithm>
#include <vector>

namespace kindling::local {

namespace {
/// What was printed so far, in the shape of an output; Livy shows nothing until the end.
QByteArray printedOutput(int id, const QString& text)
{
    const QByteArray data = JsonObjectWriter().text("text/plain", text).finish();
    return JsonObjectWriter().text("status", QStringLiteral("ok")).number("execution_count", id).raw("data", data).finish();
}
}

QByteArray Statement::json() const
{
    const bool isWhole = isTerminal(state);
    return JsonObjectWriter()
        .number("id", id)
        .text("code", code.isNull() ? QStringLiteral("") : code)
        .text("state", wireName(state))
        .raw("output", printed.isEmpty() ? output : printedOutput(id, printed))
        .raw("progress", isWhole ? QByteArrayLiteral("1.0") : QByteArray::number(progress, 'f', 4))
        .number("started", startedMs)
        .number("completed", completedMs)
        .finish();
}

Statement& StatementList::add(const QString& code, const QString& kind)
{
    m_statements.push_back({ .id = m_nextId++, .code = code, .kind = kind });
    while (static_cast<int>(m_statements.size()) > m_retained && isTerminal(m_statements.front().state))
        m_statements.pop_front();
    return m_statements.back();
}

Statement* StatementList::find(int id)
{
    const auto found = std::ranges::find(m_statements, id, &Statement::id);
    return found == m_statements.end() ? nullptr : &*found;
}

Statement* StatementList::firstWaiting()
{
    const auto found = std::ranges::find(m_statements, StatementState::Waiting, &Statement::state);
    return found == m_statements.end() ? nullptr : &*found;
}

QByteArray StatementList::json(int from, int size, bool isDescending) const
{
    std::vector<const Statement*> order;
    for (const Statement& statement : m_statements)
        order.push_back(&statement);
    if (isDescending)
        std::ranges::reverse(order);
    const auto total = static_cast<qint64>(order.size());
    const qint64 begin = std::clamp<qint64>(from, 0, total);
    const qint64 end = size < 0 ? total : std::clamp<qint64>(qint64{ from } + size, begin, total);
    QByteArray list = "[";
    for (qint64 i = begin; i < end; ++i)
        list += (i > begin ? "," : "") + order.at(static_cast<size_t>(i))->json();
    return JsonObjectWriter().number("total_statements", total).raw("statements", list + ']').finish();
}

} // namespace kindling::local
