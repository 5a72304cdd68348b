// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/credentialsource.h"
#include "app/net/transport.h"
#include "app/net/wire.h"

#include <QNetworkReply>
#include <QTimer>

class QNetworkRequest;

namespace kindling {

class OneShotBody;

/// One exchange on the wire, redirects included, from `start` to one `finished`; deleting it aborts it.
class NetworkCall final : public QObject {
    Q_OBJECT
public:
    /// `wire` must outlive this, or `stop` be called before.
    NetworkCall(HttpRequest request, const Wire& wire, QObject* parent);
    ~NetworkCall() override;

    void start(const Credential& credential);
    /// On a connection of its own, where nothing is lost by that.
    void sendAgain();
    /// Aborts; `finished` does not come.
    void stop();
    [[nodiscard]] const HttpRequest& request() const { return m_request; }
    /// Bytes of the answer's body that came so far.
    [[nodiscard]] qint64 receivedBytes() const { return m_receivedBytes; }
    /// After `finished`, once.
    [[nodiscard]] Result<HttpResponse> takeResult();

Q_SIGNALS:
    /// Once, in a turn of the event loop of its own: the receiver may delete anything.
    void finished();

private:
    void send();
    [[nodiscard]] QNetworkRequest wireRequest() const;
    [[nodiscard]] QNetworkReply* sendUnsafe(const QNetworkRequest& request);
    void watch();
    void onTlsErrors(const QList<QSslError>& errors);
    void takeBytes();
    /// False = that was the end.
    [[nodiscard]] bool keep(const QByteArray& bytes);
    [[nodiscard]] bool isStreamed() const;
    void makeRoom(qsizetype bytes);
    void checkAnnouncedSize();
    void onReplyFinished();
    void onSilence();
    void onDeadline();
    void giveUp(const QString& title);
    [[nodiscard]] qint64 maxBytes() const;
    void onTooLarge();
    [[nodiscard]] bool followsRedirect();
    [[nodiscard]] Result<HttpResponse> conclude(int status);
    [[nodiscard]] Result<HttpResponse> concludeWithoutAnswer() const;
    [[nodiscard]] Result<HttpResponse> concludeCut(int status);
    [[nodiscard]] bool isCut() const;
    [[nodiscard]] bool mayHaveLeft() const;
    [[nodiscard]] HttpResponse response(int status);
    void drop();
    void finish(Result<HttpResponse> result);

    HttpRequest m_request;
    Credential m_credential;
    const Wire& m_wire;
    std::shared_ptr<QNetworkAccessManager> m_reader; ///< of a safe request
    QNetworkReply* m_reply = nullptr; ///< the manager's child; null between exchanges
    OneShotBody* m_oneShot = nullptr;
    QTimer m_silence; ///< since the last byte
    QTimer m_deadline;
    QString m_tlsRefusal;
    QByteArray m_body;
    qint64 m_bodyBytes = 0; ///< of this exchange, kept or handed on
    qint64 m_handedOn = 0;
    Result<HttpResponse> m_result;
    qint64 m_receivedBytes = 0;
    int m_redirects = 0;
    bool m_wasSent = false;
    bool m_wasSentAgain = false;
    bool m_isDone = false;
};

} // namespace kindling
