// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/keptresult.h"

#include "app/livy/outputcodec.h"
#include "app/livy/rowlimit.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>
#include <QLocale>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(KeptResult)
};

/// As a program writes it that does not want it among its results.
Output remarkOutput(const QString& words)
{
    Output remark;
    remark.parts.append({ u"text/plain"_s, jsonString(words + u'\n') });
    remark.fileFields = R"({"name":"stderr","output_type":"stream"})";
    return remark;
}

/// Whether there are more rows than these; empty = no.
QString remarkOn(const Output& output)
{
    const auto table = renderOutput(output).table;
    if (!table || !table->isCapped())
        return {};
    return Words::tr("%1 of at least %1 rows: the server stopped there. More come with %%sql -n, or with --conf %2=N.")
        .arg(QLocale().toString(table->rowCount()), rowLimitSetting());
}
}

KeptResult keptResult(const Run& run, const PlannedCell& cell, const QMap<QString, QString>& settings)
{
    if (!run.output) {
        const QString problem = run.problem.title.isEmpty() ? run.note : run.problem.title;
        return { .outputs = run.state == RunState::Finished ? QList<Output>() : QList<Output>{ problemOutput(problem) }, .remark = {} };
    }
    Output output = keptOutput(*run.output, cell.magic);
    if (output.rowLimit == 0) // before 0.8 no server tells a session's settings
        output.rowLimit = rowLimitOf(settings);
    if (output.status == Output::Status::Ok && output.parts.isEmpty())
        return {};
    KeptResult kept{ .outputs = { output }, .remark = cell.kind == Kind::Sql ? remarkOn(output) : QString() };
    if (!kept.remark.isEmpty())
        kept.outputs.append(remarkOutput(kept.remark));
    return kept;
}

Output problemOutput(const QString& what)
{
    Output problem;
    problem.status = Output::Status::Error;
    problem.errorName = u"Kindling"_s;
    problem.errorValue = what;
    return problem;
}

} // namespace kindling
