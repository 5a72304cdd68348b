// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/requestsfilter.h"

#include "app/models/roles.h"

namespace kindling {

void RequestsFilter::setServers(const QStringList& ids)
{
    m_servers = ids;
    invalidateFilter();
}

void RequestsFilter::setFailedOnly(bool isOn)
{
    m_isFailedOnly = isOn;
    invalidateFilter();
}

bool RequestsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex exchange = sourceModel()->index(row, 0, parent);
    const bool isWanted = m_servers.isEmpty() || m_servers.contains(exchange.data(ServerIdRole).toString());
    return isWanted && (!m_isFailedOnly || exchange.data(IsBadRole).toBool());
}

} // namespace kindling
