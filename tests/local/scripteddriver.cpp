// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kindling::test {

using namespace local;

void ScriptedDriver::execute(int id, const QString& kind, const QString& code)
{
    Q_ASSERT(runningId < 0);
    runningId = id;
    runningKind = kind;
    runningCode = code;
}

void ScriptedDriver::complete(int request, const CompletionRequest& what)
{
    Q_EMIT completed(request, what.kind == u"spark" ? QStringList{ u"range"_s } : QStringList());
}

void ScriptedDriver::add(int request, ResourceKind kind, const QString& path)
{
    additions.append({ kind, path });
    if (answersAdditions) {
        Q_EMIT added(request,
            path.contains(u"none") ? u"java.io.FileNotFoundException: File file:%1 does not exist"_s.arg(path) : QString());
    }
}

void ScriptedDriver::addUpload(int request, ResourceKind kind, const UploadedFile& file)
{
    uploads.append(file.content);
    add(request, kind, u"/uploads/"_s + file.name);
}

void ScriptedDriver::stop()
{
    isStopped = true;
    if (endsWhenStopped)
        Q_EMIT ended();
}

void ScriptedDriver::becomeReady()
{
    Q_EMIT becameReady({ u"local-1"_s, u"http://127.0.0.1:4040"_s, u"4.1.4"_s });
}

void ScriptedDriver::finish(const QByteArray& output)
{
    Q_EMIT finished(std::exchange(runningId, -1), output, false);
}

void ScriptedDriver::die()
{
    Q_EMIT finished(std::exchange(runningId, -1),
        R"({"status":"error","execution_count":0,"ename":"Error","evalue":"Interpreter died:\n","traceback":[]})", true);
}

ScriptedServer::ScriptedServer(const QByteArray& token, const MachineLimits& limits)
    : room(limits)
    , sessionTable(
          [this](int id, const SessionRequest& request) -> std::unique_ptr<Interpreter> {
              auto driver = std::make_unique<ScriptedDriver>();
              drivers.insert(id, driver.get());
              requests.insert(id, request);
              return driver;
          },
          clock, room)
    , batchTable([this](int id, const BatchRequest&) -> std::unique_ptr<BatchProcess> {
        auto batch = std::make_unique<ScriptedBatch>();
        batches.insert(id, batch.get());
        return batch;
    }, clock, room)
    , router(Access(token), sessionTable, batchTable, u"4.1.4"_s)
{
}

HttpResponse ScriptedServer::ask(
    const QByteArray& method, const QByteArray& target, const QByteArray& body, const HttpHeaders& headers)
{
    return *askLater(method, target, body, headers);
}

std::shared_ptr<HttpResponse> ScriptedServer::askLater(
    const QByteArray& method, const QByteArray& target, const QByteArray& body, const HttpHeaders& headers)
{
    HttpRequest request;
    request.method = method;
    request.setTarget(target);
    request.headers = headers;
    request.body = body;
    request.port = 8998;
    const auto answer = std::make_shared<HttpResponse>(HttpResponse{ 0, {}, {} });
    router.handle(request, [answer](HttpResponse response) { *answer = std::move(response); });
    return answer;
}

QJsonValue ScriptedServer::json(const QByteArray& method, const QByteArray& target, const QByteArray& body)
{
    return parsedJson(ask(method, target, body).body);
}

QJsonValue parsedJson(const QByteArray& bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes + ']');
    return document.array().size() == 1 ? document.array().at(0) : QJsonValue(QJsonValue::Undefined);
}

} // namespace kindling::test
