// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <utility>

namespace kindling {

ItemGuard::ItemGuard(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

bool ItemGuard::isMine(const TrackedItem& item) const
{
    const Server* server = m_workspace.server(item.key.server);
    return server && server->isOwn(item);
}

ItemLock ItemGuard::lockOf(const TrackedItem& item) const
{
    const Server* server = m_workspace.server(item.key.server);
    if (server && server->profile().isReadOnly)
        return ItemLock::ReadOnlyServer;
    const bool isOwned = !item.item.owner.isEmpty() || !item.item.proxyUser.isEmpty();
    return isOwned && !m_isUnlocked && !isMine(item) ? ItemLock::OtherOwner : ItemLock::None;
}

ItemLock ItemGuard::lockOf(const ItemKey& key) const
{
    const TrackedItem* item = m_workspace.item(key);
    return item ? lockOf(*item) : ItemLock::None;
}

void ItemGuard::setUnlocked(bool isUnlocked)
{
    if (std::exchange(m_isUnlocked, isUnlocked) != isUnlocked)
        Q_EMIT unlockedChanged(isUnlocked);
}

} // namespace kindling
