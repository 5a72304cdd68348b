// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/lockwords.h"

#include "app/engine/itemguard.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"

#include <QCoreApplication>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestName = 60;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LockWords)
};

QString ownersOf(const SparkItem& item)
{
    QStringList names{ item.owner, item.proxyUser };
    names.removeAll(QString());
    names.removeDuplicates();
    return names.join(" / "_L1).simplified().left(longestName);
}
}

QString lockWords(const Workspace& workspace, const TrackedItem& item)
{
    switch (workspace.guard().lockOf(item)) {
    case ItemLock::None:
        break;
    case ItemLock::ReadOnlyServer:
        return readOnlyWords(*workspace.server(item.key.server));
    case ItemLock::OtherOwner:
        return Words::tr("It belongs to %1. “Unlock others' rows” in the overview lets you change it.").arg(ownersOf(item.item));
    }
    return {};
}

QString lockWords(const Workspace& workspace, const ItemKey& key)
{
    const TrackedItem* item = workspace.item(key);
    return item ? lockWords(workspace, *item) : QString();
}

QString readOnlyWords(const Server& server)
{
    if (!server.profile().isReadOnly)
        return {};
    return Words::tr("%1 is marked read-only: nothing is changed on it.").arg(server.profile().name.simplified().left(longestName));
}

} // namespace kindling
