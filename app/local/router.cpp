// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/router.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
bool matches(const QStringList& pattern, const QStringList& path)
{
    return std::ranges::equal(pattern, path, [](const QString& expected, const QString& segment) {
        return expected == u'*' ? !segment.isEmpty() : expected == segment;
    });
}

/// A small body could grow beyond every limit.
std::optional<HttpResponse> refusalOfCompression(const QByteArray& encoding)
{
    if (encoding.isEmpty() || encoding.toLower() == "identity")
        return std::nullopt;
    return messageResponse(415, u"Compressed bodies are not taken here (Content-Encoding: %1): send it as it is."_s.arg(QString::fromLatin1(encoding)));
}

/// Livy has one version of its protocol; a client may ask for it by name.
std::optional<HttpResponse> refusalOfVersion(const QByteArray& accept)
{
    static const QRegularExpression pattern(u"application/vnd\\.livy\\.v([^+;,\\s]+)"_s);
    const QString version = pattern.match(QString::fromLatin1(accept)).captured(1);
    if (version.isEmpty() || version == u"0.1")
        return std::nullopt;
    return messageResponse(406, u"No value found for '%1'"_s.arg(version));
}
}

Router::Router(Access access, SessionTable& sessions, BatchTable& batches, QString sparkVersion, QObject* parent)
    : QObject(parent)
    , m_access(std::move(access))
    , m_sessions(sessions)
    , m_batches(batches)
    , m_sparkVersion(std::move(sparkVersion))
{
    setupRoutes();
}

void Router::route(const char* method, const QString& path, Handler handler)
{
    m_routes.append({ method, path.split(u'/'), handler });
}

void Router::setupPages()
{
    route("GET", u""_s, &Router::redirectToUi);
    route("GET", u"ui"_s, &Router::ui);
    route("GET", u"ui/"_s, &Router::ui);
    route("GET", u"version"_s, &Router::version);
    route("GET", u"metrics"_s, &Router::metricsMenu);
    route("GET", u"metrics/metrics"_s, &Router::metrics);
    route("GET", u"metrics/ping"_s, &Router::ping);
}

void Router::setupRoutes()
{
    setupPages();
    route("GET", u"sessions"_s, &Router::listSessions);
    route("GET", u"sessions/"_s, &Router::listSessions);
    route("POST", u"sessions"_s, &Router::createSession);
    route("GET", u"sessions/*"_s, &Router::showSession);
    route("DELETE", u"sessions/*"_s, &Router::deleteSession);
    route("GET", u"sessions/*/state"_s, &Router::sessionState);
    route("GET", u"sessions/*/log"_s, &Router::sessionLog);
    route("POST", u"sessions/*/stop"_s, &Router::stopSession);
    route("POST", u"sessions/*/interrupt"_s, &Router::stopSession);
    route("POST", u"sessions/*/connect"_s, &Router::connectSession);
    route("GET", u"sessions/*/statements"_s, &Router::listStatements);
    route("POST", u"sessions/*/statements"_s, &Router::runStatement);
    route("GET", u"sessions/*/statements/*"_s, &Router::showStatement);
    route("POST", u"sessions/*/statements/*/cancel"_s, &Router::cancelStatement);
    route("POST", u"sessions/*/completion"_s, &Router::completeCode);
    route("POST", u"sessions/*/restart-python"_s, &Router::restartPython);
    for (const QString& kind : { u"jar"_s, u"pyfile"_s, u"file"_s }) {
        route("POST", u"sessions/*/add-"_s + kind, &Router::addResource);
        route("POST", u"sessions/*/upload-"_s + kind, &Router::uploadResource);
    }
    route("POST", u"sessions/*/submit-job"_s, &Router::refuseJob);
    route("POST", u"sessions/*/run-job"_s, &Router::refuseJob);
    route("GET", u"sessions/*/jobs/*"_s, &Router::showJob);
    route("GET", u"batches"_s, &Router::listBatches);
    route("GET", u"batches/"_s, &Router::listBatches);
    route("POST", u"batches"_s, &Router::createBatch);
    route("GET", u"batches/*"_s, &Router::showBatch);
    route("DELETE", u"batches/*"_s, &Router::deleteBatch);
    route("GET", u"batches/*/state"_s, &Router::batchState);
    route("GET", u"batches/*/log"_s, &Router::batchLog);
}

std::optional<HttpResponse> Router::refusal(const HttpRequest& request) const
{
    if (auto refusal = m_access.refusal(request))
        return refusal;
    return refusalOfCompression(request.header("Content-Encoding"));
}

void Router::handle(const HttpRequest& request, const Responder& respond)
{
    if (auto refused = refusal(request)) {
        respond(*std::move(refused));
        return;
    }
    if (auto refusal = refusalOfVersion(request.header("Accept"))) {
        respond(*std::move(refusal));
        return;
    }
    const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method;
    const auto found = std::ranges::find_if(m_routes, [&](const Route& route) {
        return route.method == method && matches(route.path, request.path);
    });
    if (found == m_routes.end()) {
        respond(methodRefusal(request.path));
        return;
    }
    (this->*found->handler)(request, respond);
}

HttpResponse Router::methodRefusal(const QStringList& path) const
{
    QByteArrayList allowed;
    for (const Route& route : m_routes) {
        if (!matches(route.path, path))
            continue;
        allowed.append(route.method);
        if (route.method == "GET")
            allowed.append("HEAD");
    }
    if (allowed.isEmpty()) {
        const bool isOfTheApi = path.first() == u"sessions" || path.first() == u"batches";
        return isOfTheApi ? emptyResponse(404) : emptyResponse(404, "text/html;charset=utf-8");
    }
    std::ranges::sort(allowed);
    HttpResponse response = emptyResponse(405);
    response.headers.emplaceBack("Allow", allowed.join(", "));
    return response;
}

} // namespace kindling::local
