// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslServer>
#include <QUrl>

namespace kindling::test {

/// Answers `{}` to whatever is asked over TLS, and keeps what was asked.
class TlsServer final : public QObject {
    Q_OBJECT
public:
    explicit TlsServer(const QSslConfiguration& configuration);
    /// For handshakes from now on.
    void setConfiguration(const QSslConfiguration& configuration) { m_server.setSslConfiguration(configuration); }
    /// Closes every connection.
    void hangUp();
    [[nodiscard]] QUrl url() const;
    /// Everything that came after the handshakes, as it came.
    [[nodiscard]] const QByteArray& received() const { return m_received; }

private:
    QSslServer m_server;
    QByteArray m_received;
};

} // namespace kindling::test
