// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command/runbench.h"

#include <QFile>

#include <algorithm>

namespace kindling::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
QList<NotebookCell> cellsOf(const QStringList& sources)
{
    QList<NotebookCell> cells;
    for (const QString& source : sources) {
        NotebookCell cell;
        cell.id = u"c%1"_s.arg(cells.size());
        cell.source = source;
        cell.outputs = { okOutput("stale") };
        cell.metadata = "{}";
        cells.append(cell);
    }
    return cells;
}

ServerProfile prod()
{
    ServerProfile profile;
    profile.id = u"p"_s;
    profile.name = u"prod"_s;
    return profile;
}
}

RunBench::RunBench(const QStringList& sources, const std::function<void(RunJob&)>& change)
    : server(prod(), std::make_unique<FakeSparkApi>(clock, api), clock)
{
    api->onRun = [this](const QString& code) -> Script<Statement> {
        Statement made = statement(static_cast<int>(posted.size()), StatementState::Available, code);
        posted.append(code);
        onDiskWhenPosted.append(onDisk());
        made.output = code.contains(u"fail"_s) ? errorOutput(u"ValueError"_s, u"no good"_s) : okOutput("done " + code.toUtf8());
        if (code.contains(u"hang"_s))
            made = statement(made.id, StatementState::Running, code);
        hanging = made;
        return made;
    };
    api->onFetch = [this](int) -> Script<Statement> { return hanging; };
    NotebookFile file;
    file.cells = cellsOf(sources);
    file.metadata = "{}";
    document.reset(file.cells, file.metadata);
    RunJob job{ .cells = planNotebook(file).value(), .outputPath = outputPath(), .session = {} };
    job.session.name = u"nightly"_s;
    if (change)
        change(job);
    run = std::make_unique<NotebookRun>(server, document, std::move(job), console);
    QObject::connect(run.get(), &NotebookRun::finished, run.get(), [this](ExitCode with) {
        ended = with;
        ++ends;
    });
}

void RunBench::start()
{
    run->start();
    server.start();
}

void RunBench::pass(Clock::Duration time)
{
    for (Clock::Duration gone{ 0 }; gone < time && !ended; gone += 100ms) {
        clock.advance(100ms);
        const auto ours = std::ranges::find(api->sessions, u"nightly"_s, &SparkItem::name);
        if (ours != api->sessions.end() && ours->state.value == ItemStateValue::Starting && !staysStarting)
            ours->state = ItemState::fromWire(u"idle"_s);
    }
}

QByteArray RunBench::onDisk() const
{
    QFile file(outputPath());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace kindling::test
