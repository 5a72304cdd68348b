// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/session.h"

#include "app/local/json.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
const QString rpcException = u"java.util.concurrent.ExecutionException: org.apache.livy.rsc.rpc.RpcException: "
                             "java.lang.IllegalArgumentException: "_s;

int retainedStatements(const SessionRequest& request)
{
    const int count = request.resources.conf.value(u"livy.rsc.retained-statements"_s).toInt();
    return count > 0 ? count : 100;
}

QByteArray confJson(const QMap<QString, QString>& conf)
{
    QJsonObject object;
    for (auto it = conf.begin(); it != conf.end(); ++it)
        object.insert(it.key(), it.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}
}

QString wireName(SessionState state)
{
    switch (state) {
    case SessionState::Starting: return u"starting"_s;
    case SessionState::Idle: return u"idle"_s;
    case SessionState::Busy: return u"busy"_s;
    case SessionState::Error: return u"error"_s;
    case SessionState::ShuttingDown: return u"shutting_down"_s;
    case SessionState::Dead: return u"dead"_s;
    }
    return {};
}

Session::Session(
    int id, SessionRequest request, std::unique_ptr<Interpreter> driver, Clock& clock, Clock::Duration idle)
    : m_id(id)
    , m_request(std::move(request))
    , m_driver(std::move(driver))
    , m_clock(clock)
    , m_statements(retainedStatements(m_request))
    , m_lifetime(m_request, idle, clock.steady())
{
    connectDriver();
}

Session::~Session() = default;

void Session::connectDriver()
{
    Interpreter* driver = m_driver.get();
    connect(driver, &Interpreter::becameReady, this, [this](const DriverInfo& info) {
        m_info = info;
        if (m_state == SessionState::Starting)
            m_state = SessionState::Idle;
    });
    connect(driver, &Interpreter::progressed, this, [this](int statementId, double progress) {
        if (Statement* statement = m_statements.find(statementId))
            statement->progress = progress;
    });
    connect(driver, &Interpreter::printed, this, &Session::onPrinted);
    connect(driver, &Interpreter::finished, this, &Session::onFinished);
    connect(driver, &Interpreter::pythonChanged, this, &Session::onPythonChanged);
    connect(driver, &Interpreter::completed, this, [this](int completion, const QStringList& candidates) {
        if (const auto callback = m_completions.take(completion))
            callback(candidates);
    });
    connect(driver, &Interpreter::added, this, &Session::onAdded);
    connect(driver, &Interpreter::logged, this,
        [this](LogSection section, const QString& line) { m_log.append(section, line); });
    connect(driver, &Interpreter::ended, this, &Session::onEnded);
}

bool Session::isActive() const
{
    return m_state != SessionState::ShuttingDown && m_state != SessionState::Dead;
}

bool Session::isOver() const
{
    return m_state != SessionState::ShuttingDown && m_lifetime.isOver(m_clock.steady(), m_runningId >= 0);
}

QByteArray Session::json() const
{
    const Resources& resources = m_request.resources;
    const QByteArray appInfo = JsonObjectWriter()
                                   .raw("driverLogUrl", "null")
                                   .text("sparkUiUrl", m_info.uiUrl)
                                   .raw("executorLogUrls", "null")
                                   .finish();
    return JsonObjectWriter()
        .number("id", m_id)
        .text("name", resources.name)
        .text("appId", m_info.appId)
        .raw("owner", "null")
        .raw("proxyUser", "null")
        .text("state", wireName(m_state))
        .text("kind", m_request.kind)
        .raw("appInfo", appInfo)
        .list("log", m_log.tail())
        .text("ttl", m_request.ttl)
        .text("idleTimeout", m_request.idleTimeout)
        .text("driverMemory", resources.driverMemory)
        .number("driverCores", resources.driverCores)
        .text("executorMemory", resources.executorMemory)
        .number("executorCores", resources.executorCores)
        .raw("conf", confJson(resources.conf))
        .list("archives", resources.archives)
        .list("files", resources.files)
        .number("heartbeatTimeoutInSecond", m_request.heartbeatSeconds)
        .list("jars", resources.jars)
        .number("numExecutors", resources.numExecutors)
        .list("pyFiles", resources.pyFiles)
        .text("queue", resources.queue)
        .finish();
}

std::optional<Refusal> Session::refusalWhileNotRunning() const
{
    if (isActive() && m_state != SessionState::Starting)
        return std::nullopt;
    return Refusal{ 500, u"java.lang.IllegalStateException: Session is in state "_s + wireName(m_state), true };
}

Parsed<QString> Session::kindOf(const StatementRequest& request) const
{
    const QString text = request.kind.isEmpty() ? m_request.kind : request.kind;
    const QString kind = canonicalKind(text);
    if (kind == u"shared") {
        return std::unexpected(
            Refusal{ 500, rpcException + u"Code type should be specified if session kind is shared"_s, true });
    }
    if (kind.isNull())
        return std::unexpected(Refusal{ 500, rpcException + u"Invalid kind: "_s + text, true });
    return kind;
}

Parsed<NewStatement> Session::run(const StatementRequest& request)
{
    if (const auto refusal = refusalWhileNotRunning())
        return std::unexpected(*refusal);
    const auto kind = kindOf(request);
    if (!kind)
        return std::unexpected(kind.error());
    act();
    const int statementId = m_statements.add(request.code, *kind).id;
    runNext();
    return NewStatement{ statementId, m_statements.find(statementId)->json() };
}

