// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/httperror.h"
#include "app/livy/serverclock.h"
#include "app/livy/sparkapi.h"
#include "app/net/networkerror.h"
#include "app/net/transport.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <memory>

namespace kindling {

/// Bodies above this are read in a worker, so that the window never waits.
inline constexpr qsizetype largeBodyBytes = 256LL * 1024;

/// Builds addresses below `base`, and sends what is asked for there. Values only: calls may outlive it.
class LivyChannel {
public:
    /// `doAs` goes with every address but the server's own (/version).
    LivyChannel(QUrl base, std::unique_ptr<Transport> transport, const QString& doAs = {});

    /// `segments` are percent-encoded each; `query` is ready-made.
    [[nodiscard]] QUrl url(const QStringList& segments, const QByteArray& query = {}) const;
    [[nodiscard]] HttpRequest get(const QStringList& segments, const QByteArray& query = {}) const;
    [[nodiscard]] HttpRequest post(const QStringList& segments, const QByteArray& body) const;
    [[nodiscard]] HttpRequest remove(const QStringList& segments) const;

    /// Sends, reads the answer with `decode` (in a worker where it is large), and replies by the contract of RequestHandle.
    template<typename T>
    RequestHandle call(HttpRequest request, QObject* context, std::function<Result<T>(const QByteArray&)> decode, Reply<T> reply);
    /// `reply` with the server's times in it on our clock; T: Statement or StatementPage.
    template<typename T>
    [[nodiscard]] Reply<T> onOurClock(Reply<T> reply) const;
    /// Writes a success into a file in place of reading it. Replies with its bytes.
    RequestHandle save(HttpRequest request, const AnswerTarget& target, QObject* context, Reply<qint64> reply);
    void dropConnections() { m_transport->dropConnections(); }

private:
    std::unique_ptr<Transport> m_transport;
    std::shared_ptr<QThreadPool> m_workers;
    std::shared_ptr<ServerClock> m_clock;
    QUrl m_base;
    QByteArray m_doAs; ///< percent-encoded
};

/// What a call needs to turn an answer into a value, in any thread.
template<typename T>
struct LivyAnswer {
    QUrl url;
    bool isSafe = true;
    std::function<Result<T>(const QByteArray&)> decode;

    [[nodiscard]] Result<T> read(const HttpResponse& response) const;
};

/// A refusal as an Error. That of a gateway whose server did not answer leaves the outcome of an unsafe request unknown.
[[nodiscard]] Error refusal(const HttpResponse& response, const QUrl& url, bool isSafe);
/// A success that could not be read: a web page, or no protocol; after an unsafe request it is an unknown outcome.
[[nodiscard]] Error unreadable(Error error, const HttpResponse& response, const QUrl& url, bool isSafe);

template<typename T>
Result<T> LivyAnswer<T>::read(const HttpResponse& response) const
{
    if (!response.isSuccess())
        return std::unexpected(refusal(response, url, isSafe));
    Result<T> value = decode(response.body);
    if (!value)
        value = std::unexpected(unreadable(value.error(), response, url, isSafe));
    return value;
}

template<typename T>
RequestHandle LivyChannel::call(HttpRequest request, QObject* context, std::function<Result<T>(const QByteArray&)> decode, Reply<T> reply)
{
    // The callback must not own the handle that owns the callback.
    auto awaited = std::make_shared<Reply<T>>(std::move(reply));
    const LivyAnswer<T> answer{ request.url, request.isSafe(), std::move(decode) };
    const auto deliver = [awaited](const Result<T>& result) {
        if (const auto waiting = std::exchange(*awaited, {}))
            waiting(result);
    };
    const auto onAnswer = [answer, deliver, workers = m_workers, clock = m_clock, context](Result<HttpResponse> response) {
        if (response)
            clock->note(*response);
        if (!response || response->body.size() <= largeBodyBytes) {
            deliver(response ? answer.read(*response) : Result<T>(std::unexpected(response.error())));
            return;
        }
        auto promise = std::make_shared<QPromise<Result<T>>>();
        auto* watcher = new QFutureWatcher<Result<T>>(context);
        QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, deliver] {
            watcher->deleteLater();
            deliver(watcher->result());
        });
        watcher->setFuture(promise->future());
        promise->start();
        workers->start([promise, answer, response = std::move(*response)] {
            promise->addResult(answer.read(response));
            promise->finish();
        });
    };
    RequestHandle sending = m_transport->send(std::move(request), context, onAnswer);
    return RequestHandle([awaited, sending]() mutable {
        *awaited = {};
        sending.cancel();
    });
}

template<typename T>
Reply<T> LivyChannel::onOurClock(Reply<T> reply) const
{
    return [clock = m_clock, reply = std::move(reply)](Result<T> result) {
        if (result)
            clock->toOurs(*result);
        reply(std::move(result));
    };
}

} // namespace kindling
