// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"

#include <QAbstractProxyModel>
#include <QSortFilterProxyModel>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace kindling {

class ItemsModel;

/// What a person asked to see; what is empty lets everything through.
struct ItemRule {
    using Condition = std::function<bool(const TrackedItem&)>;

    QStringList words = {}; ///< all must occur, in any case
    bool isLiveOnly = false;
    std::optional<ItemType> type = {};
    QStringList servers = {}; ///< ids
    QStringList states = {};  ///< in the server's words, any case
    QStringList kinds = {};   ///< likewise; an empty word among them is for items without a kind
    QStringList owners = {};  ///< any case; likewise
    Condition isMine = {};
    Condition isOrphan = {};

    [[nodiscard]] bool accepts(const TrackedItem& item, const QString& serverName) const;
};

/// Words separated by spaces.
[[nodiscard]] QStringList filterWords(const QString& text);

/// Those rows of an ItemsModel that a rule lets through, in the order of a column. Made for long tables: a change costs
/// what it touches, and what moves many rows is told as one change of layout, so that a selection stays.
class ItemsFilter final : public QAbstractProxyModel {
    Q_OBJECT
public:
    explicit ItemsFilter(ItemsModel* items, QObject* parent = nullptr);

    void setRule(const ItemRule& rule);
    [[nodiscard]] const ItemRule& rule() const { return m_rule; }
    /// Asks the rule anew about all rows: its conditions may know more than the rows tell.
    void refresh();
    /// Column -1: as the servers list them.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] const TrackedItem& itemAt(int row) const;

    [[nodiscard]] QModelIndex mapToSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;

private:
    using Rows = std::vector<int>;
    struct Run {
        int first;
        int last;
    };
    [[nodiscard]] bool accepts(int sourceRow) const;
    [[nodiscard]] bool isBefore(int left, int right) const;
    [[nodiscard]] bool isSettled(int sourceRow) const;
    [[nodiscard]] Rows accepted(int first, int last) const;
    [[nodiscard]] Rows without(int first, int last) const;
    void onInserted(int first, int last);
    void onAboutToBeRemoved(int first, int last);
    void onRemoved(int first, int last);
    void onChanged(int first, int last);
    void onAboutToBeLaidOut();
    void onLaidOut();
    void settle(int first, int last);
    void rearrange(Rows next);
    [[nodiscard]] bool rearrangeByRuns(const Rows& next);
    void removeRuns(const std::vector<Run>& runs);
    void insertRuns(const std::vector<Run>& runs, const Rows& next);
    void layOut(Rows next);
    void number(int from);

    ItemsModel* m_items;
    ItemRule m_rule;
    int m_column = -1;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    Rows m_rows;   ///< the source's row of each of ours
    QModelIndexList m_held; ///< persistent ones, while the source is laid out anew
    QList<ItemKey> m_heldKeys;
    Rows m_places; ///< our row of each of the source's; -1 = not let through
};

/// NavigatorModel filtered. Servers and groups stay, except those without a match while there is a text.
class NavigatorFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit NavigatorFilter(QObject* parent = nullptr);
    void setRule(const ItemRule& rule);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    ItemRule m_rule;
};

} // namespace kindling
