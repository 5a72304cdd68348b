// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"
#include "app/storage/records.h"

#include <QAbstractListModel>
#include <QHash>

#include <deque>
#include <optional>

namespace kindling {

class RecordedPast;
class Server;
class Workspace;
struct PastLife;

/// Dead, killed, success or gone: nothing comes after it but that the server forgets it.
[[nodiscard]] bool isLastState(const ItemState& state);

/// A stay in a state. An end (dead, killed, success, gone) takes no time: there `until` is `from`.
struct TimelineSpan {
    QDateTime from;
    QDateTime until; ///< invalid = still in it
    ItemState state; ///< raw "gone": the server does not list it any more
    QString damage = {}; ///< non-empty: it lives, but an interpreter died, in the server's words ("pyspark")

    [[nodiscard]] bool isEnd() const { return isLastState(state); }
};

/// Which glyph and colour it has.
[[nodiscard]] StateRole roleOf(const TimelineSpan& span);

/// When nobody watched a server, as far as is known.
struct TimelineGap {
    QDateTime from;
    QDateTime to;
};

/// Where sessions and batches have been over time, as far as it was seen, in earlier runs too: for each server a row of its
/// own, below it a row for each life of its items that was seen alive, the newest first; another life of an id has another
/// row. What had ended before it was seen has none. Never resets; keeps at most `mostItems` rows of items, of each the last
/// `mostSpans` stays, and of each server the last `mostGaps` gaps. Roles: NodeRole, ServerIdRole, KeyRole, NameRole,
/// StateGlyphRole. DisplayRole: "12 etl-ann", or the server's name.
class TimelineModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr qsizetype mostItems = 2000;
    static constexpr qsizetype mostSpans = 500;
    static constexpr qsizetype mostGaps = 500;

    /// `past` may be null, else it is read.
    explicit TimelineModel(Workspace* workspace, RecordedPast* past = nullptr, QObject* parent = nullptr);

    /// In the order of time; empty for a server's row.
    [[nodiscard]] const QList<TimelineSpan>& spansAt(int row) const { return rowAt(row).spans; }
    /// Of its server, in the order of time.
    [[nodiscard]] QList<TimelineGap> gapsAt(int row) const { return m_gaps.value(rowAt(row).server); }
    /// The row of its newest life; -1 = it has none.
    [[nodiscard]] int rowOf(const ItemKey& key) const;
    [[nodiscard]] bool isItem(int row) const { return rowAt(row).key.isValid(); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        ServerId server;
        ItemKey key;  ///< invalid: the server's own row
        QString name; ///< of the item, or the server
        qint64 number = 0; ///< the later its life began, the greater
        QList<TimelineSpan> spans;
        std::optional<RecordedLife> recorded; ///< it may be going on unseen

        [[nodiscard]] bool hasEnded() const { return !spans.isEmpty() && spans.last().until.isValid(); }
    };
    /// The rows of a server: its own, then those of its items, the greatest number first.
    struct Block {
        ServerId server;
        int items = 0;
    };
    void take(const Transition& transition);
    /// What it lives in now it lives in with a dead interpreter, if it does.
    void markDamage(const ItemKey& key);
    void takePast();
    void takePast(const PastLife& past);
    void takePastGaps();
    void addGap(const ServerId& server, const TimelineGap& gap);
    /// Is what the row was recorded of what has this key now?
    [[nodiscard]] bool continues(const Row& row) const;
    static void join(Row& row, QList<TimelineSpan> earlier);
    static void append(Row& row, const TimelineSpan& span);
    static void extend(Row& row, const Transition& transition);
    /// Does what is first seen begin another life than that of the row?
    [[nodiscard]] static bool isOtherLife(const Row& row, const Transition& transition);
    template <typename Change> void change(int row, Change what);
    int addRow(const Transition& transition);
    int ensureServer(const ServerId& id);
    void insert(int at, const Row& row);
    void removeItem(int row);
    void forget(const Row& row);
    [[nodiscard]] const Row& rowAt(int row) const { return m_rows.at(static_cast<size_t>(row)); }
    [[nodiscard]] Row& rowAt(int row) { return m_rows.at(static_cast<size_t>(row)); }
    void makeRoom();
    void watch(Server* server);
    void rename(const ServerId& id, const QString& name);
    void removeServer(const ServerId& id);
    [[nodiscard]] int serverRow(const ServerId& id) const;
    [[nodiscard]] QList<Block>::iterator blockOf(const ServerId& id);
    [[nodiscard]] qsizetype itemCount() const { return rowCount() - m_blocks.size(); }

    Workspace* m_workspace;
    RecordedPast* m_past;
    std::deque<Row> m_rows; ///< grows at its begin as well as at its end
    QList<Block> m_blocks;
    QHash<ItemKey, qint64> m_newest; ///< the greatest number of its rows
    qint64 m_lastNumber = 0;
    qint64 m_firstNumber = 0;
    int m_ended = 0; ///< rows of items that have ended
    QHash<ServerId, QList<TimelineGap>> m_gaps;
};

} // namespace kindling
