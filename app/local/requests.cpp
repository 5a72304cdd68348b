// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/requests.h"

#include "app/core/kind.h"
#include "app/local/fieldreader.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
/// A thousand years: longer ones would overflow where times are added.
constexpr double longestDurationMs = 1000.0 * 365 * 864e5;

std::unexpected<Refusal> refused(const QString& text)
{
    return std::unexpected(Refusal{ 400, u"Rejected, Reason: "_s + text });
}

bool isNumber(const QString& text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isAbsolute(const QString& path)
{
    return path.startsWith(u'/') || path.contains(u':');
}

QString notAbsolute(const QString& path)
{
    return u"requirement failed: Path '%1' is not absolute."_s.arg(path);
}

/// What is wrong with the parts that sessions and batches share; empty = nothing.
QString problemOf(const Resources& resources)
{
    if (!resources.name.isNull() && isNumber(resources.name))
        return u"Invalid session name: "_s + resources.name;
    const QStringList paths = resources.jars + resources.pyFiles + resources.files + resources.archives;
    for (const QString& path : paths) {
        if (!isAbsolute(path))
            return notAbsolute(path);
    }
    for (const QString& key : { u"spark.submit.deployMode"_s, u"spark.submit.proxyUser.allowCustomClasspathInClusterMode"_s }) {
        if (resources.conf.contains(key))
            return u"Blacklisted configuration values in session config: "_s + key;
    }
    return {};
}

Parsed<QString> parseKind(const QString& text)
{
    if (const QString kind = canonicalKind(text); !kind.isNull())
        return kind;
    return std::unexpected(Refusal{ 400,
        u"Invalid kind: %1 (through reference chain: org.apache.livy.server.interactive.CreateInteractiveRequest[\"kind\"])"_s
            .arg(text),
        true });
}
}

HttpResponse Refusal::response() const
{
    return isBare ? bareTextResponse(status, text) : messageResponse(status, text);
}

Parsed<SessionRequest> parseSessionRequest(const QByteArray& body)
{
    FieldReader reader(body, u"org.apache.livy.server.interactive.CreateInteractiveRequest"_s);
    SessionRequest request;
    reader.read(u"kind"_s, request.kind);
    reader.read(request.resources);
    reader.read(u"heartbeatTimeoutInSecond"_s, request.heartbeatSeconds);
    reader.read(u"ttl"_s, request.ttl);
    reader.read(u"idleTimeout"_s, request.idleTimeout);
    if (const auto refusal = reader.refusal())
        return std::unexpected(*refusal);
    if (reader.isNull(u"kind"_s))
        return std::unexpected(Refusal{ 500, u"java.lang.NullPointerException: Cannot invoke \"org.apache.livy.sessions.Kind.toString()\" because \"kind\" is null"_s, true });
    const auto kind = parseKind(request.kind);
    if (!kind)
        return std::unexpected(kind.error());
    request.kind = *kind;
    for (const QString& time : { request.ttl, request.idleTimeout }) {
        if (!time.isNull() && durationMs(time) < 0)
            return refused(u"Invalid time string: "_s + time);
    }
    if (const QString problem = problemOf(request.resources); !problem.isEmpty())
        return refused(problem);
    return request;
}

Parsed<BatchRequest> parseBatchRequest(const QByteArray& body)
{
    FieldReader reader(body, u"org.apache.livy.server.batch.CreateBatchRequest"_s);
    BatchRequest request;
    reader.read(u"file"_s, request.file);
    reader.read(u"className"_s, request.className);
    reader.read(u"args"_s, request.args);
    reader.read(request.resources);
    if (const auto refusal = reader.refusal())
        return std::unexpected(*refusal);
    if (request.file.isNull())
        return refused(u"requirement failed: File is required."_s);
    if (!isAbsolute(request.file))
        return refused(notAbsolute(request.file));
    if (const QString problem = problemOf(request.resources); !problem.isEmpty())
        return refused(problem);
    return request;
}

Parsed<StatementRequest> parseStatementRequest(const QByteArray& body)
{
    FieldReader reader(body, u"org.apache.livy.ExecuteRequest"_s);
    StatementRequest request;
    QString messageType;
    reader.read(u"code"_s, request.code);
    reader.read(u"kind"_s, request.kind);
    reader.read(u"msg_type"_s, messageType);
    if (const auto refusal = reader.refusal())
        return std::unexpected(*refusal);
    if (request.code.isNull()) {
        return std::unexpected(Refusal{ 500,
            u"java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: "
            "java.lang.NullPointerException: Cannot invoke \"String.toCharArray()\" because \"s\" is null"_s,
            true });
    }
    request.code = normalisedLineEnds(request.code);
    return request;
}

