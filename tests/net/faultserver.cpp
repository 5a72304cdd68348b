// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/faultserver.h"

#include <QSslServer>

namespace kindling::test {

using namespace Qt::StringLiterals;

QByteArray FaultServer::Seen::header(const QByteArray& name) const
{
    for (const QByteArray& line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

FaultServer::FaultServer(Handler handler, const std::optional<QSslConfiguration>& tls)
    : m_server(makeServer(tls))
    , m_isSecure(tls.has_value())
    , m_handler(std::move(handler))
{
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FaultServer::accept);
    m_server->setListenBacklogSize(500);
    m_server->listen(QHostAddress::LocalHost);
}

std::unique_ptr<QTcpServer> FaultServer::makeServer(const std::optional<QSslConfiguration>& tls)
{
    if (!tls)
        return std::make_unique<QTcpServer>();
    auto secure = std::make_unique<QSslServer>();
    secure->setSslConfiguration(*tls);
    return secure;
}

QUrl FaultServer::url(const QByteArray& path) const
{
    const QByteArray text = (m_isSecure ? "https://127.0.0.1:" : "http://127.0.0.1:") + QByteArray::number(m_server->serverPort()) + path;
    return QUrl::fromEncoded(text);
}

QByteArray FaultServer::answer(int status, const QByteArray& body, const QByteArray& extraHeaders)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Words\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n" + extraHeaders + "\r\n" + body;
}

void FaultServer::sendAndClose(QTcpSocket* socket, const QByteArray& bytes)
{
    socket->write(bytes);
    socket->disconnectFromHost();
}

void FaultServer::accept()
{
    while (QTcpSocket* socket = m_server->nextPendingConnection()) {
        const int connection = ++m_connections;
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, connection] { read(socket, connection); });
    }
}

void FaultServer::read(QTcpSocket* socket, int connection)
{
    QByteArray buffer = socket->property("buffer").toByteArray() + socket->readAll();
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    Seen request;
    request.connection = connection;
    request.head = buffer.first(std::max<qsizetype>(end, 0));
    const qsizetype length = request.header("Content-Length").toLongLong();
    const bool isWhole = end >= 0 && buffer.size() >= end + 4 + length;
    socket->setProperty("buffer", isWhole ? buffer.sliced(end + 4 + length) : buffer);
    if (!isWhole)
        return;
    request.body = buffer.sliced(end + 4, length);
    const QByteArrayList words = request.head.first(request.head.indexOf('\r')).split(' ');
    request.method = words.value(0);
    request.path = words.value(1);
    m_seen += request;
    if (m_handler)
        m_handler(socket, request);
}

} // namespace kindling::test
