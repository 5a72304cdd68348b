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
struct Services;
struct TemplateShelf;

/// The acts on sessions and batches: create, submit, delete.
class ItemDesk final : public QObject {
    Q_OBJECT
public:
    ItemDesk(const Services& services, QWidget* window);

    /// Empty `server`: the first one that is online.
    void newSession(const ServerId& server);
    void submitBatch(const ServerId& server);
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
    [[nodiscard]] TemplateShelf templates(ItemType type) const;
    void remove(const ItemKey& key);

    const Services& m_services;
    QWidget* m_window;
};

} // namespace kindling
