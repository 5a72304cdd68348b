// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/networkcall.h"

#include "app/net/clientrefusal.h"
#include "app/net/networkerror.h"
#include "app/net/oneshotbody.h"
#include "app/net/requestlog.h"
#include "app/net/systemproxies.h"

#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkRequest>

#include <algorithm>
#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 stepBytes = 64LL * 1024;
constexpr qint64 fewBytes = 1024LL * 1024;
constexpr int maxRedirects = 3;

QString secondsText(std::chrono::milliseconds time)
{
    return QLocale().toString(std::chrono::duration<double>(time).count(), 'g');
}

bool isRedirect(int status)
{
    return std::ranges::contains(std::array{ 301, 302, 303, 307, 308 }, status);
}

bool isSameOrigin(const QUrl& one, const QUrl& other)
{
    const auto port = [](const QUrl& url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return one.scheme() == other.scheme() && one.host() == other.host() && port(one) == port(other);
}
}

NetworkCall::NetworkCall(HttpRequest request, const Wire& wire, QObject* parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_wire(wire)
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_request.patience);
    m_deadline.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &NetworkCall::onSilence);
    connect(&m_deadline, &QTimer::timeout, this, &NetworkCall::onDeadline);
}

NetworkCall::~NetworkCall()
{
    drop();
}

void NetworkCall::start(const Credential& credential)
{
    m_credential = credential;
    m_silence.start();
    m_deadline.start(m_request.deadline);
    send();
}

void NetworkCall::send()
{
    m_body.clear();
    m_bodyBytes = m_handedOn = 0;
    m_tlsRefusal.clear();
    const QNetworkRequest request = wireRequest();
    m_reader = m_wire.reader;
    m_reply = m_request.isSafe() ? m_reader->sendCustomRequest(request, m_request.method) : sendUnsafe(request);
    watch();
}

void NetworkCall::sendAgain()
{
    // once: where the network keeps moving, what is slow would never come
    if (!m_reply || !m_request.isSafe() || m_handedOn > 0 || std::exchange(m_wasSentAgain, true))
        return;
    drop();
    m_silence.start();
    send();
}

QNetworkRequest NetworkCall::wireRequest() const
{
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    // Our own byte cap stands in for Qt's ratio test, which refuses honest lists (platform.md A).
    request.setDecompressedSafetyCheckThreshold(-1);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("X-Requested-By", "kindling");
    request.setRawHeader("User-Agent", "Kindling");
    request.setSslConfiguration(m_wire.trust.configuration());
    const QByteArray toProxy = m_wire.options.usesSystemProxy ? proxyAuthorization(m_request.url) : QByteArray();
    if (!toProxy.isEmpty())
        request.setRawHeader("Proxy-Authorization", toProxy);
    for (const auto& [name, value] : m_wire.options.headers)
        request.setRawHeader(name, value);
    for (const auto& [name, value] : m_credential.headers)
        request.setRawHeader(name, value);
    return request;
}

QNetworkReply* NetworkCall::sendUnsafe(const QNetworkRequest& safeRequest)
{
    // A fresh manager has no idle connection that could die under the request (N1), and a body that can be taken
    // only once keeps Qt from sending it again (F1).
    auto* writer = new QNetworkAccessManager(this);
    writer->setCookieJar(m_wire.cookies);
    m_wire.cookies->setParent(parent());
    setProxies(*writer, m_wire.options.usesSystemProxy);
    QNetworkRequest request = safeRequest;
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setHeader(QNetworkRequest::ContentTypeHeader, m_request.contentType);
    request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
    m_oneShot = new OneShotBody(m_request.body, this);
    return writer->sendCustomRequest(request, m_request.method, m_oneShot);
}

void NetworkCall::watch()
{
    m_reply->setReadBufferSize(4 * stepBytes);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_wasSent = true; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &NetworkCall::checkAnnouncedSize);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetworkCall::takeBytes);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] { m_silence.start(); });
    connect(m_reply, &QNetworkReply::sslErrors, this, &NetworkCall::onTlsErrors);
    connect(m_reply, &QNetworkReply::finished, this, &NetworkCall::onReplyFinished);
}

// Comes while the handshake waits: nothing has been sent yet.
void NetworkCall::onTlsErrors(const QList<QSslError>& errors)
{
    const QList<QSslCertificate> shown = m_reply->sslConfiguration().peerCertificateChain();
    // Of this certificate alone: whatever is passed over without naming it is for good, on every later connection too.
    if (m_wire.trust.accepts(shown, errors))
        m_reply->ignoreSslErrors(errors);
    else
        m_tlsRefusal = m_wire.trust.refusal(shown, errors);
}

