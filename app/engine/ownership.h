// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/engine/itemstore.h"

#include <QHash>
#include <QSet>

namespace kindling {

/// Tells which sessions and batches of one server are ours.
class Ownership {
public:
    /// The user of this machine at first.
    Ownership();
    /// Who "me" is where the server is configured without a user. Empty = nobody.
    void setLocalUser(const QString& name) { m_localUser = name; }
    /// Something of that name is asked for: what appears with it is ours, also where the answer is lost.
    void expect(const QString& name);
    /// It was begun from here, now or in an earlier run; `when`: it was there already.
    void remember(const ItemFacts& begun, const QDateTime& when);

    /// Does it belong to the user configured for its server (else of this machine), or was it begun from here? Whatever
    /// Local Spark runs is ours. What names no owner and was begun elsewhere is nobody's.
    [[nodiscard]] bool isOwn(const TrackedItem& item, const ServerProfile& profile) const;

    /// When it was there already, of what was begun from here; else invalid.
    [[nodiscard]] QDateTime begunBy(const TrackedItem& item) const;

private:
    struct Begun {
        ItemFacts facts;
        QDateTime when;
    };
    [[nodiscard]] const Begun* begunAs(const TrackedItem& item) const;
    [[nodiscard]] bool wasBegunHere(const TrackedItem& item) const;

    QString m_localUser;
    QSet<QString> m_names;
    QHash<ItemKey, Begun> m_begun;
};

} // namespace kindling
