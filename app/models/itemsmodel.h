// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QAbstractTableModel>
#include <QHash>

namespace kindling {

class Server;
class Workspace;

/// All sessions and batches of all servers, one row each, in the order they were seen. Every cell answers the roles of
/// roles.h. DisplayRole is the raw value: dates as QDateTime, Type as int of ItemType, Memory "driver / executor" and
/// Cores a number as far as set. New rows come at the end. Never resets.
class ItemsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { State, Server, Type, Id, Name, Kind, Owner, StateText, Since, AppId, Memory, Cores, Queue, Count };

    explicit ItemsModel(Workspace* workspace, QObject* parent = nullptr);

    /// Column 0 of the item's row; invalid when unknown.
    [[nodiscard]] QModelIndex indexOf(const ItemKey& key) const;
    [[nodiscard]] const TrackedItem& itemAt(int row) const { return m_rows.at(row); }
    [[nodiscard]] QString serverName(const ServerId& id) const { return m_serverNames.value(id); }
    /// Below, at or above zero: the order of two rows by the values of a column (ids by number, memory by MiB).
    [[nodiscard]] int compare(int left, int right, Column column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void addServer(Server* server);
    void removeServer(Server* server);
    void rename(const ServerId& id, const QString& name);
    void watch(ItemStore& store);
    void applyChange(const ItemStore& store, const QStringList& added, const QStringList& updated,
        const QList<TrackedItem>& removed);
    void append(const QList<TrackedItem>& items);
    void update(const QList<TrackedItem>& items);
    void removeAll(QList<int> rows);
    /// Lets them stand last; gives where they are then, both descending.
    QList<int> sinkRows(const QList<int>& rows);
    /// -1 = unknown
    [[nodiscard]] int rowOf(const ItemKey& key) const;
    [[nodiscard]] QVariant display(const TrackedItem& item, Column column) const;

    QList<TrackedItem> m_rows;
    mutable QHash<ItemKey, int> m_index;
    mutable qsizetype m_staleFrom = 0; ///< from here on the rows' numbers in the index are not right
    QHash<ServerId, QString> m_serverNames;
};

} // namespace kindling
