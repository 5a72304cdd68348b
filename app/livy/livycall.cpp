// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycall.h"

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
