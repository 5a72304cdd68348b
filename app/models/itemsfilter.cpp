// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemsfilter.h"

#include "app/models/itemroles.h"
#include "app/models/itemsmodel.h"
#include "app/models/roles.h"

#include <algorithm>
#include <utility>

namespace kindling {

namespace {
/// Past these a change of layout costs a view less than signals for each.
constexpr size_t mostRuns = 32;
constexpr size_t mostInsertions = 64;

bool isAmong(const QStringList& wanted, const QString& word)
{
    return wanted.isEmpty() || wanted.contains(word, Qt::CaseInsensitive);
}

bool hasWord(const TrackedItem& tracked, const QString& serverName, const QString& word)
{
    const SparkItem& item = tracked.item;
    const auto holds = [&word](const QString& text) { return text.contains(word, Qt::CaseInsensitive); };
    return holds(item.id) || holds(item.name) || holds(item.owner) || holds(item.proxyUser) || holds(item.appId) || holds(item.state.raw)
        || holds(item.kindText) || holds(item.queue) || holds(serverName);
}
}

QStringList filterWords(const QString& text)
{
    return text.split(u' ', Qt::SkipEmptyParts);
}

bool ItemRule::accepts(const TrackedItem& item, const QString& serverName) const
{
    if ((isLiveOnly && !item.item.state.isAlive()) || (type && item.key.type != *type))
        return false;
    if (!servers.isEmpty() && !servers.contains(item.key.server))
        return false;
    if (!isAmong(states, item.item.state.raw) || !isAmong(kinds, item.item.kindText) || !isAmong(owners, ownerOf(item.item)))
        return false;
    if (!std::ranges::all_of(words, [&](const QString& word) { return hasWord(item, serverName, word); }))
        return false;
    return (!isMine || isMine(item)) && (!isOrphan || isOrphan(item));
}

ItemsFilter::ItemsFilter(ItemsModel* items, QObject* parent)
    : QAbstractProxyModel(parent)
    , m_items(items)
{
    setSourceModel(items);
    connect(items, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) { onInserted(first, last); });
    connect(items, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this](const QModelIndex&, int first, int last) { onAboutToBeRemoved(first, last); });
    connect(items, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) { onRemoved(first, last); });
    connect(items, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) { onChanged(first.row(), last.row()); });
    connect(items, &QAbstractItemModel::layoutAboutToBeChanged, this, &ItemsFilter::onAboutToBeLaidOut);
    connect(items, &QAbstractItemModel::layoutChanged, this, &ItemsFilter::onLaidOut);
    m_places.assign(static_cast<size_t>(items->rowCount()), -1);
    m_rows = accepted(0, items->rowCount() - 1);
    number(0);
}

void ItemsFilter::setRule(const ItemRule& rule)
{
    m_rule = rule;
    refresh();
}

void ItemsFilter::refresh()
{
    rearrange(accepted(0, m_items->rowCount() - 1));
}

void ItemsFilter::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    Rows next = m_rows;
    std::ranges::sort(next, [this](int left, int right) { return isBefore(left, right); });
    rearrange(std::move(next));
}

const TrackedItem& ItemsFilter::itemAt(int row) const
{
    return m_items->itemAt(m_rows.at(static_cast<size_t>(row)));
}

bool ItemsFilter::accepts(int sourceRow) const
{
    const TrackedItem& item = m_items->itemAt(sourceRow);
    return m_rule.accepts(item, m_items->serverName(item.key.server));
}

bool ItemsFilter::isBefore(int left, int right) const
{
    const int order = m_column < 0 ? 0 : m_items->compare(left, right, static_cast<ItemsModel::Column>(m_column));
    if (order == 0)
        return left < right;
    return m_order == Qt::AscendingOrder ? order < 0 : order > 0;
}

