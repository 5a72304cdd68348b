// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/console.h"
#include "app/command/exitcode.h"
#include "app/command/itemoptions.h"
#include "app/engine/itemstore.h"
#include "app/livy/sparkapi.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

namespace kindling {

class LogTailer;
class Server;
struct WholeList;

/// `kindling list`, `kindling stop` and `kindling log` on a server that is connected, but not yet polling.
class ItemRun final : public QObject {
    Q_OBJECT
public:
    /// All must outlive this.
    ItemRun(Server& server, ItemCommand command, ItemOptions options, Console& console, QObject* parent = nullptr);

    void start();
    /// By a signal: what is under way is left to its end.
    void interrupt();

Q_SIGNALS:
    /// Once.
    void finished(kindling::ExitCode code);

private:
    void list();
    void readItems(ItemType type, const std::function<void(const WholeList&)>& then);
    void print(const WholeList& sessions, const WholeList& batches);
    void complainOfGaps(const WholeList& list);
    void stopNext(qsizetype index, bool isGood);
    void stop(const ItemName& item, const std::function<void(bool isGood)>& then);
    void showLog();
    void onRemoved(const QList<TrackedItem>& removed);
    void onLines(qsizetype first);
    void onLooked();
    void onLogProblem(const Error& problem);
    void fail(const Error& error);
    void end(ExitCode code);

    Server& m_server;
    ItemCommand m_command;
    ItemOptions m_options;
    Console& m_console;
    QHash<ItemType, QSet<QString>> m_listed; ///< the ids there are, of what is to be stopped
    QPointer<LogTailer> m_log;
    bool m_isOut = false; ///< the log cannot be read
    bool m_hasEnded = false;
};

/// A line for people: what it is, its state, owner, name, and more where it is told.
[[nodiscard]] QString itemLine(ItemType type, const SparkItem& item);
/// All of a server as one JSON object: `url`, `sessions`, `batches`, and `isComplete`: none is missing or read in part.
[[nodiscard]] QByteArray itemsJson(const QString& url, const WholeList& sessions, const WholeList& batches);

} // namespace kindling
