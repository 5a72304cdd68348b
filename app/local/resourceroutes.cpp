// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/router.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
/// By the last word of "add-jar", "upload-pyfile" and so on.
ResourceKind kindOf(const HttpRequest& request)
{
    const QString& act = request.path.last();
    return act.endsWith(u"-jar") ? ResourceKind::Jar : act.endsWith(u"-pyfile") ? ResourceKind::PyFile : ResourceKind::File;
}

Session::AddCallback answering(const Responder& respond)
{
    return [respond](const std::optional<Refusal>& refusal) {
        respond(refusal ? refusal->response() : emptyResponse(200));
    };
}
}

void Router::addResource(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const auto parsed = parseAddRequest(request.body);
    if (!parsed)
        return respond(parsed.error().response());
    if (const auto refusal = (*session)->add(kindOf(request), parsed->path, answering(respond)))
        respond(refusal->response());
}

void Router::uploadResource(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    const ResourceKind kind = kindOf(request);
    const QByteArray part = kind == ResourceKind::Jar ? "jar" : "file";
    const auto file = uploadedFile(request.header("Content-Type"), request.body, part);
    if (!file)
        return respond(bareTextResponse(400, u"No %1 sent!"_s.arg(QString::fromLatin1(part))));
    if (const auto refusal = (*session)->addUpload(kind, *file, answering(respond)))
        respond(refusal->response());
}

void Router::refuseJob(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    respond(messageResponse(400,
        u"Jobs of Livy's programmatic client need Livy's own classes in the driver, which are not here: send statements."_s));
}

void Router::showJob(const HttpRequest& request, const Responder& respond)
{
    const auto session = sessionOf(request);
    if (!session)
        return respond(session.error().response());
    respond(bareTextResponse(500, u"java.util.NoSuchElementException: key not found: "_s + request.path.at(3)));
}

} // namespace kindling::local
