// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/recorder.h"

#include "app/storage/backlog.h"
#include "app/storage/pendinganswer.h"
#include "app/storage/recordbase.h"
#include "app/storage/recordreader.h"

#include <QThread>

#include <map>

namespace kindling {

using namespace std::chrono_literals;

namespace {
constexpr Clock::Duration batchInterval = 500ms;
constexpr Clock::Duration retryInterval = 5s;
constexpr Clock::Duration policyInterval = 1h;
}

class Recorder::Private final {
public:
    Private(Recorder* recorder, const QString& file, Clock& someClock)
        : q(recorder)
        , clock(someClock)
        , base(std::make_unique<RecordBase>(file))
        , problem(failure(ErrorKind::Cancelled, {}).error())
    {
        worker.moveToThread(&thread);
        thread.setObjectName("recorder");
        thread.start(QThread::LowPriority);
    }

    /// `work` on the database's thread, then `done` here.
    void post(std::function<void(RecordBase&)> work, std::function<void()> done);
    void flushAfter(Clock::Duration delay);
    void flush();
    void onWritten(const Result<void>& result, const QString& aside);
    void applyPolicy();
    void setProblem(const Error& error, const QString& aside);
    template<typename T>
    RequestHandle ask(std::function<Result<T>(const QSqlDatabase&)> question, QObject* context, Callback<T> callback);

    Recorder* q;
    Clock& clock;
    std::unique_ptr<RecordBase> base;
    QThread thread;
    QObject worker; ///< lives on the thread: what is posted to it runs there, in its order
    std::map<qint64, std::function<void()>> underWay;
    qint64 lastWork = 0;
    RecordPolicy policy;
    Backlog waiting;
    int writes = 0;            ///< batches under way
    bool hasUnwritten = false; ///< the last one failed: the database's side keeps it
    bool isFlushPlanned = false;
    RequestHandle flushTimer;
    RequestHandle policyTimer;
    Error problem;
    QString setAside;
};

Recorder::Recorder(QString file, Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, file, clock))
{
}

Recorder::~Recorder()
{
    RecordBase* base = d->base.get();
    QMetaObject::invokeMethod(&d->worker, [base, rest = d->waiting.take()] {
        static_cast<void>(base->write(rest));
        base->close();
        QThread::currentThread()->quit();
    });
    d->thread.wait();
}

void Recorder::setPolicy(const RecordPolicy& policy)
{
    d->policy = policy;
    if (!policy.isOn) {
        d->waiting.clear();
        d->post([](RecordBase& records) { records.giveUpUnwritten(); }, [this] { d->hasUnwritten = false; });
    }
    d->policyTimer.cancel();
    d->policyTimer = d->clock.after(retryInterval, this, [this] { d->applyPolicy(); });
}

void Recorder::record(const Observation& observation)
{
    if (!d->policy.isOn)
        return;
    d->waiting.append(observation);
    d->flushAfter(batchInterval);
}

RequestHandle Recorder::lives(const LifeQuery& wanted, QObject* context, Callback<QList<RecordedLife>> callback)
{
    return d->ask<QList<RecordedLife>>([wanted](const QSqlDatabase& database) { return readLives(database, wanted); }, context, std::move(callback));
}

RequestHandle Recorder::states(const StateQuery& wanted, QObject* context, Callback<QList<RecordedState>> callback)
{
    return d->ask<QList<RecordedState>>([wanted](const QSqlDatabase& database) { return readStates(database, wanted); }, context, std::move(callback));
}

RequestHandle Recorder::log(const LogQuery& wanted, QObject* context, Callback<RecordedLog> callback)
{
    return d->ask<RecordedLog>([wanted](const QSqlDatabase& database) { return readLog(database, wanted); }, context, std::move(callback));
}

RequestHandle Recorder::statements(const StatementQuery& wanted, QObject* context, Callback<QList<RecordedStatement>> callback)
{
    return d->ask<QList<RecordedStatement>>([wanted](const QSqlDatabase& database) { return readStatements(database, wanted); }, context, std::move(callback));
}

RequestHandle Recorder::output(qint64 statement, QObject* context, Callback<UnpackedOutput> callback)
{
    return d->ask<UnpackedOutput>([statement](const QSqlDatabase& database) { return readOutput(database, statement); }, context, std::move(callback));
}

