// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/itemroles.h"

#include <algorithm>

namespace kindling {

const QString& ownerOf(const SparkItem& item)
{
    return item.proxyUser.isEmpty() ? item.owner : item.proxyUser;
}

QString itemLabel(const QString& id, const QString& name)
{
    return name.isEmpty() ? id : QString(id + u' ' + name);
}

QString firstLineOf(const QString& code)
{
    const QString text = code.trimmed();
    return text.left(text.indexOf(u'\n')).left(500);
}

QVariant tookMs(const StatementSeen& statement)
{
    const bool isKnown = statement.started.isValid() && statement.completed.isValid();
    return isKnown ? QVariant(std::max<qint64>(0, statement.started.msecsTo(statement.completed))) : QVariant();
}

QVariant itemRole(const TrackedItem& item, int role)
{
    switch (role) {
    case NodeRole:
        return static_cast<int>(item.key.type == ItemType::Session ? NodeType::Session : NodeType::Batch);
    case ServerIdRole:
        return item.key.server;
    case KeyRole:
        return QVariant::fromValue(item.key);
    case StateValueRole:
        return static_cast<int>(item.item.state.value);
    case StateRawRole:
        return item.item.state.raw;
    case StateGlyphRole:
        return static_cast<int>(roleOf(item.item.state, !item.damage.isEmpty()));
    case SinceRole:
        return item.stateSince;
    case SinceExactRole:
        return item.isSinceExact;
    case DamageRole:
        return item.damage;
    case AliveRole:
        return item.item.state.isAlive();
    case OwnerRole:
        return ownerOf(item.item);
    case AttachedRole:
        return item.isAttached;
    case KindTextRole:
        return item.item.kindText;
    case DeletingRole:
        return item.isDeleting;
    case NameRole:
        return item.item.name;
    case AppIdRole:
        return item.item.appId;
    case LastSeenRole:
        return item.seen;
    case TrackedItemRole:
        return QVariant::fromValue(&item);
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

} // namespace kindling
