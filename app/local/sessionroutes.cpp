// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/json.h"
#include "app/local/routeparts.h"
#include "app/local/router.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
const QString notActive = u"requirement failed: Session isn't active."_s;

QByteArray message(const char* text)
{
    return JsonObjectWriter().text("msg", QString::fromLatin1(text)).finish();
}
}

Parsed<Session*> Router::sessionOf(const HttpRequest& request) const
{
    const auto session = m_sessions.find(request.path.at(1));
    if (session)
        (*session)->beat();
    return session;
}

void Router::listSessions(const HttpRequest& request, const Responder& respond)
{
    const auto from = queryInt(request, u"from"_s, 0);
    const auto size = queryInt(request, u"size"_s, 100);
    if (!from || !size)
        return respond((from ? size : from).error().response());
    respond(jsonResponse(200, m_sessions.json({ *from, *size })));
}

void Router::createSession(const HttpRequest& request, const Responder& respond)
{
    const auto parsed = parseSessionRequest(request.body);
    if (!parsed)
        return respond(parsed.error().response());
    const auto session = m_sessions.create(*parsed);
    if (!session)
        return respond(session.error().response());
    respond(createdResponse((*session)->json(), u"/sessions/%1"_s.arg((*session)->id())));
}

void Router::showSession(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    respond(session ? jsonResponse(200, (*session)->json()) : session.error().response());
}

void Router::connectSession(const HttpRequest& request, const Responder& respond)
{
    if (const auto session = sessionOf(request))
        (*session)->act();
    showSession(request, respond);
}

void Router::sessionState(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    respond(session ? stateResponse((*session)->id(), wireName((*session)->state())) : session.error().response());
}

void Router::sessionLog(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    respond(session ? logResponse(request, (*session)->id(), (*session)->log()) : session.error().response());
}

void Router::deleteSession(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    m_sessions.remove((*session)->id(), [respond] { respond(jsonResponse(200, message("deleted"))); });
}

void Router::stopSession(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const bool isInterrupt = request.path.at(2) == u"interrupt";
    (*session)->stop(this, [respond, isInterrupt] {
        respond(isInterrupt ? jsonResponse(200, message("interrupted")) : emptyResponse(204));
    });
}

void Router::listStatements(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    if (!(*session)->isActive())
        return respond(messageResponse(400, notActive));
    const auto from = queryInt(request, u"from"_s, 0);
    const auto size = queryInt(request, u"size"_s, -1);
    if (!from || !size)
        return respond((from ? size : from).error().response());
    const bool isDescending = request.query.queryItemValue(u"order"_s) == u"desc";
    respond(jsonResponse(200, (*session)->statements().json(*from, *size, isDescending)));
}

void Router::showStatement(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    if (!(*session)->isActive())
        return respond(messageResponse(400, notActive));
    bool isNumber = false;
    const int id = request.path.at(3).toInt(&isNumber);
    if (!isNumber)
        return respond(messageResponse(400, u"For input string: \"%1\""_s.arg(request.path.at(3))));
    const Statement* statement = (*session)->statements().find(id);
    respond(statement ? jsonResponse(200, statement->json()) : bareTextResponse(404, u"Statement not found"_s));
}

void Router::runStatement(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const auto parsed = parseStatementRequest(request.body);
    if (!parsed)
        return respond(parsed.error().response());
    const auto statement = (*session)->run(*parsed);
    if (!statement)
        return respond(statement.error().response());
    respond(createdResponse(statement->json, u"/sessions/%1/statements/%2"_s.arg((*session)->id()).arg(statement->id)));
}

void Router::cancelStatement(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    bool isNumber = false;
    const int id = request.path.at(3).toInt(&isNumber);
    if (!isNumber)
        return respond(messageResponse(400, u"For input string: \"%1\""_s.arg(request.path.at(3))));
    const auto refusal = (*session)->cancel(id);
    respond(refusal ? refusal->response() : jsonResponse(200, message("canceled")));
}

void Router::restartPython(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const auto refusal = (*session)->restartPython();
    respond(refusal ? refusal->response() : jsonResponse(200, message("restarting")));
}

void Router::completeCode(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const auto parsed = parseCompletionRequest(request.body);
    if (!parsed)
        return respond(parsed.error().response());
    const auto refusal = (*session)->complete(*parsed, [respond](const QStringList& candidates) {
        respond(jsonResponse(200, JsonObjectWriter().list("candidates", candidates).finish()));
    });
    if (refusal)
        respond(refusal->response());
}

} // namespace kindling::local
