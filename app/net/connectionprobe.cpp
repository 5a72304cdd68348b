// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectionprobe.h"

#include "app/net/networkerror.h"
#include "app/net/systemproxies.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QSslCipher>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto patience = 20s; ///< for each step

QNetworkReply::NetworkError replyErrorOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SocketTimeoutError:
        return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return QNetworkReply::UnknownProxyError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

QString nameOf(const QSslCertificate& certificate, bool isIssuer)
{
    for (const auto field : { QSslCertificate::CommonName, QSslCertificate::Organization }) {
        const QStringList names = isIssuer ? certificate.issuerInfo(field) : certificate.subjectInfo(field);
        if (!names.isEmpty())
            return names.first();
    }
    return isIssuer ? certificate.issuerDisplayName() : certificate.subjectDisplayName();
}

QString versionText(QSsl::SslProtocol protocol)
{
    return protocol == QSsl::TlsV1_3 ? u"TLS 1.3"_s : protocol == QSsl::TlsV1_2 ? u"TLS 1.2"_s : u"TLS"_s;
}
}

ConnectionProbe::ConnectionProbe(QUrl url, const TransportOptions& options, QObject* parent)
    : QObject(parent)
    , m_url(std::move(url))
    , m_isSecure(m_url.scheme() == "https"_L1)
    , m_usesSystemProxy(options.usesSystemProxy)
    , m_trust(options)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &ConnectionProbe::onDeadline);
    connect(&m_socket, &QSslSocket::connected, this, &ConnectionProbe::onConnected);
    connect(&m_socket, &QSslSocket::sslErrors, this, &ConnectionProbe::onTlsErrors);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &ConnectionProbe::onSocketError);
    connect(&m_socket, &QSslSocket::encrypted, this, [this] {
        keepCertificate();
        m_report.tlsVersion = versionText(m_socket.sessionProtocol());
        finish();
    });
}

ConnectionProbe::~ConnectionProbe()
{
    m_socket.disconnect(this);
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
}

void ConnectionProbe::start()
{
    QNetworkProxy proxy(QNetworkProxy::NoProxy);
    if (m_usesSystemProxy)
        proxy = proxiesFor(QNetworkProxyQuery(m_url)).value(0, proxy);
    m_socket.setProxy(proxy);
    if (proxy.type() != QNetworkProxy::NoProxy && proxy.type() != QNetworkProxy::DefaultProxy) {
        m_report.proxy = proxy.hostName() + u':' + QString::number(proxy.port());
        begin(ConnectionReport::Step::Tcp);
        m_socket.connectToHost(m_url.host(), static_cast<quint16>(m_url.port(m_isSecure ? 443 : 80)));
        return;
    }
    begin(ConnectionReport::Step::Name);
    m_lookup = QHostInfo::lookupHost(m_url.host(), this, [this](const QHostInfo& info) { onLookedUp(info); });
}

void ConnectionProbe::begin(ConnectionReport::Step step)
{
    m_report.last = step;
    m_deadline.start(patience);
}

void ConnectionProbe::onLookedUp(const QHostInfo& info)
{
    m_lookup = -1;
    if (m_isDone)
        return;
    if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
        finish(noAnswerError(QNetworkReply::HostNotFoundError, info.errorString(), m_url, {}));
        return;
    }
    for (const QHostAddress& address : info.addresses())
        m_report.addresses.append(address.toString());
    begin(ConnectionReport::Step::Tcp);
    m_socket.connectToHost(m_url.host(), static_cast<quint16>(m_url.port(m_isSecure ? 443 : 80)));
}

void ConnectionProbe::onConnected()
{
    m_report.peer = m_report.proxy.isEmpty() ? m_socket.peerAddress().toString() : QString();
    if (!m_isSecure) {
        finish();
        return;
    }
    begin(ConnectionReport::Step::Tls);
    m_socket.setSslConfiguration(m_trust.configuration());
    m_socket.setPeerVerifyName(m_url.host());
    m_socket.startClientEncryption();
}

void ConnectionProbe::onTlsErrors(const QList<QSslError>& errors)
{
    keepCertificate();
    const QList<QSslCertificate> shown = m_socket.peerCertificateChain();
    if (m_trust.accepts(shown, errors)) {
        m_socket.ignoreSslErrors();
        return;
    }
    m_tlsRefusal = m_trust.refusal(shown, errors);
    m_report.pinWouldHelp = TlsTrust({ .fingerprint = m_report.certificate.fingerprint }).accepts(shown, errors);
}

void ConnectionProbe::onSocketError()
{
    auto code = replyErrorOf(m_socket.error());
    // whoever does not speak TLS hangs up in the middle of the handshake
    if (m_report.last == ConnectionReport::Step::Tls && code == QNetworkReply::RemoteHostClosedError)
        code = QNetworkReply::SslHandshakeFailedError;
    finish(noAnswerError(code, m_socket.errorString(), m_url, m_tlsRefusal));
}

void ConnectionProbe::onDeadline()
{
    finish(noAnswerError(QNetworkReply::TimeoutError, {}, m_url, {}));
}

void ConnectionProbe::keepCertificate()
{
    const QSslCertificate shown = m_socket.peerCertificate();
    m_report.certificate = { nameOf(shown, false), nameOf(shown, true), shown.expiryDate(), fingerprintOf(shown), keyFingerprintOf(shown) };
}

void ConnectionProbe::finish(std::optional<Error> problem)
{
    if (std::exchange(m_isDone, true))
        return;
    m_deadline.stop();
    m_report.problem = std::move(problem);
    m_socket.disconnect(this);
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_socket.abort();
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

} // namespace kindling
