// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livyapi.h"

#include "app/livy/itemmemory.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livycall.h"
#include "app/livy/livycodec.h"
#include "app/livy/multipart.h"
#include "app/livy/requestcodec.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
Result<Done> ignoreBody(const QByteArray&)
{
    return Done{};
}

// 0.8 sends the proxy user in the place of the time to live (livy-protocol 8, trap 11).
bool hasFalseTtl(const ServerVersion& version)
{
    return version.major == 0 && version.minor == 8;
}

SparkItem withoutTtl(SparkItem item)
{
    item.ttl.clear();
    return item;
}

std::function<Result<SparkItem>(const QByteArray&)> itemReader(const ServerVersion& version)
{
    if (!hasFalseTtl(version))
        return decodeItem;
    return [](const QByteArray& json) { return decodeItem(json).transform(withoutTtl); };
}

std::function<Result<ItemPage>(const QByteArray&)> pageReader(const ServerVersion& version, const std::shared_ptr<ItemMemory>& memory)
{
    return [hasFalseTtl = hasFalseTtl(version), memory](const QByteArray& json) {
        return decodeItemPage(json, memory.get()).transform([hasFalseTtl](ItemPage page) {
            if (hasFalseTtl)
                std::ranges::transform(page.items, page.items.begin(), withoutTtl);
            return page;
        });
    };
}

// For a server that knows no `order`.
StatementPage newestFirst(StatementPage page, const StatementRange& range)
{
    std::ranges::reverse(page.statements);
    const qsizetype size = range.size < 0 ? page.statements.size() : range.size;
    page.statements = page.statements.mid(std::max(0, range.from), size);
    return page;
}

QByteArray statementQuery(const StatementRange& range)
{
    QByteArrayList parts;
    if (range.from > 0)
        parts += "from=" + QByteArray::number(range.from);
    if (range.size >= 0)
        parts += "size=" + QByteArray::number(range.size);
    if (range.isNewestFirst)
        parts += "order=desc";
    return parts.join('&');
}

QByteArray logQuery(const LogRange& range)
{
    const QByteArray size = "size=" + QByteArray::number(range.size);
    return range.from < 0 ? size : "from=" + QByteArray::number(range.from) + '&' + size;
}

struct FileWords {
    QString add;
    QString upload;
    QByteArray part;
};

FileWords wordsOf(SessionFileKind kind)
{
    switch (kind) {
    case SessionFileKind::Jar:
        return { u"add-jar"_s, u"upload-jar"_s, "jar" };
    case SessionFileKind::PyFile:
        return { u"add-pyfile"_s, u"upload-pyfile"_s, "file" };
    case SessionFileKind::File:
        break;
    }
    return { u"add-file"_s, u"upload-file"_s, "file" };
}

QByteArray pageQuery(int from, int size)
{
    return "from=" + QByteArray::number(from) + "&size=" + QByteArray::number(size);
}

RequestHandle removeItem(LivyChannel& channel, const QStringList& segments, QObject* context, Reply<Done> reply)
{
    const Reply<Done> goneIsDone = [reply = std::move(reply)](const Result<Done>& result) {
        const bool isGone = !result && result.error().kind == ErrorKind::NotFound;
        reply(isGone ? Result<Done>(Done{}) : result);
    };
    return channel.call<Done>(channel.remove(segments), context, ignoreBody, goneIsDone);
}

class LivySessions final : public SessionsFacet {
public:
    LivySessions(LivyChannel& channel, const ServerVersion& version)
        : m_channel(channel)
        , m_version(version)
    {
    }
    RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) override
    {
        return m_channel.call<ItemPage>(m_channel.get({ u"sessions"_s }, pageQuery(from, size)), context, pageReader(m_version, m_memory), std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.get({ u"sessions"_s, id }), context, itemReader(m_version), std::move(reply));
    }
    RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) override
    {
        return m_channel.call<ItemState>(m_channel.get({ u"sessions"_s, id, u"state"_s }), context, decodeState, std::move(reply));
    }
    RequestHandle create(const NewSession& wanted, QObject* context, Reply<SparkItem> reply) override
    {
        return createRaw(encodeSession(wanted, m_version), context, std::move(reply));
    }
    RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.post({ u"sessions"_s }, json), context, itemReader(m_version), std::move(reply));
    }
    RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return removeItem(m_channel, { u"sessions"_s, id }, context, std::move(reply));
    }
    RequestHandle keepAlive(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(act(id, u"connect"_s), context, itemReader(m_version), std::move(reply));
    }
    RequestHandle stop(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return m_channel.call<Done>(act(id, u"stop"_s), context, ignoreBody, std::move(reply));
    }
    RequestHandle endByInterrupt(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return m_channel.call<Done>(act(id, u"interrupt"_s), context, ignoreBody, std::move(reply));
    }

