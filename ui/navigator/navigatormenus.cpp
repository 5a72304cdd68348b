// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/roles.h"
#include "ui/common/lockwords.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/weblink.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/navigator/navigatortree.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
template<typename Act>
QAction* add(QMenu* menu, QObject* context, const char* name, const QString& label, Act act)
{
    auto* action = menu->addAction(label);
    action->setObjectName(QLatin1StringView(name));
    QObject::connect(action, &QAction::triggered, context, act);
    return action;
}

/// Not offered while there is a reason, which its tooltip tells.
void lock(QAction* action, const QString& why)
{
    if (why.isEmpty())
        return;
    action->setEnabled(false);
    action->setToolTip(plainToolTip(why));
}
}

void NavigatorPane::fillAddMenu(QMenu* menu)
{
    menu->clear();
    const ServerId server = m_tree != nullptr ? currentServer() : ServerId();
    add(menu, this, "addServer", tr("Add &server…"), [this] { Q_EMIT addServerRequested(); });
    menu->addSeparator();
    addCreators(menu, server);
}

void NavigatorPane::addCreators(QMenu* menu, const ServerId& id)
{
    const Server* server = m_workspace->server(id);
    menu->setToolTipsVisible(true);
    QAction* session = add(menu, this, "newSession", tr("&New session…"), [this, id] { Q_EMIT newSessionRequested(id); });
    QAction* batch = add(menu, this, "submitBatch", tr("Submit &batch…"), [this, id] { Q_EMIT submitBatchRequested(id); });
    for (QAction* action : { session, batch }) {
        action->setEnabled(server != nullptr);
        lock(action, server != nullptr ? readOnlyWords(*server) : QString());
    }
}

void NavigatorPane::openMenu(const QPoint& where)
{
    const QModelIndex index = m_tree->indexAt(where);
    auto* menu = new QMenu(this);
    menu->setObjectName("navigatorMenu"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto key = index.data(KeyRole).value<ItemKey>();
    const ServerId server = index.data(ServerIdRole).toString();
    if (key.isValid())
        fillItemMenu(menu, key);
    else if (!server.isEmpty())
        fillServerMenu(menu, server);
    else
        fillAddMenu(menu);
    menu->popup(m_tree->viewport()->mapToGlobal(where));
}

void NavigatorPane::fillServerMenu(QMenu* menu, const ServerId& id)
{
    const Server* server = m_workspace->server(id);
    if (server == nullptr)
        return;
    addCreators(menu, id);
    menu->addSeparator();
    if (server->profile().kind == ServerKind::LocalSpark) {
        const ConnectionState state = server->connection();
        const bool isStopped = state == ConnectionState::Stopped || state == ConnectionState::Unconnected;
        add(menu, this, "startLocal", tr("S&tart local Spark"), [this, id] { Q_EMIT startLocalRequested(id); })->setVisible(isStopped);
        add(menu, this, "stopLocal", tr("S&top local Spark"), [this, id] { Q_EMIT stopLocalRequested(id); })->setVisible(!isStopped);
    }
    add(menu, this, "refresh", tr("&Refresh"), [this, id] { Q_EMIT refreshRequested(id); });
    menu->addSeparator();
    if (server->profile().kind != ServerKind::LocalSpark) {
        auto* readOnly = add(menu, this, "readOnly", tr("Read-&only"), [this, id](bool isOn) { Q_EMIT readOnlyRequested(id, isOn); });
        readOnly->setCheckable(true);
        readOnly->setChecked(server->profile().isReadOnly);
        readOnly->setToolTip(tr("Nothing on this server is changed from here"));
    }
    add(menu, this, "editServer", tr("&Edit…"), [this, id] { Q_EMIT editServerRequested(id); });
    add(menu, this, "removeServer", tr("Re&move…"), [this, id] { Q_EMIT removeServerRequested(id); });
}

void NavigatorPane::fillItemMenu(QMenu* menu, const ItemKey& key)
{
    const TrackedItem* tracked = m_workspace->item(key);
    if (tracked == nullptr)
        return;
    add(menu, this, "open", tr("&Open"), [this, key] { Q_EMIT itemActivated(key); });
    if (key.type == ItemType::Session) {
        auto* notebook = add(menu, this, "notebook", tr("Attach &notebook here"), [this, key] { Q_EMIT notebookRequested(key); });
        notebook->setEnabled(tracked->item.state.isAlive());
        lock(notebook, readOnlyWords(*m_workspace->server(key.server)));
    }
    add(menu, this, "postMortem", tr("&Why did it end?"), [this, key] { Q_EMIT postMortemRequested(key); })
        ->setVisible(roleOf(tracked->item.state, false) == StateRole::Bad || tracked->item.state.isEnded());
    const QUrl sparkUi = webLink(tracked->item.sparkUiUrl);
    add(menu, this, "sparkUi", tr("Open &Spark UI"), [sparkUi] { QDesktopServices::openUrl(sparkUi); })->setEnabled(!sparkUi.isEmpty());
    add(menu, this, "copyId", tr("&Copy id"), [id = key.id] { QGuiApplication::clipboard()->setText(id); });
    menu->addSeparator();
    QList<ItemKey> keys = selectedItems();
    if (!keys.contains(key))
        keys = { key };
    auto* remove = add(menu, this, "delete", keys.size() == 1 ? tr("&Delete…") : tr("&Delete %Ln selected…", nullptr, static_cast<int>(keys.size())),
        [this, keys] { Q_EMIT deleteRequested(keys); });
    remove->setShortcut(QKeySequence::Delete);
    const bool isLocked = std::ranges::none_of(keys, [this](const ItemKey& each) { return lockWords(*m_workspace, each).isEmpty(); });
    lock(remove, isLocked ? lockWords(*m_workspace, keys.constFirst()) : QString());
    menu->setToolTipsVisible(true);
}

} // namespace kindling
