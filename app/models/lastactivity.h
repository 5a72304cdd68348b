// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"

#include <QHash>
#include <QObject>

namespace kindling {

class Recorder;
class Server;
class Workspace;
struct ItemRecord;

/// When a session last did something, as far as anybody saw: a change of its state, or an act of ours. What happened
/// between two looks, or while Kindling was not watching, is not known: it was idle since then at most so long.
class LastActivity final : public QObject {
    Q_OBJECT
public:
    /// `recorder` may be null. Both must outlive this.
    LastActivity(const Workspace& workspace, Recorder* recorder, QObject* parent = nullptr);

    /// From now on the records are asked about each of ours that idles since before it was watched, however long ago.
    void load();
    /// Invalid = nothing is known.
    [[nodiscard]] QDateTime of(const TrackedItem& item) const;
    /// One of ours that idles, and of which no activity was seen for so long.
    [[nodiscard]] bool isOrphan(const TrackedItem& item, std::chrono::hours idleFor) const;

Q_SIGNALS:
    /// The records have told more.
    void changed();

private:
    void watch(Server* server);
    void lookAtAll(const ItemStore& sessions);
    void look(const ItemStore& sessions, const QStringList& ids);
    void take(const ItemKey& key, const ItemRecord& past);

    const Workspace& m_workspace;
    Recorder* m_recorder;
    QHash<ItemKey, QDateTime> m_recorded; ///< as the records tell; invalid = they do not, or not yet
    int m_asked = 0;
    bool m_isLoading = false;
};

} // namespace kindling