RequestHandle Recorder::configuration(LifeNumber life, QObject* context, Callback<RecordedConfiguration> callback)
{
    return d->ask<RecordedConfiguration>([life](const QSqlDatabase& database) { return readConfiguration(database, life); }, context, std::move(callback));
}

RequestHandle Recorder::requests(int most, QObject* context, Callback<QList<RecordedRequest>> callback)
{
    return d->ask<QList<RecordedRequest>>([most](const QSqlDatabase& database) { return readRequests(database, most); }, context, std::move(callback));
}

RequestHandle Recorder::lastUse(LifeNumber life, QObject* context, Callback<RecordedUse> callback)
{
    return d->ask<RecordedUse>([life](const QSqlDatabase& database) { return readLastUse(database, life); }, context, std::move(callback));
}

RequestHandle Recorder::acts(int most, QObject* context, Callback<QList<RecordedAct>> callback)
{
    return d->ask<QList<RecordedAct>>([most](const QSqlDatabase& database) { return readActs(database, most); }, context, std::move(callback));
}

RequestHandle Recorder::gaps(const QDateTime& since, QObject* context, Callback<QList<RecordedGap>> callback)
{
    return d->ask<QList<RecordedGap>>([since](const QSqlDatabase& database) { return readGaps(database, since); }, context, std::move(callback));
}

const Error& Recorder::problem() const
{
    return d->problem;
}

const QString& Recorder::setAside() const
{
    return d->setAside;
}

void Recorder::Private::post(std::function<void(RecordBase&)> work, std::function<void()> done)
{
    // what comes after stays on this side: nothing of the caller's is destroyed on the other thread
    const qint64 number = ++lastWork;
    underWay.emplace(number, std::move(done));
    QMetaObject::invokeMethod(&worker, [this, number, work = std::move(work)] {
        work(*base);
        QMetaObject::invokeMethod(q, [this, number] {
            const auto node = underWay.extract(number);
            node.mapped()();
        }, Qt::QueuedConnection);
    });
}

void Recorder::Private::flushAfter(Clock::Duration delay)
{
    if (writes > 0 || std::exchange(isFlushPlanned, true))
        return;
    flushTimer = clock.after(delay, q, [this] { flush(); });
}

void Recorder::Private::flush()
{
    flushTimer.cancel();
    isFlushPlanned = false;
    if (waiting.isEmpty() && !hasUnwritten)
        return;
    ++writes;
    const auto answer = std::make_shared<std::pair<Result<void>, QString>>();
    post([batch = waiting.take(), answer](RecordBase& records) {
        answer->first = records.write(batch);
        answer->second = records.setAside();
    }, [this, answer] { onWritten(answer->first, answer->second); });
}

void Recorder::Private::onWritten(const Result<void>& result, const QString& aside)
{
    --writes;
    setProblem(result ? failure(ErrorKind::Cancelled, {}).error() : result.error(), aside);
    hasUnwritten = !result;
    if (result)
        Q_EMIT q->recorded();
    if (hasUnwritten || !waiting.isEmpty())
        flushAfter(result ? batchInterval : retryInterval);
}

void Recorder::Private::applyPolicy()
{
    const auto answer = std::make_shared<std::pair<Result<void>, QString>>();
    post([wanted = policy, now = clock.now(), answer](RecordBase& records) {
        answer->first = records.apply(wanted, now);
        answer->second = records.setAside();
    }, [this, answer] {
        if (!answer->first)
            setProblem(answer->first.error(), answer->second);
    });
    policyTimer = clock.after(policyInterval, q, [this] { applyPolicy(); });
}

void Recorder::Private::setProblem(const Error& error, const QString& aside)
{
    if (error == problem && aside == setAside)
        return;
    problem = error;
    setAside = aside;
    Q_EMIT q->problemChanged();
}

template<typename T>
RequestHandle Recorder::Private::ask(std::function<Result<T>(const QSqlDatabase&)> question, QObject* context, Callback<T> callback)
{
    flush();
    const PendingAnswer<T> pending(context, std::move(callback));
    const auto answer = std::make_shared<std::optional<Result<T>>>();
    post([question = std::move(question), answer](RecordBase& records) { *answer = records.read<T>(question); },
        [pending, answer] { pending.deliver(std::move(**answer)); });
    return pending.handle();
}

} // namespace kindling
