// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/engine/noticegate.h"
#include "app/engine/serveroutages.h"

#include <QHash>

#include <functional>

namespace kindling {

class Recorder;
class Server;
class Workspace;
struct ItemRecord;

/// Reads what is seen of all servers, and tells what a person may want to know without looking: each once. What had
/// happened before it was watched is not told; since when something lasts is known from the records.
class NoticeWatch final : public QObject {
    Q_OBJECT
public:
    /// Is the session being looked at right now?
    using IsLookedAt = std::function<bool(const ItemKey& session)>;

    /// Without a recorder nothing is known of the time before.
    explicit NoticeWatch(Workspace& workspace, Recorder* recorder = nullptr, QObject* parent = nullptr);

    void setPolicy(const NoticePolicy& policy);
    /// What rules have told before, so that they do not tell it again.
    void setTold(const QList<ToldRule>& told);
    /// At first nothing is looked at.
    void setLookedAt(IsLookedAt isLookedAt) { m_isLookedAt = std::move(isLookedAt); }

Q_SIGNALS:
    /// One message: of one notice or of several, oldest first.
    void noticed(const QList<kindling::Notice>& notices);
    /// For setTold() of a later run.
    void toldChanged(const QList<kindling::ToldRule>& told);

private:
    struct Told {
        NoticeRule rule;
        QDateTime since;
    };
    /// An item that time alone may make worth telling.
    struct Watched {
        QDateTime aliveSince;
        QDateTime idleSince = {}; ///< as recorded, where nobody watched it become so
        QDateTime lastRun = {}; ///< of a statement of ours
        QDateTime toldEnd = {}; ///< the last end that was told of
    };

    void follow(Server* server);
    void onChanged(const Server& server, const ItemStore& store, const QStringList& changed, const QList<TrackedItem>& removed);
    void consider(const Server& server, const TrackedItem& item);
    void considerAll(Server& server);
    void askPast(const TrackedItem& item);
    void onPast(const ItemKey& key, const ItemRecord& past);
    [[nodiscard]] static NoticeFacts factsOf(const Server& server, const TrackedItem& item, const Watched& watched);
    void onObserved(const Observation& observation);
    void onState(Server& server, const ItemFacts& item, const StateSeen& seen);
    void onStatement(const Server& server, const ItemFacts& item, const StatementSeen& seen);
    void onAct(const ItemFacts& item, const OwnAct& act);
    void onTime(Server& server);
    /// True = something was told.
    bool checkRules(const Server& server, const TrackedItem& item, const Watched& watched);
    void keepTold();
    void checkEnd(const Server& server, const TrackedItem& item, Watched& watched);
    /// Nothing where nobody wants it.
    void tell(Notice notice, const Server& server);

    Workspace& m_workspace;
    Recorder* m_recorder;
    NoticePolicy m_policy;
    IsLookedAt m_isLookedAt;
    NoticeGate m_gate;
    ServerOutages m_outages;
    QHash<ItemKey, Watched> m_watched;
    QHash<ItemKey, QList<Told>> m_told; ///< by rules; also of what is not watched, which may come back
};

} // namespace kindling
