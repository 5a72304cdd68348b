// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace kindling::test {

/// A server that answers byte by byte as a test says, however wrong.
class FaultServer final : public QObject {
    Q_OBJECT
public:
    struct Seen {
        int connection = 0; ///< counted from 1
        QByteArray method;
        QByteArray path;
        QByteArray head; ///< the request line and the headers
        QByteArray body;

        /// The header's value; empty = absent.
        [[nodiscard]] QByteArray header(const QByteArray& name) const;
    };
    using Handler = std::function<void(QTcpSocket*, const Seen&)>;

    /// With `tls` it speaks TLS, configured so.
    explicit FaultServer(Handler handler = {}, const std::optional<QSslConfiguration>& tls = {});

    /// One that listens to nothing yet.
    [[nodiscard]] static std::unique_ptr<QTcpServer> makeServer(const std::optional<QSslConfiguration>& tls);
    void setHandler(Handler handler) { m_handler = std::move(handler); }
    [[nodiscard]] QUrl url(const QByteArray& path = "/") const;
    [[nodiscard]] const QList<Seen>& seen() const { return m_seen; }
    [[nodiscard]] int connectionCount() const { return m_connections; }
    void forget() { m_seen.clear(); }

    /// A whole answer with its length.
    [[nodiscard]] static QByteArray answer(int status, const QByteArray& body = "{}", const QByteArray& extraHeaders = {});
    /// Sends and ends the connection in an orderly way.
    static void sendAndClose(QTcpSocket* socket, const QByteArray& bytes);

private:
    void accept();
    void read(QTcpSocket* socket, int connection);

    std::unique_ptr<QTcpServer> m_server;
    bool m_isSecure;
    Handler m_handler;
    QList<Seen> m_seen;
    int m_connections = 0;
};

} // namespace kindling::test
