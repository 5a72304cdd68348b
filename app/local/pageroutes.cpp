// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/json.h"
#include "app/local/router.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
HttpResponse page(const QString& title, const QString& content)
{
    const QString html
        = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%1</title>"
          "<style>body{font:16px sans-serif;max-width:40em;margin:3em auto;padding:0 1em}code{background:#8882}</style>"
          "</head>\n<body><h1>%1</h1>\n%2</body></html>\n"_s.arg(title, content);
    return { 200, { { "Content-Type", "text/html;charset=utf-8" } }, html.toUtf8() };
}

QByteArray gauge(int value)
{
    return JsonObjectWriter().number("value", value).finish();
}
}

void Router::redirectToUi(const HttpRequest&, const Responder& respond)
{
    HttpResponse response = emptyResponse(302, "text/html;charset=utf-8");
    response.headers.emplaceBack("Location", "/ui");
    respond(response);
}

void Router::ui(const HttpRequest&, const Responder& respond)
{
    respond(page(u"Kindling Local Spark"_s,
        u"<p>This is a server, not a page to work in: it speaks the REST protocol of Apache Livy in front of Spark %1 on "
        "this machine, and answers this machine alone.</p>\n"
        "<p>Open it in Kindling, or give its address to sparkmagic, pylivy or any other client of Livy.</p>\n"
        "<p>Sessions: <a href=\"/sessions\">%2</a>. Batches: <a href=\"/batches\">%3</a>. "
        "<a href=\"/version\">Version</a>. <a href=\"/metrics\">Metrics</a>.</p>\n"_s
            .arg(m_sparkVersion.toHtmlEscaped()).arg(m_sessions.count()).arg(m_batches.count())));
}

void Router::metricsMenu(const HttpRequest&, const Responder& respond)
{
    respond(page(u"Metrics"_s, u"<p><a href=\"/metrics/metrics\">metrics</a>, <a href=\"/metrics/ping\">ping</a></p>\n"_s));
}

void Router::metrics(const HttpRequest&, const Responder& respond)
{
    const QByteArray gauges = JsonObjectWriter()
                                  .raw("livy.sessions", gauge(m_sessions.count()))
                                  .raw("livy.sessions.active", gauge(m_sessions.activeCount()))
                                  .raw("livy.batches", gauge(m_batches.count()))
                                  .finish();
    respond(jsonResponse(200,
        JsonObjectWriter().text("version", u"4.0.0"_s).raw("gauges", gauges).raw("counters", "{}").raw("histograms", "{}")
            .raw("meters", "{}").raw("timers", "{}").finish()));
}

void Router::ping(const HttpRequest&, const Responder& respond)
{
    respond({ 200,
        { { "Content-Type", "text/plain;charset=iso-8859-1" }, { "Cache-Control", "must-revalidate,no-cache,no-store" } },
        "pong\n" });
}

void Router::version(const HttpRequest&, const Responder& respond)
{
    respond(jsonResponse(200,
        JsonObjectWriter()
            .text("url", u"https://github.com/apache/livy.git"_s)
            .text("branch", u"HEAD"_s)
            .text("revision", u"unknown"_s)
            .text("version", u"0.9.0-incubating"_s)
            .text("date", u""_s)
            .text("user", u""_s)
            .text("server", u"Kindling Local Spark"_s)
            .text("sparkVersion", m_sparkVersion)
            .finish()));
}

} // namespace kindling::local
