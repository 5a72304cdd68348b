// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowattention.h"

#include "app/engine/workspace.h"

#include <QEvent>
#include <QWidget>

namespace kindling {

WindowAttention::WindowAttention(Workspace* workspace, QWidget* window)
    : QObject(window)
    , m_workspace(workspace)
    , m_window(window)
{
    window->installEventFilter(this);
    connect(workspace, &Workspace::serverAdded, this, [this](Server* server) { server->setAttention(attention()); });
}

Server::Attention WindowAttention::attention() const
{
    const bool isSeen = m_window->isVisible() && !m_window->isMinimized();
    return isSeen ? Server::Attention::Visible : Server::Attention::Hidden;
}

bool WindowAttention::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_window)
        return false;
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide || event->type() == QEvent::WindowStateChange)
        update();
    return false;
}

void WindowAttention::update()
{
    for (Server* server : m_workspace->servers())
        server->setAttention(attention());
}

} // namespace kindling
