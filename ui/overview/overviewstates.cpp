// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemsmodel.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"
#include "ui/overview/itemfilterbar.h"
#include "ui/overview/overviewlabels.h"
#include "ui/overview/overviewpane.h"

#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

void OverviewPane::updateMessages()
{
    QStringList lines;
    for (const Server* server : m_workspace->servers()) {
        const bool isTrouble = server->connection() == ConnectionState::Offline || server->connection() == ConnectionState::SignInNeeded;
        if (!isTrouble)
            continue;
        const QString seen = server->lastSeen().isValid() ? tr("; shown as of %1").arg(exactTime(server->lastSeen())) : QString();
        lines += u"%1: %2%3"_s.arg(server->profile().name.simplified().left(60), errorTitle(server->problem()).left(200), seen);
    }
    if (lines.isEmpty())
        m_messages->dismiss();
    else if (m_messages->isHidden() || m_messages->text() != lines.join(u'\n'))
        m_messages->showProblem(lines.join(u'\n'));
    updateEmptiness();
}

void OverviewPane::updateEmptiness()
{
    const auto& servers = m_workspace->servers();
    const bool isEmpty = m_labels->rowCount() == 0;
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_empty) : m_table);
    if (!isEmpty)
        return;
    const bool isLoading = std::ranges::any_of(servers, [](const Server* server) {
        return server->connection() == ConnectionState::Connecting || (server->connection() == ConnectionState::Online && !server->lastSeen().isValid());
    });
    const bool isOnline = std::ranges::any_of(servers, [](const Server* server) { return server->connection() == ConnectionState::Online; });
    m_empty->setLoading(false);
    if (m_model->rowCount() > 0) {
        m_empty->setContent(tr("Nothing matches"), tr("No session and no batch passes the filters."), tr("Show all"));
    } else if (servers.isEmpty()) {
        m_empty->setContent(tr("No servers yet"), tr("The sessions and batches of all your servers will be here."), tr("Add server…"));
    } else if (isLoading) {
        m_empty->setContent(tr("Asking the servers…"), tr("Sessions and batches appear as soon as a server answers."));
        m_empty->setLoading(true);
    } else if (isOnline) {
        m_empty->setContent(tr("No sessions and no batches"), tr("Nothing runs on your servers now."), tr("New session…"));
    } else {
        m_empty->setContent(tr("No server is online"), tr("Sessions and batches appear as soon as a server answers."));
    }
}

void OverviewPane::onEmptyActivated()
{
    const auto& servers = m_workspace->servers();
    if (m_model->rowCount() > 0) {
        m_text->clear();
        m_mine->setChecked(false);
        m_live->setChecked(false);
        m_choices->clear();
    } else if (servers.isEmpty()) {
        Q_EMIT addServerRequested();
    } else {
        const auto online = std::ranges::find(servers, ConnectionState::Online, &Server::connection);
        Q_EMIT newSessionRequested((online != servers.end() ? *online : servers.constFirst())->profile().id);
    }
}

} // namespace kindling
