// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livyapi.h"

#include "app/livy/jsonnode.h"
#include "app/livy/livycall.h"
#include "app/livy/livycodec.h"
#include "app/livy/requestcodec.h"

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
Result<Done> ignoreBody(const QByteArray&)
{
    return Done{};
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
        return m_channel.call<ItemPage>(m_channel.get({ u"sessions"_s }, pageQuery(from, size)), context, decodeItemPage, std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.get({ u"sessions"_s, id }), context, decodeItem, std::move(reply));
    }
    RequestHandle create(const NewSession& wanted, QObject* context, Reply<SparkItem> reply) override
    {
        return createRaw(encodeSession(wanted, m_version), context, std::move(reply));
    }
    RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.post({ u"sessions"_s }, json), context, decodeItem, std::move(reply));
    }
    RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return removeItem(m_channel, { u"sessions"_s, id }, context, std::move(reply));
    }

private:
    LivyChannel& m_channel;
    const ServerVersion& m_version;
};

class LivyStatements final : public StatementsFacet {
public:
    explicit LivyStatements(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle run(const QString& session, const QString& code, Kind kind, QObject* context, Reply<Statement> reply) override
    {
        return m_channel.call<Statement>(m_channel.post(path(session), encodeStatement(code, kind)), context, decodeStatement, std::move(reply));
    }
    RequestHandle fetch(const QString& session, int statement, QObject* context, Reply<Statement> reply) override
    {
        return m_channel.call<Statement>(m_channel.get(path(session) << QString::number(statement)), context, decodeStatement, std::move(reply));
    }
    RequestHandle list(const QString& session, QObject* context, Reply<StatementPage> reply) override
    {
        return m_channel.call<StatementPage>(m_channel.get(path(session)), context, decodeStatementPage, std::move(reply));
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
        request.deadline = std::chrono::seconds(10);
        return m_channel.call<QStringList>(std::move(request), context, decodeCandidates, std::move(reply));
    }

private:
    static QStringList path(const QString& session) { return { u"sessions"_s, session, u"statements"_s }; }

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
        return m_channel.call<ItemPage>(m_channel.get({ u"batches"_s }, pageQuery(from, size)), context, decodeItemPage, std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return m_channel.call<SparkItem>(m_channel.get({ u"batches"_s, id }), context, decodeItem, std::move(reply));
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
};

class LivyLogs final : public LogsFacet {
public:
    explicit LivyLogs(LivyChannel& channel)
        : m_channel(channel)
    {
    }
    RequestHandle sessionLog(const QString& id, QObject* context, Reply<LogSlice> reply) override
    {
        return log(u"sessions"_s, id, context, std::move(reply));
    }
    RequestHandle batchLog(const QString& id, QObject* context, Reply<LogSlice> reply) override
    {
        return log(u"batches"_s, id, context, std::move(reply));
    }

private:
    RequestHandle log(const QString& list, const QString& id, QObject* context, Reply<LogSlice> reply)
    {
        return m_channel.call<LogSlice>(m_channel.get({ list, id, u"log"_s }, "size=-1"), context, decodeLog, std::move(reply));
    }

    LivyChannel& m_channel;
};

class LivyApi final : public SparkApi {
public:
    LivyApi(QUrl base, std::unique_ptr<Transport> transport)
        : m_channel(std::move(base), std::move(transport))
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
    StatementsFacet* statements() override { return &m_statements; }
    BatchesFacet* batches() override { return &m_batches; }
    LogsFacet* logs() override { return &m_logs; }
    QByteArray preview(const NewSession& wanted) const override { return indentedJson(encodeSession(wanted, *m_version)).toUtf8(); }
    QByteArray preview(const NewBatch& wanted) const override { return indentedJson(encodeBatch(wanted)).toUtf8(); }

private:
    LivyChannel m_channel;
    std::shared_ptr<ServerVersion> m_version = std::make_shared<ServerVersion>();
    LivySessions m_sessions{ m_channel, *m_version };
    LivyStatements m_statements{ m_channel };
    LivyBatches m_batches{ m_channel };
    LivyLogs m_logs{ m_channel };
};
}

std::unique_ptr<SparkApi> makeLivyApi(QUrl base, std::unique_ptr<Transport> transport)
{
    return std::make_unique<LivyApi>(std::move(base), std::move(transport));
}

} // namespace kindling
