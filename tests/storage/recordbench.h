// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/recorder.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

namespace kindling::test {

using namespace Qt::StringLiterals;

/// A recorder on a database in a folder of its own, and observations in short.
struct RecordBench {
    RecordBench() { start(); }
    [[nodiscard]] QString file() const { return folder.filePath(u"history/records.sqlite"_s); }
    void start() { recorder = std::make_unique<Recorder>(file(), clock); }
    void restart()
    {
        recorder.reset();
        start();
    }
    [[nodiscard]] static ItemFacts item(const QString& id = u"3"_s, const QString& name = u"etl"_s)
    {
        return { .key = { u"prod"_s, ItemType::Session, id }, .name = name };
    }
    template<typename What>
    void see(const ItemFacts& facts, What what)
    {
        recorder->record({ .number = 0, .when = clock.now(), .item = facts, .what = std::move(what) });
    }
    void seeState(const ItemFacts& facts, const QString& from, const QString& to)
    {
        const auto state = [](const QString& word) { return word.isEmpty() ? ItemState() : ItemState::fromWire(word); };
        see(facts, StateSeen{ state(from), state(to), {} });
    }
    void seeLines(const ItemFacts& facts, const QStringList& texts, bool isAfterGap = false)
    {
        LogSeen log;
        if (isAfterGap)
            log.lines.append({ LogSection::Stdout, {}, true });
        for (const QString& text : texts)
            log.lines.append({ LogSection::Stdout, text });
        see(facts, log);
    }
    void seeStatement(const ItemFacts& facts, int id, const QString& code, RunState state = RunState::Finished)
    {
        see(facts, StatementSeen{ .id = id, .code = code, .kind = Kind::PySpark, .state = state, .submitted = clock.now(),
                              .started = {}, .completed = {}, .problem = {}, .output = {} });
    }

    /// The answer to `question(callback)`; a problem fails the test and gives an empty value.
    template<typename T, typename Question>
    T answer(Question question)
    {
        std::optional<Result<T>> got;
        question([&got](Result<T> result) { got = std::move(result); });
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, 60'000) || !*got) {
            QTest::qFail(qPrintable(got ? got->error().detail : u"no answer"_s), __FILE__, __LINE__);
            return {};
        }
        return **got;
    }
    QList<RecordedLife> lives(const LifeQuery& wanted = {})
    {
        return answer<QList<RecordedLife>>([&](auto callback) { recorder->lives(wanted, &context, callback); });
    }
    QList<RecordedState> states(LifeNumber life = 0)
    {
        return answer<QList<RecordedState>>([&](auto callback) { recorder->states({ .life = life, .since = {} }, &context, callback); });
    }
    QStringList words(LifeNumber life = 0)
    {
        QStringList result;
        for (const RecordedState& state : states(life))
            result.append(state.to.raw);
        return result;
    }
    RecordedLog log(LogQuery wanted = {})
    {
        if (wanted.life == 0)
            wanted.life = lives().value(0).number;
        return answer<RecordedLog>([&](auto callback) { recorder->log(wanted, &context, callback); });
    }
    QStringList texts()
    {
        QStringList result;
        for (const LogLine& line : log().lines)
            result.append(line.isGap ? u"<gap>"_s : line.text);
        return result;
    }
    QList<RecordedStatement> statements(const StatementQuery& wanted = {})
    {
        return answer<QList<RecordedStatement>>([&](auto callback) { recorder->statements(wanted, &context, callback); });
    }

    QTemporaryDir folder;
    FakeClock clock;
    QObject context;
    std::unique_ptr<Recorder> recorder;
};

} // namespace kindling::test
