// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakelivy/flappingline.h"

#include <QTcpSocket>

#include <utility>

namespace kindling::test {

FlappingLine::FlappingLine(const QUrl& server)
    : m_server(server)
    , m_url(server)
{
    connect(&m_listener, &QTcpServer::pendingConnectionAvailable, this, &FlappingLine::accept);
    m_listener.listen(QHostAddress::LocalHost);
    m_url.setPort(m_listener.serverPort());
}

void FlappingLine::goAway()
{
    m_listener.close();
    for (auto* socket : m_connections->findChildren<QTcpSocket*>()) {
        socket->disconnect();
        socket->abort();
    }
    m_connections = std::make_unique<QObject>();
}

void FlappingLine::freeze()
{
    for (auto* socket : m_connections->findChildren<QTcpSocket*>())
        socket->disconnect();
    m_frozen.push_back(std::exchange(m_connections, std::make_unique<QObject>()));
}

bool FlappingLine::comeBack()
{
    return m_listener.listen(QHostAddress::LocalHost, static_cast<quint16>(m_url.port()));
}

void FlappingLine::accept()
{
    while (QTcpSocket* near = m_listener.nextPendingConnection()) {
        near->setParent(m_connections.get());
        auto* far = new QTcpSocket(m_connections.get());
        forward(near, far, false);
        forward(far, near, true);
        far->connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_server.port()));
    }
}

void FlappingLine::forward(QTcpSocket* from, QTcpSocket* to, bool isAnswer)
{
    connect(from, &QTcpSocket::readyRead, to, [this, from, to, isAnswer] {
        QByteArray bytes = from->readAll();
        if (!isAnswer) // the server answers only who asks for it by its own address
            bytes.replace(m_url.authority().toLatin1(), m_server.authority().toLatin1());
        if (isAnswer && std::exchange(m_swallows, false))
            to->abort();
        else
            to->write(bytes);
    });
    connect(from, &QTcpSocket::disconnected, to, [from, to] {
        from->deleteLater();
        to->disconnectFromHost();
    });
}

} // namespace kindling::test
