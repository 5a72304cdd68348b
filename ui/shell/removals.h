// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/livy/sparkapi.h"

#include <QObject>

namespace kindling {

class Workspace;

/// Deletes sessions and batches, a few at a time on each server, and tells once for all of them what could not be done.
class Removals final : public QObject {
    Q_OBJECT
public:
    explicit Removals(Workspace& workspace, QObject* parent = nullptr);

    /// Those that have gone, or whose id names another one by then, are left alone.
    void add(const QList<TrackedItem>& items);

Q_SIGNALS:
    void failed(const QString& message);

private:
    void forget(const ServerId& server);
    void pump();
    [[nodiscard]] bool send(const TrackedItem& item);
    void onAnswered(const ServerId& server, const Result<Done>& answer);
    void report();

    Workspace& m_workspace;
    QList<TrackedItem> m_waiting;
    QHash<ServerId, int> m_underWay;
    int m_sent = 0; ///< since nothing was under way
    QList<Error> m_problems;
};

} // namespace kindling
