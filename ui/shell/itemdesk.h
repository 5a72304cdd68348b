// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/kind.h"

#include <QList>
#include <QObject>

class QWidget;

namespace kindling {

class Server;
struct NewBatch;
struct NewSession;
struct Services;
struct SparkItem;
struct TemplateShelf;

/// The acts on sessions and batches: create, submit, copy, delete.
class ItemDesk final : public QObject {
    Q_OBJECT
public:
    ItemDesk(const Services& services, QWidget* window);

    /// Empty `server`: the first one that is online.
    void newSession(const ServerId& server);
    void submitBatch(const ServerId& server);
    /// Asks for another one like it, to be changed before it is sent.
    void copyItem(const ItemKey& key, const SparkItem& item);
    /// Asks, naming what will die and whose it is, then deletes.
    void requestDelete(const QList<ItemKey>& keys);
    /// Without a dialog, with a name of its own.
    void createSession(const ServerId& server, Kind kind);

Q_SIGNALS:
    void sessionCreated(const kindling::ItemKey& key);
    void batchCreated(const kindling::ItemKey& key);
    void failed(const QString& message);
    /// A person must choose or add a server first.
    void serverNeeded();

private:
    [[nodiscard]] Server* usableServer(const ServerId& id) const;
    /// What a batch was asked for with: no server tells it afterwards.
    struct Submitted {
        ItemKey key;
        QByteArray request;
    };
    void askForSession(Server* server, const NewSession& wanted, const QString& note);
    void askForBatch(Server* server, const NewBatch& wanted, const QString& note);
    void onBatchCreated(const ItemKey& key, const QByteArray& request);
    [[nodiscard]] TemplateShelf templates(ItemType type) const;
    void remove(const ItemKey& key);

    const Services& m_services;
    QWidget* m_window;
    QList<Submitted> m_submitted; ///< oldest first
};

} // namespace kindling