void NetworkCall::checkAnnouncedSize()
{
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (!isStreamed() && length.isValid() && length.toLongLong() > maxBytes() && m_request.method != "HEAD")
        onTooLarge();
}

// In small steps: readAll() would first gather a whole unpacked chunk of any size (N4).
void NetworkCall::takeBytes()
{
    m_silence.start();
    while (m_reply && m_reply->bytesAvailable() > 0) {
        const QByteArray step = m_reply->read(stepBytes);
        m_receivedBytes += step.size();
        if (!keep(step))
            return;
    }
}

bool NetworkCall::isStreamed() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    return m_request.sink && status >= 200 && status < 300;
}

bool NetworkCall::keep(const QByteArray& bytes)
{
    m_bodyBytes += bytes.size();
    if (isStreamed()) {
        m_handedOn += bytes.size();
        const Result<void> taken = m_request.sink(bytes);
        if (taken)
            return true;
        drop();
        finish(std::unexpected(taken.error()));
        return false;
    }
    makeRoom(bytes.size());
    m_body += bytes;
    if (m_body.size() <= maxBytes())
        return true;
    onTooLarge();
    return false;
}

// At once: one that grows by doubling leaves as much unused memory behind it as it takes. What is not written costs nothing.
void NetworkCall::makeRoom(qsizetype bytes)
{
    const qint64 wanted = m_body.size() + bytes;
    if (wanted <= fewBytes || wanted <= m_body.capacity())
        return;
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    const qint64 room = std::max({ announced, bytesOfMiB(ServerProfile::usualLargestAnswerMiB), 2 * wanted });
    m_body.reserve(std::min(room, maxBytes()) + stepBytes);
}

qint64 NetworkCall::maxBytes() const
{
    return m_request.maxBytes.value_or(m_wire.options.largestAnswerBytes);
}

void NetworkCall::onTooLarge()
{
    if (m_isDone)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    drop();
    m_body.clear();
    Error error;
    error.kind = ErrorKind::TooLarge;
    error.httpStatus = status;
    error.title = NetworkWords::tr("The answer of %1 is larger than %2 MiB.").arg(placeOf(m_request.url)).arg(maxBytes() / bytesOfMiB(1));
    error.detail = NetworkWords::tr("That limit is kept with the server: raise it under Advanced in its dialog, or with --max-answer MIB. A statement's answer can be saved to a file instead.");
    error.url = redacted(m_request.url);
    finish(std::unexpected(m_request.isSafe() ? error : asUnknownOutcome(error)));
}

void NetworkCall::onSilence()
{
    const QString seconds = secondsText(m_request.patience);
    giveUp(m_receivedBytes == 0 ? NetworkWords::tr("%1 did not answer within %2 s.").arg(placeOf(m_request.url), seconds)
                                : NetworkWords::tr("The answer of %1 stopped: nothing more came for %2 s.").arg(placeOf(m_request.url), seconds));
}

void NetworkCall::onDeadline()
{
    giveUp(NetworkWords::tr("The answer of %1 was not complete after %2 s.").arg(placeOf(m_request.url), secondsText(m_request.deadline)));
}

void NetworkCall::giveUp(const QString& title)
{
    const bool mayHaveBegun = mayHaveLeft();
    const int status = m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
    drop();
    Error error;
    error.kind = ErrorKind::Timeout;
    error.httpStatus = status;
    error.title = title;
    error.url = redacted(m_request.url);
    finish(std::unexpected(!m_request.isSafe() && mayHaveBegun ? asUnknownOutcome(error) : error));
}

bool NetworkCall::mayHaveLeft() const
{
    // Nobody takes an empty body, so it proves nothing.
    return m_wasSent || m_request.body.isEmpty() || (m_oneShot && m_oneShot->wasRead());
}

void NetworkCall::onReplyFinished()
{
    takeBytes();
    if (m_isDone)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (isRedirect(status) && followsRedirect()) {
        send();
        return;
    }
    finish(conclude(status));
}

bool NetworkCall::followsRedirect()
{
    const QUrl target = m_request.url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
    if (!m_request.isSafe() || m_redirects >= maxRedirects || !isSameOrigin(target, m_request.url))
        return false;
    ++m_redirects;
    drop();
    m_request.url = target;
    return true;
}

