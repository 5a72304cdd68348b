// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include <functional>
#include <optional>
#include <utility>

namespace kindling::local {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One request as it came off the wire, its path decoded into segments.
struct HttpRequest {
    QByteArray method; ///< upper case
    QStringList path; ///< percent-decoded segments; "/sessions/" gives {"sessions", ""}
    QUrlQuery query;
    HttpHeaders headers;
    QByteArray body;
    quint16 port = 0; ///< of this server, as the client reached it

    /// The first value of that header; null without one. Names are compared without case.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] qsizetype headerCount(QByteArrayView name) const;
    /// Fills path and query from a request target; false = not a path.
    bool setTarget(const QByteArray& target);
};

struct HttpResponse {
    int status = 200;
    HttpHeaders headers;
    QByteArray body;
};

/// Answers one request, exactly once, now or later.
using Responder = std::function<void(HttpResponse)>;
using HttpHandler = std::function<void(const HttpRequest&, Responder)>;
/// Looks at a request whose body is still to come: what refuses it, or nothing = the body is worth reading.
using HttpGate = std::function<std::optional<HttpResponse>(const HttpRequest&)>;

/// Livy's usual answer: `application/json;charset=utf-8`.
[[nodiscard]] HttpResponse jsonResponse(int status, QByteArray json);
/// `{"msg":"text"}`
[[nodiscard]] HttpResponse messageResponse(int status, const QString& text);
/// A bare JSON string, as Livy answers for what its own code threw.
[[nodiscard]] HttpResponse bareTextResponse(int status, const QString& text);
/// No body; Livy's answer to an unknown path is one of `text/html`, most others are of its usual type.
[[nodiscard]] HttpResponse emptyResponse(int status, const QByteArray& type = "application/json;charset=utf-8");

/// Status line and headers for the wire, Content-Length included.
[[nodiscard]] QByteArray responseHead(const HttpResponse& response, bool keepsAlive);

} // namespace kindling::local