/// Is it shown where the rule and the order want it, its neighbours being where they are?
bool ItemsFilter::isSettled(int sourceRow) const
{
    const int place = m_places.at(static_cast<size_t>(sourceRow));
    if (accepts(sourceRow) != (place >= 0))
        return false;
    if (place < 0 || m_column < 0)
        return true;
    const auto at = m_rows.begin() + place;
    return (at == m_rows.begin() || isBefore(*(at - 1), *at)) && (at + 1 == m_rows.end() || isBefore(*at, *(at + 1)));
}

ItemsFilter::Rows ItemsFilter::accepted(int first, int last) const
{
    Rows rows;
    for (int row = first; row <= last; ++row) {
        if (accepts(row))
            rows.push_back(row);
    }
    if (m_column >= 0)
        std::ranges::sort(rows, [this](int left, int right) { return isBefore(left, right); });
    return rows;
}

ItemsFilter::Rows ItemsFilter::without(int first, int last) const
{
    Rows rows;
    rows.reserve(m_rows.size());
    std::ranges::copy_if(m_rows, std::back_inserter(rows), [first, last](int row) { return row < first || row > last; });
    return rows;
}

void ItemsFilter::onInserted(int first, int last)
{
    // An ItemsModel only ever appends.
    m_places.resize(static_cast<size_t>(last) + 1, -1);
    settle(first, last);
}

void ItemsFilter::onAboutToBeRemoved(int first, int last)
{
    rearrange(without(first, last));
}

void ItemsFilter::onRemoved(int first, int last)
{
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
    for (int& row : m_rows) {
        if (row > last)
            row -= last - first + 1;
    }
}

void ItemsFilter::onChanged(int first, int last)
{
    settle(first, last);
    if (m_rows.empty())
        return;
    const bool isMany = last - first >= static_cast<int>(mostInsertions);
    if (isMany)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    for (int row = first; row <= last && !isMany; ++row) {
        if (const int place = m_places.at(static_cast<size_t>(row)); place >= 0)
            Q_EMIT dataChanged(index(place, 0), index(place, columnCount() - 1));
    }
}

void ItemsFilter::onAboutToBeLaidOut()
{
    Q_EMIT layoutAboutToBeChanged();
    m_held = persistentIndexList();
    for (const QModelIndex& each : std::as_const(m_held))
        m_heldKeys += itemAt(each.row()).key;
}

void ItemsFilter::onLaidOut()
{
    m_places.assign(static_cast<size_t>(m_items->rowCount()), -1);
    m_rows = accepted(0, m_items->rowCount() - 1);
    number(0);
    QModelIndexList after;
    for (qsizetype i = 0; i < m_held.size(); ++i)
        after += index(m_places.at(static_cast<size_t>(m_items->indexOf(m_heldKeys.at(i)).row())), m_held.at(i).column());
    changePersistentIndexList(std::exchange(m_held, {}), after);
    m_heldKeys.clear();
    Q_EMIT layoutChanged();
}

void ItemsFilter::settle(int first, int last)
{
    bool isAllSettled = true;
    for (int row = first; row <= last && isAllSettled; ++row)
        isAllSettled = isSettled(row);
    if (isAllSettled)
        return;
    const Rows fresh = accepted(first, last);
    const auto precedes = [this](int left, int right) { return isBefore(left, right); };
    Rows next = without(first, last);
    if (fresh.size() > mostInsertions) {
        Rows merged;
        merged.reserve(next.size() + fresh.size());
        std::ranges::merge(next, fresh, std::back_inserter(merged), precedes);
        next = std::move(merged);
    } else {
        for (const int row : fresh)
            next.insert(std::ranges::upper_bound(next, row, precedes), row);
    }
    rearrange(std::move(next));
}

void ItemsFilter::rearrange(Rows next)
{
    if (next != m_rows && !rearrangeByRuns(next))
        layOut(std::move(next));
}

