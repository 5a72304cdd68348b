// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/tlstrust.h"
#include "app/net/transportoptions.h"

#include <QObject>
#include <QSslSocket>
#include <QStringList>
#include <QTimer>
#include <QUrl>

#include <optional>

class QHostInfo;

namespace kindling {

/// The way to a server, as far as one got.
struct ConnectionReport {
    enum class Step { Name, Tcp, Tls };

    QString proxy;         ///< "host:port" of the proxy on the way; empty = none. It looks the name up then.
    QStringList addresses; ///< what the name means
    QString peer;          ///< the address that answered
    QString tlsVersion;
    ShownCertificate certificate; ///< also one that was refused
    bool pinWouldHelp = false;    ///< it was refused for what a pinned one need not prove
    Step last = Step::Name;       ///< the last step that was tried
    std::optional<Error> problem; ///< of that step
};

/// Goes the way to a server without asking it anything: looks its name up, connects, shakes hands.
class ConnectionProbe final : public QObject {
    Q_OBJECT
public:
    ConnectionProbe(QUrl url, const TransportOptions& options, QObject* parent = nullptr);
    ~ConnectionProbe() override;

    void start();
    [[nodiscard]] const ConnectionReport& report() const { return m_report; }

Q_SIGNALS:
    /// Once.
    void finished();

private:
    void begin(ConnectionReport::Step step);
    void onLookedUp(const QHostInfo& info);
    void onConnected();
    void onTlsErrors(const QList<QSslError>& errors);
    void onSocketError();
    void onDeadline();
    void keepCertificate();
    void finish(std::optional<Error> problem = std::nullopt);

    QUrl m_url;
    bool m_isSecure;
    bool m_usesSystemProxy;
    TlsTrust m_trust;
    QSslSocket m_socket;
    QTimer m_deadline;
    ConnectionReport m_report;
    QString m_tlsRefusal;
    int m_lookup = -1;
    bool m_isDone = false;
};

} // namespace kindling
