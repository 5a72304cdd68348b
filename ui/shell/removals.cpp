// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/removals.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/words.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// A DELETE can take a minute: hundreds at once would wait for each other past their deadlines.
constexpr int mostAtOnce = 4;
}

Removals::Removals(Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    connect(&m_workspace, &Workspace::serverRemoved, this, &Removals::forget);
}

void Removals::forget(const ServerId& server)
{
    // what is under way there is still answered
    m_waiting.removeIf([&server](const TrackedItem& item) { return item.key.server == server; });
}

void Removals::add(const QList<TrackedItem>& items)
{
    m_waiting += items;
    pump();
}

void Removals::pump()
{
    const QList<TrackedItem> waiting = std::exchange(m_waiting, {});
    for (const TrackedItem& item : waiting) {
        if (m_underWay.value(item.key.server) >= mostAtOnce)
            m_waiting += item;
        else if (send(item))
            ++m_sent;
    }
    const bool isOver = m_waiting.isEmpty() && std::ranges::all_of(std::as_const(m_underWay), [](int count) { return count == 0; });
    if (isOver)
        report();
}

bool Removals::send(const TrackedItem& item)
{
    Server* server = m_workspace.server(item.key.server);
    const TrackedItem* present = m_workspace.item(item.key);
    if (server && !present && !server->hasListed(item.key.type)) {
        m_problems += failure(ErrorKind::UnknownOutcome, tr("%1 was not deleted: the connection to its server has changed.").arg(item.key.id)).error();
        return true;
    }
    if (!server || !present || present->isDeleting)
        return false;
    if (!isSameIncarnation(item.item, present->item)) {
        m_problems += failure(ErrorKind::NotFound, tr("%1 was not deleted: its number names another one now.").arg(item.key.id)).error();
        return true;
    }
    ++m_underWay[item.key.server];
    server->remove(item.key.type, item.key.id, this, [this, id = item.key.server](const Result<Done>& answer) { onAnswered(id, answer); });
    return true;
}

void Removals::onAnswered(const ServerId& server, const Result<Done>& answer)
{
    if (m_underWay.value(server) > 0)
        --m_underWay[server];
    if (!answer)
        m_problems += answer.error();
    pump();
}

void Removals::report()
{
    const int sent = std::exchange(m_sent, 0);
    const QList<Error> problems = std::exchange(m_problems, {});
    if (problems.isEmpty())
        return;
    const QString first = errorText(problems.constFirst());
    if (sent == 1)
        Q_EMIT failed(first);
    else
        Q_EMIT failed(tr("%1 of %Ln could not be deleted. The first problem: %2", nullptr, sent).arg(problems.size()).arg(first));
}

} // namespace kindling