/// Where rows only came and went, in few places, a view is told of just these.
bool ItemsFilter::rearrangeByRuns(const Rows& next)
{
    std::vector<bool> isNext(m_places.size());
    for (const int row : next)
        isNext[static_cast<size_t>(row)] = true;
    const auto runsOf = [](const Rows& rows, const auto& isMarked) {
        std::vector<Run> runs;
        for (int at = 0; at < static_cast<int>(rows.size()) && runs.size() <= mostRuns; ++at) {
            if (!isMarked(rows[static_cast<size_t>(at)]))
                continue;
            if (runs.empty() || runs.back().last != at - 1)
                runs.push_back({ at, at });
            else
                runs.back().last = at;
        }
        return runs;
    };
    const auto goes = [&isNext](int row) { return !isNext[static_cast<size_t>(row)]; };
    const auto comes = [this](int row) { return m_places[static_cast<size_t>(row)] < 0; };
    const std::vector<Run> going = runsOf(m_rows, goes);
    const std::vector<Run> coming = runsOf(next, comes);
    if (going.size() + coming.size() > mostRuns)
        return false;
    Rows before;
    Rows after;
    std::ranges::copy_if(m_rows, std::back_inserter(before), [&goes](int row) { return !goes(row); });
    std::ranges::copy_if(next, std::back_inserter(after), [&comes](int row) { return !comes(row); });
    if (before != after)
        return false;
    removeRuns(going);
    insertRuns(coming, next);
    return true;
}

void ItemsFilter::removeRuns(const std::vector<Run>& runs)
{
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->last);
        const auto begin = m_rows.begin() + run->first;
        const auto end = m_rows.begin() + run->last + 1;
        for (auto row = begin; row != end; ++row)
            m_places[static_cast<size_t>(*row)] = -1;
        m_rows.erase(begin, end);
        number(run->first);
        endRemoveRows();
    }
}

void ItemsFilter::insertRuns(const std::vector<Run>& runs, const Rows& next)
{
    for (const Run& run : runs) {
        beginInsertRows({}, run.first, run.last);
        m_rows.insert(m_rows.begin() + run.first, next.begin() + run.first, next.begin() + run.last + 1);
        number(run.first);
        endInsertRows();
    }
}

void ItemsFilter::layOut(Rows next)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    Rows sources;
    for (const QModelIndex& each : before)
        sources.push_back(m_rows.at(static_cast<size_t>(each.row())));
    for (const int row : m_rows)
        m_places[static_cast<size_t>(row)] = -1;
    m_rows = std::move(next);
    number(0);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after += index(m_places.at(static_cast<size_t>(sources.at(static_cast<size_t>(i)))), before.at(i).column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void ItemsFilter::number(int from)
{
    for (auto place = static_cast<size_t>(from); place < m_rows.size(); ++place)
        m_places[static_cast<size_t>(m_rows[place])] = static_cast<int>(place);
}

QModelIndex ItemsFilter::mapToSource(const QModelIndex& proxy) const
{
    return proxy.isValid() ? m_items->index(m_rows.at(static_cast<size_t>(proxy.row())), proxy.column()) : QModelIndex();
}

QModelIndex ItemsFilter::mapFromSource(const QModelIndex& source) const
{
    return source.isValid() ? index(m_places.at(static_cast<size_t>(source.row())), source.column()) : QModelIndex();
}

QModelIndex ItemsFilter::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex ItemsFilter::parent(const QModelIndex&) const
{
    return {};
}

int ItemsFilter::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ItemsFilter::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_items->columnCount();
}

NavigatorFilter::NavigatorFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void NavigatorFilter::setRule(const ItemRule& rule)
{
    m_rule = rule;
    invalidateFilter();
}

bool NavigatorFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto* item = index.data(TrackedItemRole).value<const TrackedItem*>();
    return item ? m_rule.accepts(*item, parent.parent().data(NameRole).toString()) : m_rule.words.isEmpty();
}

} // namespace kindling
