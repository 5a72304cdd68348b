// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/http.h"

#include "app/local/json.h"

#include <QUrl>

#include <algorithm>

namespace kindling::local {

namespace {
QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 302: return "Found";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Unknown";
    }
}

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}
}

QByteArray HttpRequest::header(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(headers, [name](const auto& pair) { return isSameName(pair.first, name); });
    return found == headers.end() ? QByteArray() : found->second;
}

qsizetype HttpRequest::headerCount(QByteArrayView name) const
{
    return std::ranges::count_if(headers, [name](const auto& pair) { return isSameName(pair.first, name); });
}

bool HttpRequest::setTarget(const QByteArray& target)
{
    if (!target.startsWith('/'))
        return false;
    const qsizetype mark = target.indexOf('?');
    const QByteArray pathPart = mark < 0 ? target : target.left(mark);
    path.clear();
    const QList<QByteArray> segments = pathPart.mid(1).split('/');
    for (const QByteArray& segment : segments)
        path.append(QString::fromUtf8(QByteArray::fromPercentEncoding(segment)));
    QByteArray queryPart = mark < 0 ? QByteArray() : target.mid(mark + 1);
    queryPart.replace('+', "%20");
    query = QUrlQuery(QString::fromUtf8(queryPart));
    return true;
}

HttpResponse jsonResponse(int status, QByteArray json)
{
    return { status, { { "Content-Type", "application/json;charset=utf-8" } }, std::move(json) };
}

HttpResponse messageResponse(int status, const QString& text)
{
    return jsonResponse(status, JsonObjectWriter().text("msg", text).finish());
}

HttpResponse bareTextResponse(int status, const QString& text)
{
    return jsonResponse(status, quoted(text));
}

HttpResponse emptyResponse(int status, const QByteArray& type)
{
    return { status, { { "Content-Type", type } }, {} };
}

QByteArray responseHead(const HttpResponse& response, bool keepsAlive)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    head += "X-Content-Type-Options: nosniff\r\nX-Frame-Options: SAMEORIGIN\r\nX-XSS-Protection: 1; mode=block\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n";
    if (response.status != 204)
        head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (!keepsAlive)
        head += "Connection: close\r\n";
    return head + "\r\n";
}

} // namespace kindling::local
