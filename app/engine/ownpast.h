// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace kindling {

class Recorder;
class Server;
class Workspace;

/// What earlier runs began, and a server may still have, is ours in this run as well: read from the records once for
/// each server.
class OwnPast final : public QObject {
    Q_OBJECT
public:
    OwnPast(Workspace& workspace, Recorder& recorder, QObject* parent = nullptr);

private:
    void ask(Server* server);

    Recorder& m_recorder;
};

} // namespace kindling
