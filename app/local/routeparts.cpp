// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/routeparts.h"

#include "app/local/json.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

Parsed<int> queryInt(const HttpRequest& request, const QString& name, int fallback)
{
    if (!request.query.hasQueryItem(name))
        return fallback;
    const QString text = request.query.queryItemValue(name, QUrl::FullyDecoded);
    bool isInteger = false;
    const int value = text.toInt(&isInteger);
    if (!isInteger)
        return std::unexpected(Refusal{ 400, u"For input string: \"%1\""_s.arg(text) });
    return value;
}

HttpResponse logResponse(const HttpRequest& request, int id, const RingLog& log)
{
    const auto from = queryInt(request, u"from"_s, -1);
    const auto size = queryInt(request, u"size"_s, 100);
    if (!from || !size)
        return (from ? size : from).error().response();
    const LogPage page = log.page(*from, *size);
    return jsonResponse(200,
        JsonObjectWriter().number("id", id).number("from", page.from).number("total", page.total)
            .list("log", page.lines).finish());
}

HttpResponse stateResponse(int id, const QString& state)
{
    return jsonResponse(200, JsonObjectWriter().number("id", id).text("state", state).finish());
}

HttpResponse createdResponse(const QByteArray& json, const QString& location)
{
    HttpResponse response = jsonResponse(201, json);
    response.headers.emplaceBack("Location", location.toUtf8());
    return response;
}

} // namespace kindling::local