void Session::runNext()
{
    Statement* next = m_statements.firstWaiting();
    if (m_runningId >= 0 || !next || !isActive())
        return;
    m_runningId = next->id;
    next->state = StatementState::Running;
    next->startedMs = m_clock.now().toMSecsSinceEpoch();
    m_state = SessionState::Busy;
    m_driver->execute(next->id, next->kind, next->code);
}

void Session::onFinished(int statementId, const QByteArray& output, bool isInterpreterDead)
{
    if (statementId != m_runningId)
        return;
    m_runningId = -1;
    act();
    m_cancelDeadline.cancel();
    m_isDamaged = isInterpreterDead;
    if (Statement* statement = m_statements.find(statementId)) {
        const bool isCancelled
            = statement->state == StatementState::Cancelling || statement->state == StatementState::Cancelled;
        statement->output = output;
        statement->printed.clear();
        statement->state = isCancelled ? StatementState::Cancelled : StatementState::Available;
        statement->completedMs = m_clock.now().toMSecsSinceEpoch();
    }
    if (isActive())
        m_state = m_isDamaged ? SessionState::Error : SessionState::Idle;
    runNext();
}

void Session::onPrinted(int statementId, const QString& text)
{
    Statement* statement = m_statements.find(statementId);
    if (statement && statementId == m_runningId)
        statement->printed += text;
}

void Session::onPythonChanged(bool isAlive)
{
    m_isDamaged = !isAlive;
    if (m_state == SessionState::Idle || m_state == SessionState::Error)
        m_state = m_isDamaged ? SessionState::Error : SessionState::Idle;
}

std::optional<Refusal> Session::restartPython()
{
    if (const auto refusal = refusalWhileNotRunning())
        return refusal;
    act();
    m_driver->restartPython();
    return std::nullopt;
}

std::optional<Refusal> Session::cancel(int statementId)
{
    if (const auto refusal = refusalWhileNotRunning())
        return refusal;
    act();
    Statement* statement = m_statements.find(statementId);
    if (!statement)
        return std::nullopt;
    if (isTerminal(statement->state)) {
        if (statementId == m_runningId) // it only counts as ended
            m_driver->cancel(statementId);
        return std::nullopt;
    }
    if (statement->state == StatementState::Waiting) {
        statement->state = StatementState::Cancelled;
        statement->completedMs = m_clock.now().toMSecsSinceEpoch();
        return std::nullopt;
    }
    statement->state = StatementState::Cancelling;
    m_driver->cancel(statementId);
    m_cancelDeadline.cancel();
    m_cancelDeadline = m_clock.after(cancelPatience, this, [this, statementId] { giveUpCancelling(statementId); });
    return std::nullopt;
}

void Session::giveUpCancelling(int statementId)
{
    Statement* statement = m_statements.find(statementId);
    if (!statement || statement->state != StatementState::Cancelling)
        return;
    statement->state = StatementState::Cancelled;
    statement->completedMs = m_clock.now().toMSecsSinceEpoch();
}

std::optional<Refusal> Session::complete(
    const CompletionRequest& request, std::function<void(QStringList)> callback)
{
    if (const auto refusal = refusalWhileNotRunning())
        return refusal;
    act();
    const int completion = m_nextRequest++;
    m_completions.insert(completion, std::move(callback));
    m_driver->complete(completion, request);
    return std::nullopt;
}

int Session::await(AddCallback callback)
{
    act();
    m_additions.insert(m_nextRequest, std::move(callback));
    return m_nextRequest++;
}

std::optional<Refusal> Session::add(ResourceKind kind, const QString& path, AddCallback callback)
{
    if (const auto refusal = refusalWhileNotRunning())
        return refusal;
    m_driver->add(await(std::move(callback)), kind, path);
    return std::nullopt;
}

std::optional<Refusal> Session::addUpload(ResourceKind kind, const UploadedFile& file, AddCallback callback)
{
    if (const auto refusal = refusalWhileNotRunning())
        return refusal;
    m_driver->addUpload(await(std::move(callback)), kind, file);
    return std::nullopt;
}

void Session::onAdded(int request, const QString& error)
{
    const AddCallback callback = m_additions.take(request);
    if (!callback)
        return;
    if (error.isNull())
        callback(std::nullopt);
    else
        callback(Refusal{ 500, u"java.util.concurrent.ExecutionException: java.lang.RuntimeException: "_s + error, true });
}

void Session::stop(QObject* context, std::function<void()> callback)
{
    if (m_state == SessionState::Dead) {
        m_clock.after(Clock::Duration{ 0 }, context, std::move(callback));
        return;
    }
    connect(this, &Session::ended, context, std::move(callback), Qt::SingleShotConnection);
    if (m_state == SessionState::ShuttingDown)
        return;
    m_state = SessionState::ShuttingDown;
    m_driver->stop();
}

void Session::onEnded()
{
    m_state = SessionState::Dead;
    m_lifetime.end(m_clock.steady());
    m_runningId = -1;
    m_cancelDeadline.cancel();
    const auto completions = std::exchange(m_completions, {});
    for (const auto& callback : completions)
        callback({});
    const auto additions = std::exchange(m_additions, {});
    for (const auto& callback : additions)
        callback(Refusal{ 500, u"java.util.concurrent.CancellationException"_s, true });
    Q_EMIT ended();
}

} // namespace kindling::local
