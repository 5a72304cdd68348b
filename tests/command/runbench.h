// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/notebookrun.h"
#include "tests/command/fakeconsole.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesparkapi.h"

#include <QTemporaryDir>

namespace kindling::test {

/// A run on a scripted server; "fail" in a cell fails, "hang" never ends, the rest is done at once.
struct RunBench {
    explicit RunBench(const QStringList& sources, const std::function<void(RunJob&)>& change = {});
    void start();
    /// Lets time pass, until the run has ended; a session that starts is idle a second later.
    void pass(Clock::Duration time);
    [[nodiscard]] QString outputPath() const { return folder.filePath(QStringLiteral("o.ipynb")); }
    [[nodiscard]] QByteArray onDisk() const;

    FakeClock clock;
    QTemporaryDir folder;
    std::shared_ptr<FakeSparkApi::State> api = std::make_shared<FakeSparkApi::State>();
    Server server;
    NotebookDocument document;
    FakeConsole console;
    QStringList posted;
    QByteArrayList onDiskWhenPosted;
    Statement hanging;
    bool staysStarting = false;
    std::optional<ExitCode> ended;
    int ends = 0;
    std::unique_ptr<NotebookRun> run;
};

} // namespace kindling::test
