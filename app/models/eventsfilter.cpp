// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/eventsfilter.h"

#include "app/models/roles.h"

#include <algorithm>

namespace kindling {

void EventsFilter::setOwnActsOnly(bool isOn)
{
    m_isOwnActsOnly = isOn;
    invalidateFilter();
}

void EventsFilter::setBadOnly(bool isOn)
{
    m_isBadOnly = isOn;
    invalidateFilter();
}

void EventsFilter::setWords(const QStringList& words)
{
    m_words = words;
    invalidateFilter();
}

bool EventsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex first = sourceModel()->index(row, 0, parent);
    if ((m_isOwnActsOnly && !first.data(ActRole).isValid()) || (m_isBadOnly && !first.data(IsBadRole).toBool()))
        return false;
    if (m_words.isEmpty())
        return true;
    QString text;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
        text += first.siblingAtColumn(column).data().toString() + u'\n';
    return std::ranges::all_of(m_words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace kindling
