// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QAbstractListModel>
#include <QHash>

#include <deque>

namespace kindling {

class Server;
class Workspace;

/// A stay in a state. An end (dead, killed, success, gone) takes no time: there `until` is `from`.
struct TimelineSpan {
    QDateTime from;
    QDateTime until; ///< invalid = still in it
    ItemState state; ///< raw "gone": the server does not list it any more

    [[nodiscard]] bool isEnd() const { return until.isValid() && until == from; }
};

/// Where sessions and batches have been over time, as far as it was seen: for each server a row of its own, below it a
/// row for each of its items that was seen alive, the newest first. What had ended before it was seen has none. Never
/// resets; keeps at most `mostItems` rows of items, and of each the last `mostSpans` stays. Roles: NodeRole,
/// ServerIdRole, KeyRole, NameRole, StateGlyphRole. DisplayRole: "12 etl-ann", or the server's name.
class TimelineModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr qsizetype mostItems = 2000;
    static constexpr qsizetype mostSpans = 500;

    explicit TimelineModel(Workspace* workspace, QObject* parent = nullptr);

    /// In the order of time; empty for a server's row.
    [[nodiscard]] const QList<TimelineSpan>& spansAt(int row) const { return rowAt(row).spans; }
    /// -1 = it has no row
    [[nodiscard]] int rowOf(const ItemKey& key) const;
    [[nodiscard]] bool isItem(int row) const { return rowAt(row).key.isValid(); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        ServerId server;
        ItemKey key;  ///< invalid: the server's own row
        QString name; ///< of the item, or the server
        qint64 number = 0; ///< the later its row was made, the greater
        QList<TimelineSpan> spans;

        [[nodiscard]] bool hasEnded() const { return !spans.isEmpty() && spans.last().until.isValid(); }
    };
    /// The rows of a server: its own, then those of its items, the greatest number first.
    struct Block {
        ServerId server;
        int items = 0;
    };
    void take(const Transition& transition);
    static void extend(Row& row, const Transition& transition);
    /// The row of the item, made where there is none.
    int ensureRow(const Transition& transition);
    int ensureServer(const ServerId& id);
    void insert(int at, const Row& row);
    void removeItem(int row);
    [[nodiscard]] const Row& rowAt(int row) const { return m_rows.at(static_cast<size_t>(row)); }
    [[nodiscard]] Row& rowAt(int row) { return m_rows.at(static_cast<size_t>(row)); }
    void makeRoom();
    void watch(Server* server);
    void rename(const ServerId& id, const QString& name);
    void removeServer(const ServerId& id);
    [[nodiscard]] int serverRow(const ServerId& id) const;
    [[nodiscard]] QList<Block>::iterator blockOf(const ServerId& id);

    Workspace* m_workspace;
    std::deque<Row> m_rows; ///< grows at its begin as well as at its end
    QList<Block> m_blocks;
    QHash<ItemKey, qint64> m_known; ///< the numbers of those that have a row
    qint64 m_lastNumber = 0;
    int m_ended = 0; ///< rows of items that have ended
};

} // namespace kindling
