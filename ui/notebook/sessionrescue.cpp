// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/sessionrescue.h"

#include "app/engine/server.h"
#include "app/engine/statementrunner.h"
#include "app/engine/workspace.h"
#include "ui/common/lockwords.h"
#include "ui/common/messagebar.h"

#include <utility>

namespace kindling {

namespace {
QString lingeringWords()
{
    return SessionRescue::tr("A cancelled cell runs on and keeps its session busy.");
}

bool hasBegun(RunState state)
{
    return state == RunState::Running || state == RunState::Finished;
}
}

SessionRescue::SessionRescue(Workspace* workspace, MessageBar* messages, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_messages(messages)
{
}

void SessionRescue::setTarget(const ItemKey& session)
{
    if (m_server)
        m_server->sessions().disconnect(this);
    m_server = m_workspace->server(session.server);
    m_target = session;
    if (m_server)
        connect(&m_server->sessions(), &ItemStore::changed, this, &SessionRescue::look);
    look();
}

void SessionRescue::look()
{
    if (m_lingering.isValid() && !m_workspace->item(m_lingering))
        dropOffer();
    lookAtPython();
}

void SessionRescue::lookAtPython()
{
    const TrackedItem* item = m_workspace->item(m_target);
    const bool isDead = item && item->item.state.value == ItemStateValue::Error && m_server->canRestartPython();
    if (isDead == m_isPythonOffered)
        return;
    m_isPythonOffered = isDead;
    if (!isDead) {
        m_messages->dismiss();
        return;
    }
    m_messages->showProblem(tr("An interpreter of this session has died, and its variables with it."),
        tr("What ran in the others goes on. A fresh Python finds the views and the added files as they were."));
    m_messages->setAction(tr("Restart Python"), [this] { Q_EMIT pythonRestartRequested(m_target); });
}

void SessionRescue::follow(const ItemKey& session, const Run& run)
{
    if (run.isLingering) {
        m_lingering = session;
        m_lingeringRun = run.id;
        offerRestart();
    } else if (session == m_lingering && (run.id == m_lingeringRun || hasBegun(run.state))) {
        dropOffer(); // a session runs one after the other
    }
}

void SessionRescue::offerRestart()
{
    if (lockWords(*m_workspace, m_lingering).isEmpty()) {
        m_messages->showInfo(lingeringWords(), tr("Where nothing ends it, a restart of the session does: it is deleted, and one like it is begun."));
        m_messages->setAction(tr("Restart session"), [this, session = m_lingering] { Q_EMIT sessionRestartRequested(session); });
    } else {
        m_messages->showInfo(lingeringWords(), tr("Its session is not yours to end: take a new one where nothing ends the cell."));
        m_messages->setAction(tr("New session…"), [this, server = m_lingering.server] { Q_EMIT newSessionRequested(server); });
    }
}

void SessionRescue::dropOffer()
{
    m_lingering = {};
    if (m_messages->text() == lingeringWords())
        m_messages->dismiss();
}

} // namespace kindling
