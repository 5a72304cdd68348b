// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpconnection.h"

#include <QPointer>
#include <QTcpSocket>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr qsizetype readBufferBytes = 256 * 1024;

HttpResponse tooLarge(int status)
{
    return messageResponse(status, u"The request is larger than this server takes."_s);
}

bool isBodyToCome(const llhttp_t& parser)
{
    return (parser.flags & F_CHUNKED) != 0 || parser.content_length > 0;
}
}

HttpConnection::HttpConnection(QTcpSocket* socket, Clock& clock, const HttpService& service, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_clock(clock)
    , m_service(service)
    , m_limits(service.limits)
{
    socket->setParent(this);
    socket->setReadBufferSize(readBufferBytes);
    setupParser();
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::readAvailable);
    connect(socket, &QTcpSocket::disconnected, this, &HttpConnection::close);
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onWritten);
    armDeadline(m_limits.idle);
}

HttpConnection::~HttpConnection()
{
    m_socket->disconnect(this);
}

void HttpConnection::setupParser()
{
    llhttp_settings_init(&m_settings);
    m_settings.on_url = [](llhttp_t* p, const char* at, size_t n) { return of(p).onData(of(p).m_target, at, n); };
    m_settings.on_header_field = [](llhttp_t* p, const char* at, size_t n) { return of(p).onHeaderField(at, n); };
    m_settings.on_header_value = [](llhttp_t* p, const char* at, size_t n) { return of(p).onHeaderValue(at, n); };
    m_settings.on_headers_complete = [](llhttp_t* p) { return of(p).onHeadersComplete(); };
    m_settings.on_body = [](llhttp_t* p, const char* at, size_t n) { return of(p).onBody(at, n); };
    m_settings.on_message_complete = [](llhttp_t* p) {
        of(p).m_isComplete = true;
        return static_cast<int>(HPE_PAUSED);
    };
    llhttp_init(&m_parser, HTTP_REQUEST, &m_settings);
    m_parser.data = this;
}

bool HttpConnection::mayGoOn() const
{
    return m_isOpen && !m_awaitsAnswer && m_socket->bytesToWrite() <= m_limits.unsentBytes;
}

void HttpConnection::onWritten()
{
    if (!m_isOpen) {
        endAfterAnswer();
        return;
    }
    if (!m_awaitsAnswer && m_rawBytes == 0)
        armDeadline(m_limits.idle);
    if (mayGoOn() && (!m_rest.isEmpty() || m_socket->bytesAvailable() > 0))
        readAvailable();
}

void HttpConnection::readAvailable()
{
    if (!m_isOpen)
        m_socket->readAll();
    if (!mayGoOn())
        return;
    if (m_rest.isEmpty() && m_rawBytes == 0)
        armDeadline(m_limits.request);
    m_rest += m_socket->readAll();
    process();
}

void HttpConnection::process()
{
    if (m_isProcessing)
        return;
    m_isProcessing = true;
    while (mayGoOn() && !m_rest.isEmpty())
        parseRest();
    m_isProcessing = false;
}

void HttpConnection::parseRest()
{
    const QByteArray data = std::exchange(m_rest, {});
    const llhttp_errno_t error = llhttp_execute(&m_parser, data.constData(), static_cast<size_t>(data.size()));
    qsizetype used = data.size();
    if (error != HPE_OK && llhttp_get_error_pos(&m_parser))
        used = llhttp_get_error_pos(&m_parser) - data.constData();
    m_rawBytes += used;
    if (m_isComplete && error == HPE_PAUSED) {
        m_rest = data.mid(used);
        m_keepsAlive = llhttp_should_keep_alive(&m_parser) == 1;
        llhttp_resume(&m_parser);
        dispatch();
        return;
    }
    if (m_refusal)
        refuse(*m_refusal);
    else if (error != HPE_OK)
        refuse(messageResponse(400, u"Not a valid HTTP request: %1"_s.arg(QString::fromLatin1(llhttp_get_error_reason(&m_parser)))));
    else if (m_rawBytes > m_limits.headerBytes + 2 * m_limits.bodyBytes)
        refuse(tooLarge(413));
}

