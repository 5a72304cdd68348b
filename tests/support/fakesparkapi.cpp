// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesparkapi.h"

#include <QFile>

#include <algorithm>

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {
using State = FakeSparkApi::State;

/// What every facet does: note the call, ask the script now, answer after the latency.
class Answerer {
public:
    Answerer(Clock& clock, std::shared_ptr<State> state)
        : m_clock(clock)
        , m_state(std::move(state))
    {
    }
    [[nodiscard]] State& state() const { return *m_state; }

    template<typename T>
    RequestHandle answer(const QString& call, QObject* context, Reply<T> reply, const std::function<Script<T>()>& script) const
    {
        m_state->calls.append(call);
        const Script<T> result = m_state->outage ? Script<T>(std::unexpected(*m_state->outage)) : script();
        if (!result)
            return {};
        return m_clock.after(m_state->latency, context, [reply = std::move(reply), result] { reply(*result); });
    }

    RequestHandle page(ItemType type, int from, int size, QObject* context, Reply<ItemPage> reply) const
    {
        const QString name = type == ItemType::Session ? u"sessions"_s : u"batches"_s;
        return answer<ItemPage>(u"GET %1 %2 %3"_s.arg(name).arg(from).arg(size), context, std::move(reply), [=, this]() -> Script<ItemPage> {
            if (m_state->onList)
                return m_state->onList(type, from, size);
            const QList<SparkItem>& all = type == ItemType::Session ? m_state->sessions : m_state->batches;
            const QList<SparkItem> page = all.mid(from, size);
            return ItemPage{ from, static_cast<int>(all.size()), page, page.size(), {} };
        });
    }

    RequestHandle create(ItemType type, const QString& name, QObject* context, Reply<SparkItem> reply) const
    {
        const QString call = type == ItemType::Session ? u"POST sessions "_s : u"POST batches "_s;
        return answer<SparkItem>(call + name, context, std::move(reply), [=, this]() -> Script<SparkItem> {
            if (m_state->onCreate)
                return m_state->onCreate(type, name);
            QList<SparkItem>& all = type == ItemType::Session ? m_state->sessions : m_state->batches;
            all.append(sparkItem(QString::number(all.size()), u"starting"_s, name));
            return all.constLast();
        });
    }

    RequestHandle remove(ItemType type, const QString& id, QObject* context, Reply<Done> reply) const
    {
        const QString call = type == ItemType::Session ? u"DELETE sessions "_s : u"DELETE batches "_s;
        return answer<Done>(call + id, context, std::move(reply), [=, this]() -> Script<Done> {
            if (m_state->onRemove)
                return m_state->onRemove(type, id);
            QList<SparkItem>& all = type == ItemType::Session ? m_state->sessions : m_state->batches;
            all.removeIf([&id](const SparkItem& item) { return item.id == id; });
            return Done{};
        });
    }

    RequestHandle stateOf(ItemType type, const QString& id, QObject* context, Reply<ItemState> reply) const
    {
        return answer<ItemState>(u"GET state "_s + id, context, std::move(reply), [=, this]() -> Script<ItemState> {
            const SparkItem* item = find(type, id);
            return item ? Script<ItemState>(item->state) : Script<ItemState>(std::unexpected(errorOf(ErrorKind::NotFound)));
        });
    }

    /// The session goes on as dead.
    RequestHandle endSession(const QString& call, const QString& id, QObject* context, Reply<Done> reply) const
    {
        return answer<Done>(call + id, context, std::move(reply), [=, this]() -> Script<Done> {
            SparkItem* item = find(ItemType::Session, id);
            if (!item)
                return std::unexpected(errorOf(ErrorKind::NotFound));
            item->state = ItemState::fromWire(u"dead"_s);
            return Done{};
        });
    }

    RequestHandle fetchItem(ItemType type, const QString& id, QObject* context, Reply<SparkItem> reply, const QString& call = u"GET item "_s) const
    {
        return answer<SparkItem>(call + id, context, std::move(reply), [=, this]() -> Script<SparkItem> {
            const SparkItem* item = find(type, id);
            return item ? Script<SparkItem>(*item) : Script<SparkItem>(std::unexpected(errorOf(ErrorKind::NotFound)));
        });
    }

private:
    /// By id or name.
    [[nodiscard]] SparkItem* find(ItemType type, const QString& id) const
    {
        QList<SparkItem>& all = type == ItemType::Session ? m_state->sessions : m_state->batches;
        const auto at = std::ranges::find_if(all, [&id](const SparkItem& item) { return item.id == id || (!id.isEmpty() && item.name == id); });
        return at == all.end() ? nullptr : &*at;
    }

    Clock& m_clock;
    std::shared_ptr<State> m_state;
};

class FakeSessions final : public SessionsFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) override
    {
        return page(ItemType::Session, from, size, context, std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return fetchItem(ItemType::Session, id, context, std::move(reply));
    }
    RequestHandle create(const NewSession& wanted, QObject* context, Reply<SparkItem> reply) override
    {
        return Answerer::create(ItemType::Session, wanted.name, context, std::move(reply));
    }
    RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) override
    {
        return Answerer::create(ItemType::Session, QString::fromUtf8(json), context, std::move(reply));
    }
    RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return Answerer::remove(ItemType::Session, id, context, std::move(reply));
    }
    RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) override
    {
        return stateOf(ItemType::Session, id, context, std::move(reply));
    }
    RequestHandle keepAlive(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return fetchItem(ItemType::Session, id, context, std::move(reply), u"KEEP session "_s);
    }
    RequestHandle stop(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return endSession(u"STOP session "_s, id, context, std::move(reply));
    }
    RequestHandle endByInterrupt(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return endSession(u"INTERRUPT session "_s, id, context, std::move(reply));
    }
};

