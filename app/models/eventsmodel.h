// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"
#include "app/storage/records.h"

#include <QAbstractTableModel>

#include <variant>

namespace kindling {

class Recorder;
class Workspace;

/// Every transition seen, and every act of ours that changed a server or was to, oldest first, at most 10 000; acts of
/// earlier runs, too, at most 2 000, where there is a recorder. DisplayRole: When a QDateTime, Item "12 etl-ann"; of transitions From and
/// To the server's words ("gone" at the end, From empty at first sight) and Note; of acts To the detail (the name asked
/// for, the statement's number) and Note the problem, empty where it was done. Roles: KeyRole, ServerIdRole, NameRole,
/// ActRole, IsBadRole, WhenRole; of transitions StateGlyphRole (of `to`), StateRawRole.
class EventsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { When, Server, Item, From, To, Note, Count };
    static constexpr qsizetype capacity = 10'000;
    static constexpr int mostEarlierActs = 2'000;

    explicit EventsModel(Workspace* workspace, Recorder* recorder = nullptr, QObject* parent = nullptr);

    /// Were there older ones, of this run or recorded, that are not among these?
    [[nodiscard]] bool isCut() const { return m_isCut; }
    /// nullptr = it is an act
    [[nodiscard]] const Transition* transitionAt(int row) const { return std::get_if<Transition>(&m_rows.at(row).what); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QDateTime when;
        ItemKey key;
        QString itemName;
        QString serverName; ///< as it was then: the server may be gone from the list
        std::variant<Transition, OwnAct> what;
    };
    [[nodiscard]] static QVariant display(const Row& row, Column column);
    [[nodiscard]] static QVariant roleOfTransition(const Transition& transition, int role);
    [[nodiscard]] Row rowOf(const Transition& transition) const;
    void observe(const Observation& observation);
    void append(Row row);
    void prepend(const QList<RecordedAct>& newestFirst, const QDateTime& before);
    [[nodiscard]] QString serverName(const ServerId& id) const;

    Workspace* m_workspace;
    QList<Row> m_rows;
    bool m_isCut = false;
};

} // namespace kindling
