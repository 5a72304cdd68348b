// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

namespace kindling {

/// Our own stable name of a configured server (a UUID without braces); never sent anywhere.
using ServerId = QString;

enum class ItemType { Session, Batch };

/// Names one session or batch of one server. Ids are opaque text; sessions and batches number apart.
struct ItemKey {
    ServerId server;
    ItemType type = ItemType::Session;
    QString id;

    [[nodiscard]] bool isValid() const { return !server.isEmpty() && !id.isEmpty(); }
    friend bool operator==(const ItemKey&, const ItemKey&) = default;
};

[[nodiscard]] inline size_t qHash(const ItemKey& key, size_t seed = 0)
{
    return qHashMulti(seed, key.server, static_cast<int>(key.type), key.id);
}

} // namespace kindling
