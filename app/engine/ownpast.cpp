// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/ownpast.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/storage/recorder.h"

namespace kindling {

OwnPast::OwnPast(Workspace& workspace, Recorder& recorder, QObject* parent)
    : QObject(parent)
    , m_recorder(recorder)
{
    connect(&workspace, &Workspace::serverAdded, this, &OwnPast::ask);
    for (Server* server : workspace.servers())
        ask(server);
}

void OwnPast::ask(Server* server)
{
    m_recorder.lives({ .server = server->profile().id, .item = {}, .isOpenAndOurs = true }, server, [server](const Result<QList<RecordedLife>>& lives) {
        if (lives && !lives->isEmpty())
            server->rememberOwn(*lives);
    });
}

} // namespace kindling
