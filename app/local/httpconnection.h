// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/http.h"

#include <QObject>

#include <llhttp.h>

class QTcpSocket;

namespace kindling::local {

/// What a connection may take before it is refused.
struct HttpLimits {
    qsizetype headerBytes = 16 * 1024; ///< request line included
    qsizetype headerCount = 200;
    qsizetype bodyBytes = 50 * 1024 * 1024;
    qsizetype unsentBytes = 1024 * 1024; ///< more, and the next request waits until the client has read
    int connections = 200;
    Clock::Duration request{ 60'000 }; ///< from a request's first byte to its last
    Clock::Duration idle{ 30'000 }; ///< between requests, and for a reader that takes nothing
    Clock::Duration linger{ 2'000 }; ///< for the last answer to be read while the client may still be sending
};

/// What all connections of a server share. Without a gate every body is read.
struct HttpService {
    HttpLimits limits;
    HttpHandler handler;
    HttpGate gate;
};

/// One client: parses requests one after another (pipelined ones wait), hands each to the handler, writes the answers
/// in order. Deletes itself (deleteLater) when the client is gone.
class HttpConnection final : public QObject {
    Q_OBJECT
public:
    /// Takes over the socket. All references outlive the connection.
    HttpConnection(QTcpSocket* socket, Clock& clock, const HttpService& service, QObject* parent);
    ~HttpConnection() override;

    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    void setupParser();
    void readAvailable();
    void process();
    void parseRest();
    void dispatch();
    void onWritten();
    [[nodiscard]] bool mayGoOn() const;
    void respond(qint64 serial, const HttpResponse& response);
    void refuse(const HttpResponse& response);
    void resetRequest();
    void endAfterAnswer();
    void armDeadline(Clock::Duration delay);
    void close();

    int onData(QByteArray& target, const char* at, size_t length);
    int onHeaderField(const char* at, size_t length);
    int onHeaderValue(const char* at, size_t length);
    int onHeadersComplete();
    /// Makes the parser stop; the answer is that refusal.
    int stop(HttpResponse refusal);
    int onBody(const char* at, size_t length);
    static HttpConnection& of(llhttp_t* parser) { return *static_cast<HttpConnection*>(parser->data); }

    QTcpSocket* m_socket;
    Clock& m_clock;
    const HttpService& m_service;
    const HttpLimits& m_limits;
    llhttp_t m_parser{};
    llhttp_settings_t m_settings{};
    HttpRequest m_request;
    QByteArray m_target;
    QByteArray m_rest; ///< received, not parsed yet
    qsizetype m_headerBytes = 0;
    qsizetype m_rawBytes = 0;
    std::optional<HttpResponse> m_refusal; ///< why the parser was stopped
    qint64 m_serial = 0; ///< counts requests: an answer to an older one is dropped
    bool m_isInValue = false;
    bool m_isComplete = false;
    bool m_isProcessing = false;
    bool m_awaitsAnswer = false;
    bool m_keepsAlive = true;
    bool m_isOpen = true;
    RequestHandle m_deadline;
};

} // namespace kindling::local