void HttpConnection::dispatch()
{
    m_deadline.cancel();
    const qint64 serial = ++m_serial;
    m_awaitsAnswer = true;
    m_service.handler(m_request, [self = QPointer(this), serial](const HttpResponse& response) {
        if (self)
            self->respond(serial, response);
    });
}

void HttpConnection::respond(qint64 serial, const HttpResponse& response)
{
    if (serial != m_serial || !m_awaitsAnswer || !m_isOpen)
        return;
    m_awaitsAnswer = false;
    m_socket->write(responseHead(response, m_keepsAlive));
    if (m_request.method != "HEAD" && response.status != 204)
        m_socket->write(response.body);
    if (!m_keepsAlive) {
        m_isOpen = false;
        armDeadline(m_limits.linger);
        endAfterAnswer();
        return;
    }
    armDeadline(m_limits.idle);
    resetRequest();
    if (!m_isProcessing)
        readAvailable();
}

void HttpConnection::refuse(const HttpResponse& response)
{
    m_keepsAlive = false;
    m_awaitsAnswer = true;
    respond(++m_serial, response);
}

/// Closing at once while the client still sends would reset the connection, and the answer could be lost on its way.
void HttpConnection::endAfterAnswer()
{
    m_socket->flush();
    if (m_socket->bytesToWrite() == 0)
        ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
}

void HttpConnection::resetRequest()
{
    m_request = {};
    m_target.clear();
    m_headerBytes = 0;
    m_rawBytes = 0;
    m_isInValue = false;
    m_isComplete = false;
}

void HttpConnection::armDeadline(Clock::Duration delay)
{
    m_deadline.cancel();
    m_deadline = m_clock.after(delay, this, [this] { m_socket->abort(); });
}

void HttpConnection::close()
{
    m_isOpen = false;
    m_deadline.cancel();
    deleteLater();
}

int HttpConnection::onData(QByteArray& target, const char* at, size_t length)
{
    m_headerBytes += static_cast<qsizetype>(length);
    if (m_headerBytes > m_limits.headerBytes || m_request.headers.size() > m_limits.headerCount)
        return stop(tooLarge(431));
    target.append(at, static_cast<qsizetype>(length));
    return 0;
}

int HttpConnection::onHeaderField(const char* at, size_t length)
{
    if (m_isInValue || m_request.headers.isEmpty())
        m_request.headers.emplaceBack();
    m_isInValue = false;
    return onData(m_request.headers.last().first, at, length);
}

int HttpConnection::onHeaderValue(const char* at, size_t length)
{
    m_isInValue = true;
    return onData(m_request.headers.last().second, at, length);
}

int HttpConnection::stop(HttpResponse refusal)
{
    m_refusal = std::move(refusal);
    return -1;
}

int HttpConnection::onHeadersComplete()
{
    const QString unexpected = u"This server does not do what the request expects."_s;
    // No protocol to change to: a request with Upgrade is an ordinary one.
    m_parser.upgrade = 0;
    if (m_parser.http_major != 1)
        return stop(messageResponse(400, unexpected));
    m_request.method = QByteArray(llhttp_method_name(static_cast<llhttp_method_t>(m_parser.method)));
    m_request.port = m_socket->localPort();
    if (!m_request.setTarget(m_target))
        return stop(messageResponse(400, u"Not a path of this server."_s));
    if ((m_parser.flags & F_CONTENT_LENGTH) != 0
        && m_parser.content_length > static_cast<quint64>(m_limits.bodyBytes))
        return stop(tooLarge(413));
    if (m_service.gate && isBodyToCome(m_parser)) {
        if (auto refusal = m_service.gate(m_request))
            return stop(*std::move(refusal));
    }
    const QByteArray expected = m_request.header("Expect").toLower();
    if (expected == "100-continue" && m_parser.http_minor >= 1)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    else if (!expected.isEmpty())
        return stop(messageResponse(417, unexpected));
    return 0;
}

int HttpConnection::onBody(const char* at, size_t length)
{
    if (m_request.body.size() + static_cast<qsizetype>(length) > m_limits.bodyBytes)
        return stop(tooLarge(413));
    m_request.body.append(at, static_cast<qsizetype>(length));
    return 0;
}

} // namespace kindling::local
