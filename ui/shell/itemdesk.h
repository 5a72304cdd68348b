// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/core/kind.h"
#include "app/engine/itemstore.h"
#include "app/livy/types.h"
#include "app/storage/records.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

class QWidget;

namespace kindling {

class Removals;
class RequestDialog;
class RequestMemory;
class Server;
struct Done;
struct NewBatch;
struct NewSession;
struct Question;
struct Services;
struct TemplateShelf;
template<typename Wanted>
struct RememberedRequest;

/// The acts on sessions and batches: create, submit, copy, stop, delete.
class ItemDesk final : public QObject {
    Q_OBJECT
public:
    ItemDesk(const Services& services, QWidget* window);

    /// Empty `server`: the first one that is online.
    void newSession(const ServerId& server) { newSessionFor(server, nullptr); }
    /// For `asker`, whom sessionCreated() then names; nullptr = for nobody in particular.
    void newSessionFor(const ServerId& server, QObject* asker);
    void submitBatch(const ServerId& server);
    /// Asks for another one like it, to be changed before it is sent. `life` numbers it in the records; 0 = the newest.
    void copyItem(const ItemKey& key, const SparkItem& item, LifeNumber life = 0);
    /// Asks, naming what will end and whose it is, then stops the session: its server keeps listing it for a while.
    void requestStop(const ItemKey& key);
    /// Asks, naming what will die and whose it is, then deletes; what is locked is left alone.
    void requestDelete(const QList<ItemKey>& keys);
    /// Asks, naming what is lost, then restarts the Python of that session.
    void requestPythonRestart(const ItemKey& key);
    /// Asks, naming what is lost, then deletes the session and begins one like it for `asker`. What of the request only a
    /// person knows is asked for before that.
    void requestSessionRestart(const ItemKey& key, QObject* asker);
    /// Shows the dialog of the last refused request again, as it was filled in.
    void askAgain();
    /// Asks for a file, and writes the text to it.
    void exportTable(const QString& csv);
    /// Without a dialog, with a name of its own.
    void createSession(const ServerId& server, Kind kind, QObject* asker = nullptr);

Q_SIGNALS:
    /// `asker`: nullptr = nobody in particular, or gone since.
    void sessionCreated(const kindling::ItemKey& key, QObject* asker);
    void batchCreated(const kindling::ItemKey& key);
    void failed(const QString& message);
    /// A request was refused; askAgain() shows it.
    void creationFailed(const QString& message);
    /// A person must choose or add a server first.
    void serverNeeded();

private:
    [[nodiscard]] Server* usableServer(const ServerId& id) const;
    using Settled = std::function<void(const Result<SparkItem>&)>;
    /// Sends what a dialog says, and tells how that ended.
    using Sender = std::function<void(Server* server, const Settled& settled)>;
    /// For whom a session is made, and which one goes for it.
    struct SessionPlace {
        QPointer<QObject> asker = {};
        std::optional<TrackedItem> replaced = {};
    };
    void askForSession(Server* server, const NewSession& wanted, const QString& note, const SessionPlace& place);
    void askForBatch(Server* server, const NewBatch& wanted, const QString& note);
    /// Opens a dialog that lives until its request was answered well, or given up.
    void ask(Server* server, RequestDialog* dialog, const Sender& send);
    void park(RequestDialog* dialog);
    [[nodiscard]] TemplateShelf templates(ItemType type) const;
    /// Says so where nothing may be made on it.
    [[nodiscard]] bool isRefused(const Server* server);
    /// Asks, and where it is accepted and nothing locks the item, `act` gets its server.
    void askToAct(const ItemKey& key, Question question, const std::function<void(Server&)>& act);
    void tellFailure(const Result<Done>& answer);
    /// The server, if the item there is still the one that was meant.
    [[nodiscard]] Server* serverOf(const TrackedItem& asked);
    /// Where another one like it may be made; nullptr = nowhere, which is said.
    [[nodiscard]] Server* serverForCopy(const ItemKey& key);
    void copySession(const ItemKey& key, const SparkItem& item, const std::optional<RememberedRequest<NewSession>>& known);
    void copyBatch(const ItemKey& key, const SparkItem& item, const std::optional<RememberedRequest<NewBatch>>& known);
    void restartSession(const TrackedItem& item, const std::optional<RememberedRequest<NewSession>>& known, const QPointer<QObject>& asker);
    /// Begins once the one that is replaced is gone; where it cannot be deleted nothing is begun.
    void makeRoom(Server* server, const SessionPlace& place, const Settled& refused, const std::function<void(Server*)>& begin);
    void beginSession(Server* server, const NewSession& wanted, const QPointer<QObject>& asker);
    [[nodiscard]] static QString noteOnLacking(const QString& note, const QStringList& lacking);
    [[nodiscard]] static QString noteOnCopy(const ItemKey& key, const QStringList& lacking);

    const Services& m_services;
    QWidget* m_window;
    Removals* m_removals;
    RequestMemory* m_memory;
    QPointer<RequestDialog> m_parked; ///< of the request refused last
};

} // namespace kindling
