// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/httpconnection.h"

#include <QTcpServer>

namespace kindling::local {

/// HTTP/1.1 on 127.0.0.1: accepts connections up to the limit and hands their requests to one handler; a gate
/// may refuse those with a body before it is read.
class HttpServer final : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives the server.
    HttpServer(Clock& clock, HttpLimits limits, HttpHandler handler, HttpGate gate = {}, QObject* parent = nullptr);

    /// Port 0 = any free one. False = the port is taken, see errorString().
    [[nodiscard]] bool listen(quint16 port);
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QString errorString() const { return m_server.errorString(); }
    void close() { m_server.close(); }

private:
    void accept();

    Clock& m_clock;
    HttpService m_service;
    QTcpServer m_server;
};

} // namespace kindling::local
