// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/notebookplan.h"

#include "app/livy/rowlimit.h"
#include "app/notebook/ipynbnames.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(NotebookPlan)
};

/// The first line that told the kind has left the text and waits in the metadata.
QString magicOf(const NotebookCell& cell)
{
    const QString told = RawObject(cell.metadata).object(ipynb::ours).string(ipynb::magic);
    if (!told.isEmpty())
        return told;
    const QString line = cell.source.section(u'\n', 0, 0);
    return line.startsWith("%%"_L1) ? line : QString();
}

bool loadsJupyterExtensions(const QString& code)
{
    static const QRegularExpression line(u"^%(load_ext|reload_ext|manage_spark)\\b"_s, QRegularExpression::MultilineOption);
    return line.match(code).hasMatch();
}

Result<PlannedCell> plan(const NotebookCell& cell, int number)
{
    const auto refused = [number](const QString& why) {
        return failure(ErrorKind::Rejected, Words::tr("Cell %1 cannot run here: %2").arg(QString::number(number), why));
    };
    PlannedCell planned{ .id = cell.id, .number = number, .kind = cell.kind, .code = cell.source, .magic = {} };
    if (const QString line = magicOf(cell); !line.isEmpty()) {
        const auto magic = readCellMagic(line);
        if (!magic)
            return refused(magic.error());
        planned.magic = *magic;
    }
    if (loadsJupyterExtensions(cell.source))
        return refused(Words::tr("it sets up Jupyter's own Python, and the cells after it rely on that."));
    if (cell.kind == Kind::Unknown || cell.kind == Kind::Shared)
        return refused(Words::tr("nobody knows its language. Name one with --kind."));
    return planned;
}
}

Result<QList<PlannedCell>> planNotebook(const NotebookFile& file)
{
    QList<PlannedCell> cells;
    for (int index = 0; index < file.cells.size(); ++index) {
        const NotebookCell& cell = file.cells.at(index);
        if (cell.type != CellType::Code || cell.source.trimmed().isEmpty())
            continue;
        const Result<PlannedCell> planned = plan(cell, index + 1);
        if (!planned)
            return std::unexpected(planned.error());
        cells.append(*planned);
    }
    return cells;
}

int rowsWanted(const QList<PlannedCell>& cells)
{
    int most = 0;
    for (const PlannedCell& each : cells)
        most = std::max(most, each.magic.mostRows);
    return most > usualRowLimit ? most : 0;
}

} // namespace kindling
