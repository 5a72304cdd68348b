// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycall.h"

#include "app/core/inworker.h"
#include "app/livy/answerfile.h"
#include "app/livy/livywords.h"
#include "app/net/gatewayanswer.h"
#include "app/net/requestlog.h"

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds readPatience{ 30 };
// DELETE and create block on the server until the work is done, up to two minutes (livy-protocol 2.4).
constexpr std::chrono::seconds slowPatience{ 130 };
constexpr std::chrono::minutes uploadDeadline{ 30 };
constexpr std::chrono::hours saveDeadline{ 24 };

/// Was it a statement that went into the file? `head`: its first bytes.
Result<void> checkSaved(HttpResponse response, const QByteArray& head, const QUrl& url)
{
    if (!response.isSuccess())
        return std::unexpected(refusal(response, url, true));
    if (head.trimmed().startsWith('{'))
        return {};
    response.body = head;
    if (isWebPage(response)) // which may hold what was sent with the request
        response.body = "<html>";
    const Error odd = failure(ErrorKind::Protocol, LivyWords::tr("What %1 answered is no statement.").arg(placeOf(url))).error();
    return std::unexpected(unreadable(odd, response, url, true));
}
}

LivyChannel::LivyChannel(QUrl base, std::unique_ptr<Transport> transport, const QString& doAs)
    : m_transport(std::move(transport))
    , m_workers(std::make_shared<QThreadPool>())
    , m_clock(std::make_shared<ServerClock>())
    , m_base(std::move(base))
    , m_doAs(QUrl::toPercentEncoding(doAs))
{
    m_workers->setMaxThreadCount(2);
}

QUrl LivyChannel::url(const QStringList& segments, const QByteArray& query) const
{
    QByteArray encoded = m_base.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    if (encoded.endsWith('/'))
        encoded.chop(1);
    for (const QString& segment : segments)
        encoded += '/' + QUrl::toPercentEncoding(segment);
    QByteArrayList parts;
    if (!query.isEmpty())
        parts += query;
    if (!m_doAs.isEmpty() && segments.value(0) != "version"_L1)
        parts += "doAs=" + m_doAs;
    if (!parts.isEmpty())
        encoded += '?' + parts.join('&');
    return QUrl::fromEncoded(encoded);
}

HttpRequest LivyChannel::get(const QStringList& segments, const QByteArray& query) const
{
    HttpRequest request;
    request.url = url(segments, query);
    request.patience = readPatience;
    if (segments.size() == 1)
        request.lane = ReadLane::List;
    else if (segments.constLast() == "log"_L1)
        request.lane = ReadLane::Log;
    return request;
}

HttpRequest LivyChannel::post(const QStringList& segments, const QByteArray& body) const
{
    HttpRequest request;
    request.method = "POST";
    request.url = url(segments);
    request.body = body;
    request.patience = slowPatience;
    request.deadline = uploadDeadline;
    return request;
}

HttpRequest LivyChannel::remove(const QStringList& segments) const
{
    HttpRequest request = post(segments, {});
    request.method = "DELETE";
    return request;
}

RequestHandle LivyChannel::save(HttpRequest request, const AnswerTarget& target, QObject* context, Reply<qint64> reply)
{
    auto file = std::make_shared<AnswerFile>(target);
    auto awaited = std::make_shared<Reply<qint64>>(std::move(reply));
    request.deadline = saveDeadline;
    request.sink = [file](QByteArrayView bytes) { return file->take(bytes); };
    const auto deliver = [awaited](const Result<qint64>& result) {
        if (const auto waiting = std::exchange(*awaited, {}))
            waiting(result);
    };
    const auto onAnswer = [file, deliver, workers = m_workers, context, url = request.url](Result<HttpResponse> response) {
        const Result<void> isWhole = response.and_then([&](HttpResponse whole) { return checkSaved(std::move(whole), file->head(), url); });
        if (!isWhole) {
            file->discard();
            deliver(std::unexpected(isWhole.error()));
            return;
        }
        file->close();
        inWorker(*workers, context, [file] { return file->keep(); }, deliver);
    };
    RequestHandle sending = m_transport->send(std::move(request), context, onAnswer);
    return RequestHandle([file, awaited, sending]() mutable {
        *awaited = {};
        sending.cancel();
        file->discard();
    });
}

Error refusal(const HttpResponse& response, const QUrl& url, bool isSafe)
{
    const bool isFromGateway = response.status == 502 || response.status == 504; // Livy itself never says so
    const Error error = errorOf(response, url);
    return isFromGateway && !isSafe ? asUnknownOutcome(error) : error;
}

Error unreadable(Error error, const HttpResponse& response, const QUrl& url, bool isSafe)
{
    error.httpStatus = response.status;
    error.url = redacted(url);
    error.bodySample = bodySample(response);
    if (isWebPage(response)) {
        error.title = LivyWords::tr("%1 answered with a web page instead of Livy's data. Perhaps it wants to sign in.").arg(placeOf(url));
        error.detail = reasonOf(response);
        return error;
    }
    return isSafe ? error : asUnknownOutcome(error);
}

} // namespace kindling