class FakeSessionFiles final : public SessionFilesFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle add(const QString& session, SessionFileKind, const QString& uri, QObject* context, Reply<Done> reply) override
    {
        return answer<Done>(u"ADD %1 %2"_s.arg(session, uri), context, std::move(reply), [] { return Script<Done>(Done{}); });
    }
    RequestHandle upload(const QString& session, const SessionUpload& upload, QObject* context, Reply<Done> reply) override
    {
        return answer<Done>(u"UPLOAD %1 %2"_s.arg(session, upload.name), context, std::move(reply), [] { return Script<Done>(Done{}); });
    }
};

class FakeBatches final : public BatchesFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle list(int from, int size, QObject* context, Reply<ItemPage> reply) override
    {
        return page(ItemType::Batch, from, size, context, std::move(reply));
    }
    RequestHandle fetch(const QString& id, QObject* context, Reply<SparkItem> reply) override
    {
        return fetchItem(ItemType::Batch, id, context, std::move(reply));
    }
    RequestHandle create(const NewBatch& wanted, QObject* context, Reply<SparkItem> reply) override
    {
        return Answerer::create(ItemType::Batch, wanted.name, context, std::move(reply));
    }
    RequestHandle createRaw(const QByteArray& json, QObject* context, Reply<SparkItem> reply) override
    {
        return Answerer::create(ItemType::Batch, QString::fromUtf8(json), context, std::move(reply));
    }
    RequestHandle remove(const QString& id, QObject* context, Reply<Done> reply) override
    {
        return Answerer::remove(ItemType::Batch, id, context, std::move(reply));
    }
    RequestHandle state(const QString& id, QObject* context, Reply<ItemState> reply) override
    {
        return stateOf(ItemType::Batch, id, context, std::move(reply));
    }
};

class FakeStatements final : public StatementsFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle run(const QString& session, const QString& code, Kind, QObject* context, Reply<Statement> reply) override
    {
        return answer<Statement>(u"POST statements "_s + session, context, std::move(reply), [this, code]() -> Script<Statement> {
            if (state().onRun)
                return state().onRun(code);
            state().statements.append(statement(static_cast<int>(state().statements.size()), StatementState::Waiting, code));
            return state().statements.constLast();
        });
    }
    RequestHandle fetch(const QString&, int number, QObject* context, Reply<Statement> reply) override
    {
        return answer<Statement>(u"GET statement %1"_s.arg(number), context, std::move(reply), [this, number]() -> Script<Statement> {
            if (state().onFetch)
                return state().onFetch(number);
            const auto at = std::ranges::find(state().statements, number, &Statement::id);
            if (at == state().statements.end())
                return std::unexpected(errorOf(ErrorKind::NotFound));
            return *at;
        });
    }
    /// The code alone, as JSON.
    RequestHandle save(const QString&, int number, const AnswerTarget& target, QObject* context, Reply<qint64> reply) override
    {
        return answer<qint64>(u"SAVE statement %1"_s.arg(number), context, std::move(reply), [this, number, target]() -> Script<qint64> {
            if (state().onSave)
                return state().onSave(number, target);
            const auto at = std::ranges::find(state().statements, number, &Statement::id);
            if (at == state().statements.end())
                return std::unexpected(errorOf(ErrorKind::NotFound));
            QFile file(target.path);
            if (!file.open(QIODevice::WriteOnly))
                return std::unexpected(errorOf(ErrorKind::Io));
            return file.write("{\"code\":\"" + at->code.toUtf8() + "\"}");
        });
    }
    RequestHandle list(const QString& session, const StatementRange& range, QObject* context, Reply<StatementPage> reply) override
    {
        return answer<StatementPage>(u"LIST statements "_s + session, context, std::move(reply), [this, range]() -> Script<StatementPage> {
            if (state().onListStatements)
                return state().onListStatements();
            QList<Statement> all = state().statements;
            if (range.isNewestFirst)
                std::ranges::reverse(all);
            return StatementPage{ static_cast<int>(all.size()), all.mid(range.from, range.size) };
        });
    }
    RequestHandle cancel(const QString&, int number, QObject* context, Reply<Done> reply) override
    {
        return answer<Done>(u"CANCEL statement %1"_s.arg(number), context, std::move(reply), [this, number]() -> Script<Done> {
            return state().onCancel ? state().onCancel(number) : Script<Done>(Done{});
        });
    }
    RequestHandle complete(const QString&, const CompletionQuery&, QObject* context, Reply<QStringList> reply) override
    {
        return answer<QStringList>(u"POST completion"_s, context, std::move(reply), [] { return Script<QStringList>(QStringList()); });
    }
};

