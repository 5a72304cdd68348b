// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/cellmagic.h"

#include "app/notebook/ipynbnames.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>
#include <QProcess>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CellMagic)
};

using Read = std::expected<CellMagic, QString>;

/// One option of %%sql at the front of `words`; takes it and its value away. Empty = taken; else the problem.
QString takeSqlOption(QStringList& words, CellMagic& magic)
{
    const QString option = words.takeFirst();
    if (option == "-q"_L1 || option == "--quiet"_L1) {
        magic.isQuiet = true;
        return {};
    }
    if (option == "-c"_L1 || option == "--coerce"_L1)
        return {};
    const QString value = words.isEmpty() ? QString() : words.takeFirst();
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if ((option == "-n"_L1 || option == "--maxrows"_L1) && isNumber && number >= -1) {
        magic.mostRows = number;
        return {};
    }
    if ((option == "-m"_L1 || option == "--samplemethod"_L1) && value == "take"_L1)
        return {};
    if (option == "-o"_L1 || option == "--output"_L1)
        return Words::tr("%%sql -o keeps the result in a local Python, which is not there. Without -o the result is in the output notebook.");
    return Words::tr("%%sql does not know the option %1 here: only -q, -n and -m take.").arg(option);
}
}

Read readCellMagic(const QString& line)
{
    QStringList words = QProcess::splitCommand(line.trimmed());
    const QString word = words.isEmpty() ? QString() : words.takeFirst();
    const Kind kind = ipynb::kindOfMagic(word);
    if (word == "%%local"_L1)
        return std::unexpected(Words::tr("%%local runs in a local Python, which is not there. Take the cell out, or run the notebook in Jupyter."));
    if (word == "%%configure"_L1)
        return std::unexpected(Words::tr("%%configure sets the session up: say that with --conf on the command line, and take the cell out."));
    if (kind == Kind::Unknown)
        return std::unexpected(Words::tr("%1 is a command to Jupyter, not code for Spark. Take the cell out, or run the notebook in Jupyter.").arg(word));
    CellMagic magic;
    while (!words.isEmpty()) {
        const QString problem = kind == Kind::Sql ? takeSqlOption(words, magic)
                                                  : Words::tr("%1 takes no options here.").arg(word);
        if (!problem.isEmpty())
            return std::unexpected(problem);
    }
    return magic;
}

Output keptOutput(Output output, const CellMagic& magic)
{
    if (output.status == Output::Status::Error)
        return output;
    if (magic.isQuiet)
        output.parts.clear();
    for (MimePart& part : output.parts) {
        const auto json = magic.mostRows >= 0 && part.mime == "application/json"_L1 ? checkedJson(part.json) : std::nullopt;
        RawObject table(json.value_or(QByteArray()));
        const QList<QByteArray> rows = rawElements(table.value(u"data"));
        if (table.typeOf(u"schema") != RawType::Object || rows.size() <= magic.mostRows)
            continue;
        table.set(u"data"_s, arrayJson(rows.first(magic.mostRows)));
        part.json = table.toJson();
    }
    return output;
}

} // namespace kindling