private:
    [[nodiscard]] HttpRequest act(const QString& id, const QString& verb) const { return m_channel.post({ u"sessions"_s, id, verb }, "{}"); }

    LivyChannel& m_channel;
    std::shared_ptr<ItemMemory> m_memory = std::make_shared<ItemMemory>();
    const ServerVersion& m_version;
};

class LivySessionFiles final : public SessionFilesFacet {
public:
    explicit LivySessionFiles(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle add(const QString& session, SessionFileKind kind, const QString& uri, QObject* context, Reply<Done> reply) override
    {
        const HttpRequest request = m_channel.post({ u"sessions"_s, session, wordsOf(kind).add }, encodeUri(uri));
        return m_channel.call<Done>(request, context, ignoreBody, std::move(reply));
    }
    RequestHandle upload(const QString& session, const SessionUpload& upload, QObject* context, Reply<Done> reply) override
    {
        const FileWords words = wordsOf(upload.kind);
        const Multipart body = encodeFilePart(words.part, upload.name, upload.bytes);
        HttpRequest request = m_channel.post({ u"sessions"_s, session, words.upload }, body.body);
        request.contentType = body.contentType;
        return m_channel.call<Done>(std::move(request), context, ignoreBody, std::move(reply));
    }

private:
    LivyChannel& m_channel;
};

class LivyStatements final : public StatementsFacet {
public:
    LivyStatements(LivyChannel& channel, const ServerVersion& version)
        : m_channel(channel)
        , m_version(version)
    {
    }
    RequestHandle run(const QString& session, const QString& code, Kind kind, QObject* context, Reply<Statement> reply) override
    {
        return m_channel.call<Statement>(m_channel.post(path(session), encodeStatement(code, kind)), context, decodeStatement, m_channel.onOurClock(std::move(reply)));
    }
    RequestHandle fetch(const QString& session, int statement, QObject* context, Reply<Statement> reply) override
    {
        return m_channel.call<Statement>(m_channel.get(path(session) << QString::number(statement)), context, decodeStatement, m_channel.onOurClock(std::move(reply)));
    }
    RequestHandle save(const QString& session, int statement, const AnswerTarget& target, QObject* context, Reply<qint64> reply) override
    {
        return m_channel.save(m_channel.get(path(session) << QString::number(statement)), target, context, std::move(reply));
    }
    RequestHandle list(const QString& session, const StatementRange& range, QObject* context, Reply<StatementPage> reply) override
    {
        if (!range.isNewestFirst || m_version.isAtLeast(0, 8))
            return m_channel.call<StatementPage>(m_channel.get(path(session), statementQuery(range)), context, decodeStatementPage, m_channel.onOurClock(std::move(reply)));
        const auto decode = [range](const QByteArray& json) {
            return decodeStatementPage(json).transform([range](StatementPage page) { return newestFirst(std::move(page), range); });
        };
        return m_channel.call<StatementPage>(m_channel.get(path(session)), context, decode, m_channel.onOurClock(std::move(reply)));
    }
    RequestHandle cancel(const QString& session, int statement, QObject* context, Reply<Done> reply) override
    {
        const QStringList segments = path(session) << QString::number(statement) << u"cancel"_s;
        return m_channel.call<Done>(m_channel.post(segments, "{}"), context, ignoreBody, std::move(reply));
    }
    RequestHandle complete(const QString& session, const CompletionQuery& query, QObject* context,
        Reply<QStringList> reply) override
    {
        HttpRequest request = m_channel.post({ u"sessions"_s, session, u"completion"_s }, encodeCompletion(query.code, query.kind, query.cursor));
        // Whoever types does not wait longer for a proposal.
        request.patience = std::chrono::seconds(10);
        return m_channel.call<QStringList>(std::move(request), context, decodeCandidates, std::move(reply));
    }

private:
    static QStringList path(const QString& session) { return { u"sessions"_s, session, u"statements"_s }; }

