// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/pythonrescue.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/lockwords.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"

namespace kindling {

PythonRescue::PythonRescue(Workspace* workspace, MessageBar* messages, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_messages(messages)
{
}

void PythonRescue::setTarget(const ServerId& server, const QString& session)
{
    if (m_server)
        m_server->sessions().disconnect(this);
    m_server = m_workspace->server(server);
    m_session = session;
    if (m_server)
        connect(&m_server->sessions(), &ItemStore::changed, this, &PythonRescue::look);
    look();
}

void PythonRescue::look()
{
    const TrackedItem* item = m_server ? m_server->sessions().find(m_session) : nullptr;
    const bool isDead = item && item->item.state.value == ItemStateValue::Error && m_server->canRestartPython();
    if (isDead == m_isOffered)
        return;
    m_isOffered = isDead;
    if (!isDead) {
        m_messages->dismiss();
        return;
    }
    m_messages->showProblem(tr("An interpreter of this session has died, and its variables with it."),
        tr("What ran in the others goes on. A fresh Python finds the views and the added files as they were."));
    m_messages->setAction(tr("Restart Python"), [this] { restart(); });
}

void PythonRescue::restart()
{
    const TrackedItem* item = m_server ? m_server->sessions().find(m_session) : nullptr;
    if (!item)
        return;
    if (const QString lock = lockWords(*m_workspace, *item); !lock.isEmpty()) {
        m_messages->showProblem(lock);
        return;
    }
    m_messages->showInfo(tr("Python is being restarted…"));
    m_server->restartPython(m_session, this, [this](const Result<Done>& answer) {
        if (!answer)
            m_messages->showProblem(errorText(answer.error()));
        else if (m_server)
            m_server->refresh();
    });
}

} // namespace kindling
