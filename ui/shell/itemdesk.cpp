// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/itemdesk.h"

#include "app/core/states.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/livy/jsoncheck.h"
#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/services.h"

#include <QPointer>
#include <QWidget>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostRequestsKept = 500;

QString describe(const TrackedItem& tracked)
{
    const QString type = tracked.key.type == ItemType::Session ? ItemDesk::tr("Session %1") : ItemDesk::tr("Batch %1");
    QStringList parts{ type.arg(tracked.key.id) };
    if (!tracked.item.name.isEmpty())
        parts.append(tracked.item.name);
    parts.append(stateWords(tracked.item.state, tracked.damage));
    if (!tracked.item.owner.isEmpty())
        parts.append(ItemDesk::tr("of %1").arg(tracked.item.owner));
    return parts.join(u" · "_s);
}

bool seesOurFiles(const Server& server)
{
    const QString host = server.profile().url.host();
    return server.profile().kind == ServerKind::LocalSpark || host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}
}

ItemDesk::ItemDesk(const Services& services, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_window(window)
{
}

Server* ItemDesk::usableServer(const ServerId& id) const
{
    if (Server* server = m_services.workspace.server(id))
        return server->api() ? server : nullptr;
    for (Server* server : m_services.workspace.servers()) {
        if (server->api() && server->connection() == ConnectionState::Online)
            return server;
    }
    return nullptr;
}

TemplateShelf ItemDesk::templates(ItemType type) const
{
    Settings* settings = &m_services.settings;
    return {
        [settings, type] { return settings->requestTemplates(type); },
        [settings, type](const QString& name, const QByteArray& json) { return settings->addRequestTemplate(type, name, json); },
        [settings, type](const QString& name) { settings->removeRequestTemplate(type, name); },
    };
}

void ItemDesk::newSession(const ServerId& id)
{
    if (Server* server = usableServer(id); server && server->api()->sessions())
        askForSession(server, {}, {});
    else
        Q_EMIT serverNeeded();
}

void ItemDesk::askForSession(Server* server, const NewSession& wanted, const QString& note)
{
    auto* dialog = new NewSessionDialog({ server->profile(), server->version() },
        [server = QPointer(server)](const NewSession& request) {
            return server && server->api() ? server->api()->preview(request) : QByteArray();
        },
        templates(ItemType::Session), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWanted(wanted);
    dialog->setNote(note);
    connect(dialog, &QDialog::accepted, server, [this, dialog, server] {
        const auto created = [this, server](const Result<SparkItem>& answer) {
            if (answer)
                Q_EMIT sessionCreated({ server->profile().id, ItemType::Session, answer->id });
            else
                Q_EMIT failed(errorText(answer.error()));
        };
        if (dialog->isRaw())
            server->createSessionRaw(dialog->rawJson(), server, created, nameInRequest(dialog->rawJson()));
        else
            server->createSession(dialog->wanted(), server, created);
    });
    dialog->open();
}

void ItemDesk::createSession(const ServerId& id, Kind kind)
{
    Server* server = usableServer(id);
    if (!server) {
        Q_EMIT serverNeeded();
        return;
    }
    NewSession wanted;
    wanted.kind = kind;
    server->createSession(wanted, server, [this, server](const Result<SparkItem>& answer) {
        if (answer)
            Q_EMIT sessionCreated({ server->profile().id, ItemType::Session, answer->id });
        else
            Q_EMIT failed(errorText(answer.error()));
    });
}

void ItemDesk::submitBatch(const ServerId& id)
{
    if (Server* server = usableServer(id); server && server->api()->batches())
        askForBatch(server, {}, {});
    else
        Q_EMIT serverNeeded();
}

void ItemDesk::askForBatch(Server* server, const NewBatch& wanted, const QString& note)
{
    Dialogs* files = seesOurFiles(*server) ? &m_services.dialogs : nullptr;
    auto* dialog = new SubmitBatchDialog({ server->profile(), server->version() },
        [server = QPointer(server)](const NewBatch& request) {
            return server && server->api() ? server->api()->preview(request) : QByteArray();
        },
        templates(ItemType::Batch), files, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWanted(wanted);
    dialog->setNote(note);
    connect(dialog, &QDialog::accepted, server, [this, dialog, server] {
        const QByteArray request = dialog->isRaw() ? dialog->rawJson() : encodeBatch(dialog->wanted());
        const auto created = [this, server, request](const Result<SparkItem>& answer) {
            if (answer)
                onBatchCreated({ server->profile().id, ItemType::Batch, answer->id }, request);
            else
                Q_EMIT failed(errorText(answer.error()));
        };
        if (dialog->isRaw())
            server->createBatchRaw(dialog->rawJson(), server, created, nameInRequest(dialog->rawJson()));
        else
            server->createBatch(dialog->wanted(), server, created);
    });
    dialog->open();
}

void ItemDesk::onBatchCreated(const ItemKey& key, const QByteArray& request)
{
    m_submitted.append({ key, request });
    if (m_submitted.size() > mostRequestsKept)
        m_submitted.removeFirst();
    Q_EMIT batchCreated(key);
}

void ItemDesk::copyItem(const ItemKey& key, const SparkItem& item)
{
    Server* server = m_services.workspace.server(key.server);
    if (!server || !server->api()) {
        Q_EMIT serverNeeded();
        return;
    }
    if (key.type == ItemType::Session) {
        askForSession(server, requestLike(item, server->version()), tr("As session %1; the name is left open.").arg(key.id));
        return;
    }
    const auto submitted = std::find_if(m_submitted.crbegin(), m_submitted.crend(), [&key](const Submitted& one) { return one.key == key; });
    if (submitted == m_submitted.crend()) {
        NewBatch wanted;
        wanted.proxyUser = item.proxyUser;
        askForBatch(server, wanted, tr("Batch %1 was not submitted from this window, and servers do not tell what a batch was given.").arg(key.id));
        return;
    }
    NewBatch wanted = readBatchRequest(submitted->request).value_or(NewBatch());
    wanted.name.clear(); // the server still has one of this name
    askForBatch(server, wanted, tr("As batch %1; the name is left open.").arg(key.id));
}

void ItemDesk::requestDelete(const QList<ItemKey>& keys)
{
    QStringList lines;
    QList<ItemKey> known;
    for (const ItemKey& key : keys) {
        const TrackedItem* tracked = m_services.workspace.item(key);
        if (!tracked)
            continue;
        known.append(key);
        lines.append(tr("%1, on %2").arg(describe(*tracked), m_services.workspace.server(key.server)->profile().name));
    }
    if (known.isEmpty())
        return;
    Question question;
    question.title = known.size() == 1 ? tr("Delete this?") : tr("Delete these %n?", nullptr, static_cast<int>(known.size()));
    question.text = lines.join(u'\n');
    question.detail = tr("What runs in it ends, and what it holds in memory is gone. This cannot be undone.");
    question.acceptText = tr("Delete");
    question.isDestructive = true;
    m_services.dialogs.confirm(m_window, question, this, [this, known](bool isAccepted) {
        for (const ItemKey& key : isAccepted ? known : QList<ItemKey>())
            remove(key);
    });
}

void ItemDesk::remove(const ItemKey& key)
{
    Server* server = m_services.workspace.server(key.server);
    if (!server)
        return;
    server->remove(key.type, key.id, this, [this](const Result<Done>& answer) {
        if (!answer)
            Q_EMIT failed(errorText(answer.error()));
    });
}

} // namespace kindling
