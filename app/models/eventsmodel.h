// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/models/roles.h"

#include <QAbstractTableModel>

namespace kindling {

class Workspace;

/// Every transition seen, oldest first, at most 10 000. DisplayRole: When a QDateTime, Item "12 etl-ann", From and To
/// the server's words ("gone" at the end, From empty at first sight). Roles: KeyRole, StateGlyphRole (of `to`),
/// ServerIdRole, StateRawRole, NameRole.
class EventsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { When, Server, Item, From, To, Note, Count };
    static constexpr qsizetype capacity = 10'000;

    explicit EventsModel(Workspace* workspace, QObject* parent = nullptr);

    [[nodiscard]] const Transition& transitionAt(int row) const { return m_rows.at(row).transition; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        Transition transition;
        QString serverName; ///< as it was then: the server may be gone from the list
    };
    [[nodiscard]] static QVariant display(const Row& row, Column column);
    void append(const Transition& transition);
    [[nodiscard]] QString serverName(const ServerId& id) const;

    Workspace* m_workspace;
    QList<Row> m_rows;
};

} // namespace kindling
