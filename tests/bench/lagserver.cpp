// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/lagserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QUrl>

namespace kindling::test {

using namespace Qt::StringLiterals;

LagServer::LagServer(QObject* parent)
    : QTcpServer(parent)
{
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = nextPendingConnection()) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readFrom(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QObject::destroyed, this, [this, socket] { m_pending.remove(socket); });
        }
    });
}

QUrl LagServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort()));
}

void LagServer::readFrom(QTcpSocket* socket)
{
    QByteArray& data = m_pending[socket];
    data += socket->readAll();
    for (;;) {
        const qsizetype headEnd = data.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        const QByteArray head = data.first(headEnd);
        qsizetype length = 0;
        for (const QByteArray& line : head.split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                length = line.mid(15).trimmed().toLongLong();
        }
        if (data.size() < headEnd + 4 + length)
            return;
        const QByteArray body = data.mid(headEnd + 4, length);
        data.remove(0, headEnd + 4 + length);
        const QList<QByteArray> words = head.first(head.indexOf('\r') < 0 ? head.size() : head.indexOf('\r')).split(' ');
        const QByteArray content = answer(words.value(0), words.value(1), body);
        const QByteArray status = words.value(0) == "POST" ? "201 Created" : "200 OK";
        socket->write("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
            + QByteArray::number(content.size()) + "\r\n\r\n" + content);
        socket->flush();
    }
}

QByteArray LagServer::answer(const QByteArray& method, const QByteArray& path, const QByteArray& body)
{
    if (method == "POST") {
        const int milliseconds = QJsonDocument::fromJson(body)["code"_L1].toString().toInt();
        m_statements.append({ BenchTime::now() + std::chrono::milliseconds(milliseconds), 1 });
        return statement(static_cast<int>(m_statements.size()) - 1);
    }
    if (!path.contains("/statements/"))
        return R"({"id":0,"state":"idle"})";
    const int id = path.mid(path.lastIndexOf('/') + 1).toInt();
    ++m_statements[id].requests;
    return statement(id);
}

QByteArray LagServer::statement(int id) const
{
    const bool isDone = BenchTime::now() >= m_statements.at(id).doneAt;
    QJsonObject object{ { u"id"_s, id }, { u"code"_s, u""_s }, { u"state"_s, isDone ? u"available"_s : u"running"_s },
        { u"progress"_s, isDone ? 1.0 : 0.0 }, { u"started"_s, 1 }, { u"completed"_s, isDone ? 2 : 0 },
        { u"output"_s, QJsonValue::Null } };
    if (isDone) {
        object.insert(u"output"_s,
            QJsonObject{ { u"status"_s, u"ok"_s }, { u"execution_count"_s, id },
                { u"data"_s, QJsonObject{ { u"text/plain"_s, u"1"_s } } } });
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace kindling::test
