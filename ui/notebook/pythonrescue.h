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

/// Watches the session that a notebook runs on, and offers to restart its Python where an interpreter of it has died and the
/// server can do that.
class PythonRescue final : public QObject {
    Q_OBJECT
public:
    PythonRescue(Workspace* workspace, MessageBar* messages, QObject* parent);

    void setTarget(const ServerId& server, const QString& session);

private:
    void look();
    void restart();

    Workspace* m_workspace;
    MessageBar* m_messages;
    QPointer<Server> m_server;
    QString m_session;
    bool m_isOffered = false;
};

} // namespace kindling
