// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/gatewayanswer.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr qsizetype pageBegin = 512;
constexpr qsizetype refusalBytes = 64LL * 1024;

QByteArrayView beginOf(const HttpResponse& response, qsizetype size)
{
    return QByteArrayView(response.body).first(std::min(size, response.body.size()));
}

bool hasKey(QByteArrayView json, QByteArrayView quoted)
{
    const qsizetype at = json.indexOf(quoted);
    return at >= 0 && json.sliced(at + quoted.size()).trimmed().startsWith(':');
}
}

bool isWebPage(const HttpResponse& response)
{
    const QByteArray begin = beginOf(response, pageBegin).trimmed().toByteArray().toLower();
    return begin.startsWith("<!doctype html") || begin.startsWith("<html") || begin.startsWith("<head");
}

bool isSignInRefused(const HttpResponse& response)
{
    if (response.status != 403)
        return response.status == 401;
    const QByteArrayView body = beginOf(response, refusalBytes);
    return isWebPage(response) || (body.trimmed().startsWith('{') && hasKey(body, "\"servlet\""));
}

} // namespace kindling
