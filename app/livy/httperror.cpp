// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/httperror.h"

#include "app/livy/jsonnode.h"
#include "app/livy/knownreasons.h"
#include "app/livy/livywords.h"
#include "app/livy/serverclock.h"
#include "app/net/gatewayanswer.h"
#include "app/net/networkerror.h"
#include "app/net/requestlog.h"

#include <QRegularExpression>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype sampleBytes = 2048;
constexpr qsizetype readableBytes = 64LL * 1024;
constexpr qsizetype maxReason = 2000;
constexpr std::chrono::seconds longestRetryAfter{ 300 };

// "…ExecutionException: …RpcException: java.lang.X: reason\n\tat …" → "reason"
QString withoutJava(const QString& text)
{
    const qsizetype trace = text.indexOf("\n\tat "_L1);
    QString reason = trace < 0 ? text : text.first(text.indexOf(u'\n'));
    static const QRegularExpression javaName(u"^(?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?::\\s*|$)"_s);
    for (const QString& word : { u"Exception: "_s, u"Error: "_s }) {
        const qsizetype at = trace < 0 ? -1 : reason.lastIndexOf(word);
        if (at >= 0)
            reason = reason.sliced(at + word.size());
    }
    // where Livy's JSON reader stopped says nothing that the sentence before does not
    for (const char* place : { "\n at [Source:", " (through reference chain:" }) {
        if (const qsizetype at = reason.indexOf(QLatin1StringView(place)); at >= 0)
            reason.truncate(at);
    }
    for (auto match = javaName.match(reason); match.hasMatch(); match = javaName.match(reason)) {
        if (match.capturedLength() == reason.size())
            break;
        reason = reason.sliced(match.capturedLength());
    }
    return reason.trimmed();
}

QString plainTextOf(QString html)
{
    static const QRegularExpression unseen(u"<(script|style|head)\\b.*?</\\1\\s*>"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*>"_s);
    static const QRegularExpression title(u"<title[^>]*>(.*?)</title>"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    const QString heading = title.match(html).captured(1).simplified();
    html.remove(unseen);
    html.replace(tag, u" "_s);
    html.replace("&lt;"_L1, "<"_L1).replace("&gt;"_L1, ">"_L1).replace("&quot;"_L1, "\""_L1).replace("&amp;"_L1, "&"_L1);
    const QString text = html.simplified();
    return text.isEmpty() ? heading : text;
}

QString objectReason(const JsonNode& node)
{
    for (const QStringView key : { u"msg", u"message", u"error_description", u"Message", u"detail", u"error" }) {
        const JsonNode& value = node.at(key);
        if (value.type() == JsonNode::Type::String && !value.bytes().isEmpty())
            return value.text();
        if (value.type() == JsonNode::Type::Object) {
            const QString inner = objectReason(value);
            if (!inner.isEmpty())
                return inner;
        }
    }
    return {};
}

ErrorKind kindOf(const HttpResponse& response)
{
    switch (response.status) {
    case 401:
    case 403: return isSignInRefused(response) ? ErrorKind::SignIn : ErrorKind::Forbidden;
    case 404:
    case 410: return ErrorKind::NotFound;
    case 407: return ErrorKind::Network;
    case 413: return ErrorKind::TooLarge;
    case 408:
    case 429:
    case 430:
    case 503: return ErrorKind::Busy;
    default: return response.status >= 500 ? ErrorKind::Server : response.status >= 400 ? ErrorKind::Rejected : ErrorKind::Protocol;
    }
}

QString titleOf(ErrorKind kind, int status, const QString& place)
{
    switch (kind) {
    case ErrorKind::SignIn: return LivyWords::tr("%1 refused the sign-in.").arg(place);
    case ErrorKind::Forbidden: return LivyWords::tr("%1 does not allow you to do this.").arg(place);
    case ErrorKind::NotFound: return LivyWords::tr("%1 does not know this, or no longer.").arg(place);
    case ErrorKind::Network: return LivyWords::tr("The proxy on the way to %1 asks to sign in.").arg(place);
    case ErrorKind::TooLarge: return LivyWords::tr("The request is too large for %1.").arg(place);
    case ErrorKind::Busy: return LivyWords::tr("%1 is busy and asks to come later.").arg(place);
    case ErrorKind::Server:
        if (status == 502 || status == 504)
            return LivyWords::tr("The gateway before %1 got no answer from the server behind it.").arg(place);
        return LivyWords::tr("%1 failed to do this.").arg(place);
    case ErrorKind::Rejected: return LivyWords::tr("%1 refused the request.").arg(place);
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::PersonNeeded:
    case ErrorKind::Protocol:
    case ErrorKind::UnknownOutcome:
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled:
    case ErrorKind::Io: break;
    }
    return LivyWords::tr("%1 answered with the unexpected status %2.").arg(place).arg(status);
}

std::optional<std::chrono::seconds> retryAfterOf(const HttpResponse& response)
{
    const QByteArray value = response.header("Retry-After").trimmed();
    if (value.isEmpty())
        return {};
    bool isNumber = false;
    qint64 seconds = value.toLongLong(&isNumber);
    if (!isNumber) {
        const auto date = httpDate(value);
        if (!date)
            return {};
        seconds = httpDate(response.header("Date")).value_or(response.received).secsTo(*date); // both by the server's clock
    }
    return std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(0), longestRetryAfter);
}
}

QString reasonOf(const HttpResponse& response)
{
    const QByteArray body = response.body.first(std::min(readableBytes, response.body.size()));
    if (body.trimmed().isEmpty())
        return {};
    QString reason;
    if (const auto document = readJson(body))
        reason = withoutJava(document->root().type() == JsonNode::Type::String ? document->root().text() : objectReason(document->root()));
    else if (isWebPage(response) || response.contentType.startsWith("text/html"))
        reason = plainTextOf(QString::fromUtf8(body));
    else
        reason = withoutJava(QString::fromUtf8(body).trimmed());
    reason.truncate(maxReason);
    return reason;
}

QByteArray bodySample(const HttpResponse& response)
{
    return redactedText(response.body.first(std::min(2 * sampleBytes, response.body.size()))).left(sampleBytes);
}

Error errorOf(const HttpResponse& response, const QUrl& url)
{
    Error error;
    error.kind = kindOf(response);
    error.httpStatus = response.status;
    error.detail = reasonOf(response);
    error.title = titleOfKnownReason(response.status, error.detail, placeOf(url));
    if (error.title.isEmpty())
        error.title = titleOf(error.kind, response.status, placeOf(url));
    error.url = redacted(url);
    error.bodySample = bodySample(response);
    error.retryAfter = retryAfterOf(response);
    return error;
}

} // namespace kindling
