// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QObject>
#include <QPointer>

namespace kindling {

class MessageBar;
class Server;
class Workspace;
struct Run;

/// Watches the session that a notebook runs on, and offers what helps: a restart of its Python where an interpreter of it
/// has died and the server can do that, a restart of the session where a cancelled cell does not end.
class SessionRescue final : public QObject {
    Q_OBJECT
public:
    SessionRescue(Workspace* workspace, MessageBar* messages, QObject* parent);

    void setTarget(const ItemKey& session);
    /// Tell it every change of a run, and whose it is.
    void follow(const ItemKey& session, const Run& run);

Q_SIGNALS:
    void pythonRestartRequested(const kindling::ItemKey& session);
    void sessionRestartRequested(const kindling::ItemKey& session);
    /// That one may not be touched from here: another may be had.
    void newSessionRequested(const kindling::ServerId& server);

private:
    void look();
    void lookAtPython();
    void offerRestart();
    void dropOffer();

    Workspace* m_workspace;
    MessageBar* m_messages;
    QPointer<Server> m_server;
    ItemKey m_target;
    ItemKey m_lingering; ///< where a cancelled run goes on; invalid = nowhere
    qint64 m_lingeringRun = 0;
    bool m_isPythonOffered = false;
};

} // namespace kindling
