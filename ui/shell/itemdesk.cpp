// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/itemdesk.h"

#include "app/core/states.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/livy/jsoncheck.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/services.h"

#include <QPointer>
#include <QWidget>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
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
    Server* server = usableServer(id);
    if (!server || !server->api()->sessions()) {
        Q_EMIT serverNeeded();
        return;
    }
    auto* dialog = new NewSessionDialog({ server->profile(), server->version() },
        [server = QPointer(server)](const NewSession& wanted) {
            return server && server->api() ? server->api()->preview(wanted) : QByteArray();
        },
        templates(ItemType::Session), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
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
    Server* server = usableServer(id);
    if (!server || !server->api()->batches()) {
        Q_EMIT serverNeeded();
        return;
    }
    Dialogs* files = seesOurFiles(*server) ? &m_services.dialogs : nullptr;
    auto* dialog = new SubmitBatchDialog({ server->profile(), server->version() },
        [server = QPointer(server)](const NewBatch& wanted) {
            return server && server->api() ? server->api()->preview(wanted) : QByteArray();
        },
        templates(ItemType::Batch), files, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, server, [this, dialog, server] {
        const auto created = [this, server](const Result<SparkItem>& answer) {
            if (answer)
                Q_EMIT batchCreated({ server->profile().id, ItemType::Batch, answer->id });
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
