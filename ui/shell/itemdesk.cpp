// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/itemdesk.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/livy/jsoncheck.h"
#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/lockwords.h"
#include "ui/common/words.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/shell/deletequestion.h"
#include "ui/shell/removals.h"
#include "ui/shell/requestmemory.h"
#include "ui/shell/services.h"

#include <QDir>
#include <QPointer>
#include <QSaveFile>
#include <QWidget>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
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
    , m_removals(new Removals(services.workspace, this))
    , m_memory(new RequestMemory(services, this))
{
    connect(m_removals, &Removals::failed, this, &ItemDesk::failed);
}

Server* ItemDesk::usableServer(const ServerId& id) const
{
    if (Server* server = m_services.workspace.server(id))
        return server->api() ? server : nullptr;
    for (Server* server : m_services.workspace.servers()) {
        if (server->api() && server->connection() == ConnectionState::Online && !server->profile().isReadOnly)
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

bool ItemDesk::isRefused(const Server* server)
{
    const QString why = server ? readOnlyWords(*server) : QString();
    if (!why.isEmpty())
        Q_EMIT failed(why);
    return !why.isEmpty();
}

void ItemDesk::newSessionFor(const ServerId& id, QObject* asker)
{
    if (isRefused(m_services.workspace.server(id)))
        return;
    if (Server* server = usableServer(id); server && server->api()->sessions())
        askForSession(server, {}, {}, { asker });
    else
        Q_EMIT serverNeeded();
}

void ItemDesk::askForSession(Server* server, const NewSession& wanted, const QString& note, const SessionPlace& place)
{
    auto* dialog = new NewSessionDialog({ server->profile(), server->version() },
        [server = QPointer(server)](const NewSession& request) {
            return server && server->api() ? server->api()->preview(request) : QByteArray();
        },
        templates(ItemType::Session), m_window);
    dialog->setWanted(wanted);
    dialog->setNote(note);
    ask(server, dialog, [this, dialog, place](Server* there, const Settled& settled) {
        const auto created = [this, id = there->profile().id, place, settled](const Result<SparkItem>& answer) {
            settled(answer);
            if (answer)
                Q_EMIT sessionCreated({ id, ItemType::Session, answer->id }, place.asker);
        };
        if (dialog->isRaw()) {
            makeRoom(there, place, settled, [this, json = dialog->rawJson(), created](Server* free) {
                free->createSessionRaw(json, this, created, nameInRequest(json));
            });
        } else {
            makeRoom(there, place, settled, [this, wanted = dialog->wanted(), created](Server* free) { free->createSession(wanted, this, created); });
        }
    });
}

void ItemDesk::ask(Server* server, RequestDialog* dialog, const Sender& send)
{
    connect(dialog, &QDialog::rejected, dialog, &QObject::deleteLater);
    connect(dialog, &QDialog::accepted, this, [this, id = server->profile().id, dialog, send] {
        const auto settled = [this, typed = QPointer(dialog)](const Result<SparkItem>& answer) {
            if (answer && typed) {
                typed->deleteLater();
            } else if (!answer && typed) {
                park(typed); // what was typed outlives a refusal
                Q_EMIT creationFailed(errorText(answer.error()));
            } else if (!answer) {
                Q_EMIT failed(errorText(answer.error()));
            }
        };
        if (Server* there = m_services.workspace.server(id); there && there->api())
            send(there, settled);
        else
            settled(failure(ErrorKind::Unavailable, tr("Nothing was sent: the server is not connected.")));
    });
    dialog->open();
}

void ItemDesk::park(RequestDialog* dialog)
{
    if (m_parked && m_parked != dialog && !m_parked->isVisible())
        m_parked->deleteLater();
    m_parked = dialog;
}

void ItemDesk::askAgain()
{
    if (m_parked)
        m_parked->open();
}

void ItemDesk::createSession(const ServerId& id, Kind kind, QObject* asker)
{
    Server* server = usableServer(id);
    if (isRefused(server))
        return;
    if (!server) {
        Q_EMIT serverNeeded();
        return;
    }
    NewSession wanted;
    wanted.kind = kind;
    server->createSession(wanted, server, [this, server, asker = QPointer(asker)](const Result<SparkItem>& answer) {
        if (answer)
            Q_EMIT sessionCreated({ server->profile().id, ItemType::Session, answer->id }, asker);
        else
            Q_EMIT failed(errorText(answer.error()));
    });
}

void ItemDesk::submitBatch(const ServerId& id)
{
    if (isRefused(m_services.workspace.server(id)))
        return;
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
    dialog->setWanted(wanted);
    dialog->setNote(note);
    ask(server, dialog, [this, dialog](Server* there, const Settled& settled) {
        const QByteArray request = dialog->isRaw() ? dialog->rawJson() : encodeBatch(dialog->wanted());
        const auto created = [this, id = there->profile().id, request, settled](const Result<SparkItem>& answer) {
            settled(answer);
            if (!answer)
                return;
            const ItemKey key{ id, ItemType::Batch, answer->id };
            m_memory->keepBatch(key, *answer, request);
            Q_EMIT batchCreated(key);
        };
        if (dialog->isRaw())
            there->createBatchRaw(dialog->rawJson(), this, created, nameInRequest(dialog->rawJson()));
        else
            there->createBatch(dialog->wanted(), this, created);
    });
}

Server* ItemDesk::serverForCopy(const ItemKey& key)
{
    Server* server = m_services.workspace.server(key.server);
    if (isRefused(server))
        return nullptr;
    if (server && server->api())
        return server;
    Q_EMIT serverNeeded();
    return nullptr;
}

void ItemDesk::copyItem(const ItemKey& key, const SparkItem& item, LifeNumber life)
{
    if (!serverForCopy(key))
        return;
    if (key.type == ItemType::Session)
        m_memory->recallSession({ key, item, life }, [this, key, item](const auto& known) { copySession(key, item, known); });
    else
        m_memory->recallBatch({ key, item, life }, [this, key, item](const auto& known) { copyBatch(key, item, known); });
}

void ItemDesk::copySession(const ItemKey& key, const SparkItem& item, const std::optional<RememberedRequest<NewSession>>& known)
{
    if (Server* server = serverForCopy(key))
        askForSession(server, known ? known->wanted : requestLike(item, server->version()), noteOnCopy(key, known ? known->lacking : QStringList()), {});
}

void ItemDesk::copyBatch(const ItemKey& key, const SparkItem& item, const std::optional<RememberedRequest<NewBatch>>& known)
{
    Server* server = serverForCopy(key);
    if (!server)
        return;
    if (known) {
        askForBatch(server, known->wanted, noteOnCopy(key, known->lacking));
        return;
    }
    NewBatch wanted;
    wanted.proxyUser = item.proxyUser;
    askForBatch(server, wanted, tr("Batch %1 was not submitted from here, and servers do not tell what a batch was given.").arg(key.id));
}

QString ItemDesk::noteOnCopy(const ItemKey& key, const QStringList& lacking)
{
    const QString note = (key.type == ItemType::Session ? tr("As session %1; the name is left open.") : tr("As batch %1; the name is left open.")).arg(key.id);
    return noteOnLacking(note, lacking);
}

QString ItemDesk::noteOnLacking(const QString& note, const QStringList& lacking)
{
    return lacking.isEmpty() ? note : note + u' ' + tr("Secrets are not recorded; to be filled in: %1").arg(lacking.join(u", "_s));
}

void ItemDesk::requestStop(const ItemKey& key)
{
    Question question;
    question.title = tr("Stop this?");
    question.detail = tr("What runs in it ends, and what it holds in memory is gone. Its server lists it as dead for a while, with its log.");
    question.acceptText = tr("Stop");
    askToAct(key, question, [this, id = key.id](Server& server) { server.stop(id, this, [this](const Result<Done>& answer) { tellFailure(answer); }); });
}

void ItemDesk::exportTable(const QString& csv)
{
    FileQuestion question;
    question.title = tr("Export the table");
    question.folder = QDir::home().filePath(u"kindling-%1.csv"_s.arg(m_services.clock.now().toLocalTime().toString("yyyy-MM-dd-HHmm"_L1)));
    question.filter = tr("CSV files (*.csv)");
    question.suffix = u"csv"_s;
    m_services.dialogs.askSaveFile(m_window, question, this, [this, csv](const QString& path) {
        if (path.isEmpty())
            return;
        QSaveFile file(path);
        const QByteArray bytes = csv.toUtf8();
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            Q_EMIT failed(tr("The table could not be written to %1: %2").arg(path, file.errorString()));
    });
}

void ItemDesk::requestDelete(const QList<ItemKey>& keys)
{
    const Workspace& workspace = m_services.workspace;
    QList<TrackedItem> items;
    QString lock;
    int locked = 0;
    for (const ItemKey& key : keys) {
        const TrackedItem* tracked = workspace.item(key);
        if (!tracked)
            continue;
        if (workspace.guard().lockOf(*tracked) == ItemLock::None) {
            items += *tracked;
            continue;
        }
        ++locked;
        lock = lockWords(workspace, *tracked);
    }
    if (items.isEmpty()) {
        if (locked > 0)
            Q_EMIT failed(lock);
        return;
    }
    m_services.dialogs.confirm(m_window, deleteQuestion(workspace, items, locked), this, [this, items](bool isAccepted) {
        if (isAccepted)
            m_removals->add(items);
    });
}

void ItemDesk::askToAct(const ItemKey& key, Question question, const std::function<void(Server&)>& act)
{
    const Workspace& workspace = m_services.workspace;
    const TrackedItem* tracked = workspace.item(key);
    if (!tracked)
        return;
    if (const QString lock = lockWords(workspace, *tracked); !lock.isEmpty()) {
        Q_EMIT failed(lock);
        return;
    }
    question.text = itemLine(workspace, *tracked);
    question.isDestructive = true;
    m_services.dialogs.confirm(m_window, question, this, [this, act, asked = *tracked](bool isAccepted) {
        if (Server* server = isAccepted ? serverOf(asked) : nullptr)
            act(*server);
    });
}

Server* ItemDesk::serverOf(const TrackedItem& asked)
{
    Server* server = m_services.workspace.server(asked.key.server);
    const TrackedItem* present = m_services.workspace.item(asked.key);
    if (!server || !present)
        return nullptr;
    if (isSameIncarnation(asked.item, present->item))
        return server;
    Q_EMIT failed(tr("%1 was left alone: its number names another one now.").arg(itemLine(m_services.workspace, asked)));
    return nullptr;
}

void ItemDesk::tellFailure(const Result<Done>& answer)
{
    if (!answer)
        Q_EMIT failed(errorText(answer.error()));
}

} // namespace kindling
