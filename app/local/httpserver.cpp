// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"

#include <QTcpSocket>

namespace kindling::local {

HttpServer::HttpServer(Clock& clock, HttpLimits limits, HttpHandler handler, HttpGate gate, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_service{ limits, std::move(handler), std::move(gate) }
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
}

bool HttpServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress(QHostAddress::LocalHost), port);
}

void HttpServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        const auto open = findChildren<HttpConnection*>(Qt::FindDirectChildrenOnly).size();
        if (open >= m_service.limits.connections) {
            socket->write(responseHead({ 503, {}, {} }, false));
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromHost();
            continue;
        }
        new HttpConnection(socket, m_clock, m_service, this);
    }
}

} // namespace kindling::local
