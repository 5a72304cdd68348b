// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"

#include <QObject>

namespace kindling {

class Workspace;

/// Why nothing may be done to a session or batch from here.
enum class ItemLock { None, ReadOnlyServer, OtherOwner };

/// Tells whose sessions and batches are ours, and keeps those of others from a hasty hand until they are unlocked.
class ItemGuard final : public QObject {
    Q_OBJECT
public:
    explicit ItemGuard(const Workspace& workspace, QObject* parent = nullptr);

    /// Who "me" is where a server is configured without a user; the user of this machine if never set.
    void setLocalUser(const QString& name);
    /// Does it belong to the user configured for its server (else of this machine), or was it started from here? What
    /// names no owner is nobody's.
    [[nodiscard]] bool isMine(const TrackedItem& item) const;
    [[nodiscard]] ItemLock lockOf(const TrackedItem& item) const;
    /// None for what is unknown.
    [[nodiscard]] ItemLock lockOf(const ItemKey& key) const;
    /// Lasts for this run of the program. Locked at first.
    [[nodiscard]] bool isUnlocked() const { return m_isUnlocked; }
    void setUnlocked(bool isUnlocked);

Q_SIGNALS:
    void unlockedChanged(bool isUnlocked);

private:
    const Workspace& m_workspace;
    QString m_localUser;
    bool m_isUnlocked = false;
};

} // namespace kindling
