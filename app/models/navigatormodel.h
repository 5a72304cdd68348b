// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace kindling {

class Server;
class Workspace;

/// The tree server → "sessions" and "batches" groups → items, newest first. One column. Never resets.
/// DisplayRole: "12 etl-ann" for items, the profile's name for servers, nothing for groups (NodeRole tells which).
class NavigatorModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit NavigatorModel(Workspace* workspace, QObject* parent = nullptr);
    ~NavigatorModel() override;

    /// Invalid when unknown.
    [[nodiscard]] QModelIndex indexOf(const ItemKey& key) const;
    [[nodiscard]] QModelIndex indexOfServer(const ServerId& id) const;
    [[nodiscard]] QModelIndex indexOfGroup(const ServerId& id, ItemType type) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Node;
    struct GroupNode;
    struct ServerNode;

    void addServer(Server* server);
    void removeServer(Server* server);
    void removeRows(GroupNode* group, const QList<TrackedItem>& removed);
    /// Lets them stand last; gives where they are then, both descending.
    QList<int> sinkRows(GroupNode* group, const QList<int>& rows);
    void updateRows(GroupNode* group, const QStringList& updated);
    void insertRows(GroupNode* group);
    [[nodiscard]] ServerNode* nodeOf(const ServerId& id) const;
    [[nodiscard]] int rowOf(const ServerNode* node) const;
    [[nodiscard]] QModelIndex serverIndex(const ServerNode* node) const;
    [[nodiscard]] QModelIndex groupIndex(const GroupNode* group) const;
    [[nodiscard]] QVariant serverData(const ServerNode* node, int role) const;
    [[nodiscard]] QVariant groupData(const GroupNode* group, int role) const;

    std::vector<std::unique_ptr<ServerNode>> m_nodes;
};

} // namespace kindling