class FakeLogs final : public LogsFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle sessionLog(const QString& id, const LogRange&, QObject* context, Reply<LogSlice> reply) override
    {
        return log(ItemType::Session, u"GET session log "_s + id, context, std::move(reply));
    }
    RequestHandle batchLog(const QString& id, const LogRange&, QObject* context, Reply<LogSlice> reply) override
    {
        return log(ItemType::Batch, u"GET batch log "_s + id, context, std::move(reply));
    }

private:
    RequestHandle log(ItemType type, const QString& call, QObject* context, Reply<LogSlice> reply)
    {
        return answer<LogSlice>(call, context, std::move(reply), [this, type]() -> Script<LogSlice> {
            return state().onLog ? state().onLog(type) : Script<LogSlice>(LogSlice{});
        });
    }
};

/// The session's interpreters live again.
class FakePython final : public PythonFacet, public Answerer {
public:
    using Answerer::Answerer;
    RequestHandle restart(const QString& session, QObject* context, Reply<Done> reply) override
    {
        return answer<Done>(u"POST restart-python "_s + session, context, std::move(reply), [this, session]() -> Script<Done> {
            const auto found = std::ranges::find(state().sessions, session, &SparkItem::id);
            if (found == state().sessions.end())
                return std::unexpected(errorOf(ErrorKind::NotFound));
            found->state = ItemState::fromWire(u"idle"_s);
            return Done{};
        });
    }
};
}

class FakeSparkApi::Facets final {
public:
    Facets(Clock& clock, const std::shared_ptr<State>& state)
        : server(clock, state)
        , sessions(clock, state)
        , sessionFiles(clock, state)
        , python(clock, state)
        , batches(clock, state)
        , statements(clock, state)
        , logs(clock, state)
    {
    }
    Answerer server;
    FakeSessions sessions;
    FakeSessionFiles sessionFiles;
    FakePython python;
    FakeBatches batches;
    FakeStatements statements;
    FakeLogs logs;
};

int FakeSparkApi::State::countOf(const QString& prefix) const
{
    return static_cast<int>(std::ranges::count_if(calls, [&prefix](const QString& call) { return call.startsWith(prefix); }));
}

FakeSparkApi::FakeSparkApi(Clock& clock, std::shared_ptr<State> state)
    : m_facets(std::make_unique<Facets>(clock, state))
{
}

FakeSparkApi::~FakeSparkApi() = default;

RequestHandle FakeSparkApi::version(QObject* context, Reply<ServerVersion> reply)
{
    State& state = m_facets->server.state();
    return m_facets->server.answer<ServerVersion>(u"GET version"_s, context, std::move(reply), [&state]() -> Script<ServerVersion> {
        if (state.onVersion)
            return state.onVersion();
        ServerVersion version;
        version.text = u"0.9.0-incubating"_s;
        version.minor = 9;
        return version;
    });
}

SessionsFacet* FakeSparkApi::sessions()
{
    return &m_facets->sessions;
}

SessionFilesFacet* FakeSparkApi::sessionFiles()
{
    return &m_facets->sessionFiles;
}

StatementsFacet* FakeSparkApi::statements()
{
    return m_facets->server.state().hasStatements ? &m_facets->statements : nullptr;
}

PythonFacet* FakeSparkApi::python()
{
    return m_facets->server.state().hasPython ? &m_facets->python : nullptr;
}

BatchesFacet* FakeSparkApi::batches()
{
    return m_facets->server.state().hasBatches ? &m_facets->batches : nullptr;
}

LogsFacet* FakeSparkApi::logs()
{
    return &m_facets->logs;
}

void FakeSparkApi::dropConnections()
{
    ++m_facets->server.state().droppedConnections;
}

SparkItem sparkItem(const QString& id, const QString& state, const QString& name)
{
    SparkItem item;
    item.id = id;
    item.name = name;
    item.state = ItemState::fromWire(state);
    return item;
}

Statement statement(int id, StatementState state, const QString& code)
{
    Statement result;
    result.id = id;
    result.state = state;
    result.code = code;
    return result;
}

Output okOutput(const QByteArray& text)
{
    Output output;
    output.parts.append({ u"text/plain"_s, "\"" + text + "\"" });
    return output;
}

Output errorOutput(const QString& name, const QString& value)
{
    Output output;
    output.status = Output::Status::Error;
    output.errorName = name;
    output.errorValue = value;
    return output;
}

Error errorOf(ErrorKind kind)
{
    return failure(kind, u"scripted"_s).error();
}

} // namespace kindling::test