Parsed<CompletionRequest> parseCompletionRequest(const QByteArray& body)
{
    FieldReader reader(body, u"org.apache.livy.CompletionRequest"_s);
    CompletionRequest request;
    QString cursor;
    reader.read(u"code"_s, request.code);
    reader.read(u"kind"_s, request.kind);
    reader.read(u"cursor"_s, cursor);
    if (const auto refusal = reader.refusal())
        return std::unexpected(*refusal);
    const QString kind = canonicalKind(request.kind);
    if (kind.isNull())
        return std::unexpected(Refusal{ 500, u"java.lang.IllegalArgumentException: Invalid kind: "_s + request.kind, true });
    request.kind = kind;
    bool isInteger = true;
    request.cursor = cursor.isNull() ? 0 : cursor.toInt(&isInteger);
    if (!isInteger)
        return std::unexpected(Refusal{ 400, u"Cannot deserialize value of type `int` from String \"%1\""_s.arg(cursor), true });
    return request;
}

Parsed<AddRequest> parseAddRequest(const QByteArray& body)
{
    FieldReader reader(body, u"org.apache.livy.client.common.HttpMessages$AddResource"_s);
    QString uri;
    reader.read(u"uri"_s, uri);
    if (const auto refusal = reader.refusal())
        return std::unexpected(*refusal);
    if (uri.isNull()) {
        return std::unexpected(Refusal{ 500,
            u"java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"this.input\" is null"_s, true });
    }
    if (!isAbsolute(uri))
        return std::unexpected(Refusal{ 400, notAbsolute(uri) });
    const QUrl url(uri);
    return AddRequest{ url.isLocalFile() ? url.toLocalFile() : uri };
}

QString canonicalKind(const QString& text)
{
    static const QStringList taken{ u"spark"_s, u"scala"_s, u"pyspark"_s, u"python"_s, u"sparkr"_s, u"r"_s, u"sql"_s,
        u"shared"_s };
    return taken.contains(text) ? wireName(kindFromWire(text)) : QString();
}

QString normalisedLineEnds(QString code)
{
    return code.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
}

qint64 durationMs(const QString& text)
{
    static const QMap<QString, double> units{ { u""_s, 1 }, { u"us"_s, 0.001 }, { u"ms"_s, 1 }, { u"s"_s, 1e3 },
        { u"m"_s, 6e4 }, { u"min"_s, 6e4 }, { u"h"_s, 36e5 }, { u"d"_s, 864e5 } };
    qsizetype digits = 0;
    while (digits < text.size() && text.at(digits) >= u'0' && text.at(digits) <= u'9')
        ++digits;
    const QString unit = text.mid(digits).toLower();
    bool isNumber = false;
    const qint64 number = text.left(digits).toLongLong(&isNumber);
    if (!isNumber || !units.contains(unit))
        return -1;
    const double milliseconds = static_cast<double>(number) * units.value(unit);
    return milliseconds < longestDurationMs ? static_cast<qint64>(milliseconds) : static_cast<qint64>(longestDurationMs);
}

QMap<QString, QString> Resources::sparkSettings() const
{
    QMap<QString, QString> settings;
    for (const auto& [key, value] : conf.asKeyValueRange()) {
        if (key.startsWith(u"spark.") && key != u"spark.master")
            settings.insert(key, value);
    }
    const auto text = [](int count) { return count > 0 ? QString::number(count) : QString(); };
    const std::pair<QString, QString> fields[] = { { u"spark.driver.memory"_s, driverMemory },
        { u"spark.driver.cores"_s, text(driverCores) }, { u"spark.executor.memory"_s, executorMemory },
        { u"spark.executor.cores"_s, text(executorCores) }, { u"spark.executor.instances"_s, text(numExecutors) },
        { u"spark.yarn.queue"_s, queue } };
    for (const auto& [key, value] : fields) {
        if (!value.isEmpty())
            settings.insert(key, value);
    }
    return settings;
}

} // namespace kindling::local
