// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/itemguard.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <utility>

namespace kindling {

namespace {
/// "ann" of "ann@REALM" and of "DOMAIN\ann": gateways and servers do not agree on how much of a name they tell.
QStringView simpleName(QStringView name)
{
    name = name.sliced(name.lastIndexOf(u'\\') + 1);
    const qsizetype realm = name.indexOf(u'@');
    return realm > 0 ? name.first(realm) : name;
}

bool isSameUser(QStringView one, QStringView other)
{
    return !one.isEmpty() && simpleName(one).compare(simpleName(other), Qt::CaseInsensitive) == 0;
}
}

ItemGuard::ItemGuard(const Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_localUser(qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME")))
{
}

void ItemGuard::setLocalUser(const QString& name)
{
    m_localUser = name;
}

bool ItemGuard::isMine(const TrackedItem& item) const
{
    const Server* server = m_workspace.server(item.key.server);
    if (!server)
        return false;
    const ServerProfile& profile = server->profile();
    if (profile.kind == ServerKind::LocalSpark || server->isOwn(item.item))
        return true;
    const QString& me = profile.user.isEmpty() ? m_localUser : profile.user;
    const auto isOurs = [&item](const QString& user) { return isSameUser(user, item.item.owner) || isSameUser(user, item.item.proxyUser); };
    return isOurs(me) || isOurs(profile.doAs);
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