Result<HttpResponse> NetworkCall::conclude(int status)
{
    if (status == 0 || status == proxyAsksToSignIn || !m_tlsRefusal.isEmpty())
        return concludeWithoutAnswer();
    if (isRedirect(status)) {
        Error error;
        error.kind = ErrorKind::Rejected;
        error.httpStatus = status;
        const QUrl target = m_request.url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
        error.title = m_redirects >= maxRedirects
            ? NetworkWords::tr("%1 redirects again and again.").arg(placeOf(m_request.url))
            : NetworkWords::tr("%1 redirects to %2, which is not followed.").arg(placeOf(m_request.url), redacted(target).toDisplayString());
        error.url = redacted(m_request.url);
        return std::unexpected(error);
    }
    if (isCut())
        return concludeCut(status);
    return response(status);
}

Result<HttpResponse> NetworkCall::concludeWithoutAnswer() const
{
    const bool showsCertificate = !m_wire.options.client.chain.isEmpty();
    const std::optional<Error> refusal = clientRefusal(m_reply->errorString(), m_request.url, showsCertificate);
    if (refusal && m_tlsRefusal.isEmpty())
        return std::unexpected(*refusal);
    Error error = noAnswerError(m_reply->error(), m_reply->errorString(), m_request.url, m_tlsRefusal);
    if (m_request.url.scheme() == "https"_L1 && m_reply->error() == QNetworkReply::RemoteHostClosedError)
        error.detail = NetworkWords::tr("Perhaps it wants a client certificate, or another one.") + u' ' + clientCertificateHint(showsCertificate);
    if (!m_request.isSafe() && m_tlsRefusal.isEmpty() && mayHaveLeft() && mayHaveArrived(m_reply->error()))
        error = asUnknownOutcome(error);
    return std::unexpected(error);
}

// A refusal that was cut is still a refusal; a success is not known to be whole.
Result<HttpResponse> NetworkCall::concludeCut(int status)
{
    if (!m_request.isSafe() && status >= 400)
        return response(status);
    Error error;
    error.kind = ErrorKind::Network;
    error.httpStatus = status;
    error.title = NetworkWords::tr("The answer of %1 broke off after %Ln byte(s).", nullptr, static_cast<int>(m_bodyBytes)).arg(placeOf(m_request.url));
    error.detail = m_reply->errorString();
    error.url = redacted(m_request.url);
    return std::unexpected(m_request.isSafe() ? error : asUnknownOutcome(error));
}

bool NetworkCall::isCut() const
{
    using enum QNetworkReply::NetworkError;
    static constexpr std::array broken{ RemoteHostClosedError, UnknownNetworkError, TemporaryNetworkFailureError,
        NetworkSessionFailedError, TimeoutError, ProtocolFailure, OperationCanceledError, UnknownContentError };
    const auto code = m_reply->error();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isOdd = code == UnknownContentError && status >= 400;
    if (std::ranges::contains(broken, code) && !isOdd)
        return true;
    const QByteArray length = m_reply->rawHeader("Content-Length");
    const bool isPacked = m_reply->hasRawHeader("Content-Encoding")
        || m_reply->attribute(QNetworkRequest::OriginalContentLengthAttribute).isValid();
    return !length.isEmpty() && !isPacked && m_request.method != "HEAD" && status != 204 && status != 304
        && length.toLongLong() != m_bodyBytes;
}

HttpResponse NetworkCall::response(int status)
{
    HttpResponse answer;
    answer.status = status;
    answer.contentType = m_reply->rawHeader("Content-Type");
    answer.headers = m_reply->rawHeaderPairs();
    answer.body = std::exchange(m_body, {});
    return answer;
}

void NetworkCall::stop()
{
    m_isDone = true;
    m_silence.stop();
    m_deadline.stop();
    drop();
}

Result<HttpResponse> NetworkCall::takeResult()
{
    return std::move(m_result);
}

void NetworkCall::drop()
{
    if (!m_reply)
        return;
    QNetworkReply* const reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    if (reply->isRunning())
        reply->abort();
    reply->deleteLater();
}

void NetworkCall::finish(Result<HttpResponse> result)
{
    stop();
    m_result = std::move(result);
    QMetaObject::invokeMethod(this, &NetworkCall::finished, Qt::QueuedConnection);
}

} // namespace kindling
