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

    /// As its server tells (Server::isOwn); nothing of an unknown server is.
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
    bool m_isUnlocked = false;
};

} // namespace kindling
