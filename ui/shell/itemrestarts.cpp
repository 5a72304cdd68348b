// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/livy/requestreader.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/shell/itemdesk.h"
#include "ui/shell/requestmemory.h"
#include "ui/shell/services.h"

namespace kindling {

void ItemDesk::requestPythonRestart(const ItemKey& key)
{
    Question question;
    question.title = tr("Restart Python?");
    question.detail = tr("What runs in Python ends, and its variables are gone. Views, added files, SQL and Scala stay as they are.");
    question.acceptText = tr("Restart Python");
    askToAct(key, question, [this, id = key.id](Server& server) { server.restartPython(id, this, [this](const Result<Done>& answer) { tellFailure(answer); }); });
}

void ItemDesk::requestSessionRestart(const ItemKey& key, QObject* asker)
{
    Question question;
    question.title = tr("Restart this session?");
    question.detail = tr("It is deleted, and one like it is begun. What runs in it ends, and what it holds in memory is gone.");
    question.acceptText = tr("Restart session");
    askToAct(key, question, [this, key, asker = QPointer(asker)](Server&) {
        const TrackedItem item = *m_services.workspace.item(key);
        m_memory->recallSession({ key, item.item }, [this, item, asker](const auto& known) { restartSession(item, known, asker); });
    });
}

void ItemDesk::restartSession(const TrackedItem& item, const std::optional<RememberedRequest<NewSession>>& known, const QPointer<QObject>& asker)
{
    Server* server = serverOf(item);
    if (!server)
        return;
    NewSession wanted = known ? known->wanted : requestLike(item.item, server->version());
    wanted.name = item.item.name;
    const SessionPlace place{ asker, item };
    if (!known || !known->lacking.isEmpty()) { // only a person knows the rest, and may give up
        const QString note = tr("Session %1 is deleted when this is sent.").arg(item.key.id);
        askForSession(server, wanted, noteOnLacking(note, known ? known->lacking : QStringList()), place);
        return;
    }
    const auto refused = [this](const Result<SparkItem>& answer) { Q_EMIT failed(errorText(answer.error())); };
    makeRoom(server, place, refused, [this, wanted, asker](Server* free) { beginSession(free, wanted, asker); });
}

void ItemDesk::makeRoom(Server* server, const SessionPlace& place, const Settled& refused, const std::function<void(Server*)>& begin)
{
    const TrackedItem* present = place.replaced ? m_services.workspace.item(place.replaced->key) : nullptr;
    if (!present || !isSameIncarnation(place.replaced->item, present->item)) {
        begin(server);
        return;
    }
    server->remove(ItemType::Session, present->key.id, this, [this, id = server->profile().id, refused, begin](const Result<Done>& answer) {
        if (!answer)
            refused(std::unexpected(answer.error()));
        else if (Server* there = m_services.workspace.server(id))
            begin(there);
        else
            refused(failure(ErrorKind::Unavailable, tr("The session was deleted, but none was begun: its server was removed from Kindling meanwhile.")));
    });
}

void ItemDesk::beginSession(Server* server, const NewSession& wanted, const QPointer<QObject>& asker)
{
    server->createSession(wanted, this, [this, id = server->profile().id, wanted, asker](const Result<SparkItem>& answer) {
        if (answer) {
            Q_EMIT sessionCreated({ id, ItemType::Session, answer->id }, asker);
            return;
        }
        Q_EMIT failed(errorText(answer.error()));
        if (Server* there = m_services.workspace.server(id); there && there->api())
            askForSession(there, wanted, tr("The session was deleted, but the new one was refused."), { asker });
    });
}

} // namespace kindling
