// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemsfilter.h"

#include "app/models/roles.h"

#include <algorithm>

namespace kindling {

namespace {
QStringList wordsOf(const QString& text)
{
    return text.split(u' ', Qt::SkipEmptyParts);
}

bool isItem(const QModelIndex& index)
{
    const auto node = static_cast<NodeType>(index.data(NodeRole).toInt());
    return node == NodeType::Session || node == NodeType::Batch;
}
}

bool ItemRule::accepts(const QModelIndex& index) const
{
    if (isLiveOnly && !index.data(AliveRole).toBool())
        return false;
    if (!owner.isEmpty() && index.data(OwnerRole).toString() != owner)
        return false;
    if (!states.isEmpty() && !states.contains(index.data(StateRawRole).toString(), Qt::CaseInsensitive))
        return false;
    if (!kinds.isEmpty() && !kinds.contains(index.data(KindTextRole).toString(), Qt::CaseInsensitive))
        return false;
    if (words.isEmpty())
        return true;
    const QString text = index.data(FilterTextRole).toString();
    return std::ranges::all_of(words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

ItemsFilter::ItemsFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void ItemsFilter::setText(const QString& text)
{
    m_rule.words = wordsOf(text);
    invalidateFilter();
}

void ItemsFilter::setMineOnly(const QString& me)
{
    m_rule.owner = me;
    invalidateFilter();
}

void ItemsFilter::setLiveOnly(bool isLiveOnly)
{
    m_rule.isLiveOnly = isLiveOnly;
    invalidateFilter();
}

void ItemsFilter::setStates(const QStringList& states)
{
    m_rule.states = states;
    invalidateFilter();
}

void ItemsFilter::setKinds(const QStringList& kinds)
{
    m_rule.kinds = kinds;
    invalidateFilter();
}

bool ItemsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    return m_rule.accepts(sourceModel()->index(row, 0, parent));
}

NavigatorFilter::NavigatorFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void NavigatorFilter::setText(const QString& text)
{
    m_rule.words = wordsOf(text);
    invalidateFilter();
}

void NavigatorFilter::setMineOnly(const QString& me)
{
    m_rule.owner = me;
    invalidateFilter();
}

void NavigatorFilter::setLiveOnly(bool isLiveOnly)
{
    m_rule.isLiveOnly = isLiveOnly;
    invalidateFilter();
}

bool NavigatorFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return isItem(index) ? m_rule.accepts(index) : m_rule.words.isEmpty();
}

} // namespace kindling