    LivyChannel& m_channel;
    const ServerVersion& m_version;
};

class LocalPython final : public PythonFacet {
public:
    explicit LocalPython(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle restart(const QString& session, QObject* context, Reply<Done> reply) override
    {
        return m_channel.call<Done>(m_channel.post({ u"sessions"_s, session, u"restart-python"_s }, "{}"), context, ignoreBody, std::move(reply));
    }

private:
    LivyChannel& m_channel;
};

class LivyBatches final : public BatchesFacet {
public:
    explicit LivyBatches(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) override
    {
        return m_channel.call<ItemPage>(m_channel.get({ u"batches"_s }, pageQuery(from, size)), context, pageReader({}, m_memory), std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.get({ u"batches"_s, id }), context, decodeItem, std::move(reply));
    }
    RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) override
    {
        return m_channel.call<ItemState>(m_channel.get({ u"batches"_s, id, u"state"_s }), context, decodeState, std::move(reply));
    }
    RequestHandle create(const NewBatch& wanted, QObject* context, Reply<SparkItem> reply) override
    {
        return createRaw(encodeBatch(wanted), context, std::move(reply));
    }
    RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.post({ u"batches"_s }, json), context, decodeItem, std::move(reply));
    }
    RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return removeItem(m_channel, { u"batches"_s, id }, context, std::move(reply));
    }

private:
    LivyChannel& m_channel;
    std::shared_ptr<ItemMemory> m_memory = std::make_shared<ItemMemory>();
};

class LivyLogs final : public LogsFacet {
public:
    explicit LivyLogs(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle sessionLog(const QString& id, const LogRange& range, QObject* context, Reply<LogSlice> reply) override
    {
        return m_channel.call<LogSlice>(m_channel.get({ u"sessions"_s, id, u"log"_s }, logQuery(range)), context, decodeLog, std::move(reply));
    }
    RequestHandle batchLog(const QString& id, const LogRange& range, QObject* context, Reply<LogSlice> reply) override
    {
        return m_channel.call<LogSlice>(m_channel.get({ u"batches"_s, id, u"log"_s }, logQuery(range)), context, decodeLog, std::move(reply));
    }

private:

    LivyChannel& m_channel;
};

class LivyApi final : public SparkApi {
public:
    LivyApi(QUrl base, std::unique_ptr<Transport> transport, const QString& doAs)
        : m_channel(std::move(base), std::move(transport), doAs)
    {
    }
    RequestHandle version(QObject* context, Reply<ServerVersion> reply) override
    {
        const Reply<ServerVersion> remember = [known = m_version, reply = std::move(reply)](const Result<ServerVersion>& result) {
            if (result)
                *known = *result;
            reply(result);
        };
        return m_channel.call<ServerVersion>(m_channel.get({ u"version"_s }), context, decodeVersion, remember);
    }
    SessionsFacet* sessions() override { return &m_sessions; }
    SessionFilesFacet* sessionFiles() override { return &m_sessionFiles; }
    StatementsFacet* statements() override { return &m_statements; }
    PythonFacet* python() override { return m_version->sparkVersion.isEmpty() ? nullptr : &m_python; }
    BatchesFacet* batches() override { return &m_batches; }
    LogsFacet* logs() override { return &m_logs; }
    QByteArray preview(const NewSession& wanted) const override { return indentedJson(encodeSession(wanted, *m_version)).toUtf8(); }
    void dropConnections() override { m_channel.dropConnections(); }
    QByteArray preview(const NewBatch& wanted) const override { return indentedJson(encodeBatch(wanted)).toUtf8(); }

private:
    LivyChannel m_channel;
    std::shared_ptr<ServerVersion> m_version = std::make_shared<ServerVersion>();
    LivySessions m_sessions{ m_channel, *m_version };
    LivySessionFiles m_sessionFiles{ m_channel };
    LivyStatements m_statements{ m_channel, *m_version };
    LocalPython m_python{ m_channel };
    LivyBatches m_batches{ m_channel };
    LivyLogs m_logs{ m_channel };
};
}

std::unique_ptr<SparkApi> makeLivyApi(QUrl base, std::unique_ptr<Transport> transport, const QString& doAs)
{
    return std::make_unique<LivyApi>(std::move(base), std::move(transport), doAs);
}

} // namespace kindling
