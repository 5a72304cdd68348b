// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace kindling {

/// What the item models give by role; colours, icons and words for people are the window's business.
enum ItemRole {
    NodeRole = Qt::UserRole + 1, ///< int of NodeType
    ServerIdRole,                ///< ServerId
    KeyRole,                     ///< ItemKey, invalid for servers and groups
    StateValueRole,              ///< int of ItemStateValue
    StateRawRole,                ///< the server's word
    StateGlyphRole,              ///< int of StateRole; for servers by their connection
    SinceRole,                   ///< QDateTime of stateSince
    SinceExactRole,              ///< bool
    DamageRole,                  ///< QString: the kind that died, else empty
    AliveRole,                   ///< bool
    OwnerRole,                   ///< QString
    ConnectionRole,              ///< int of ConnectionState, servers only
    RoundTripRole,               ///< int ms, servers only
    LastSeenRole,                ///< QDateTime, servers only
    ProblemRole,                 ///< QString title of the problem, servers only
    ChildCountRole,              ///< int: number of sessions or batches of a group
    SortRole,                    ///< for proxies
    AttachedRole,                ///< bool
    NameRole,                    ///< QString: the item's or server's own name
    AppIdRole,                   ///< QString
    TrackedItemRole,             ///< const TrackedItem*, to be looked at at once
    DeletingRole,                ///< bool: our DELETE is under way
    ActRole,                     ///< int of OwnAct::What; invalid = no act of ours
    IsBadRole,                   ///< bool: an end to be regretted, or an act that was refused
    WhenRole,                    ///< QDateTime of an event
    KindTextRole,                ///< QString: the server's word; batches have none
};

enum class NodeType { Server, SessionGroup, BatchGroup, Session, Batch };

} // namespace kindling
