// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/notebookdocument.h"

#include "app/notebook/notebookedit.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace kindling {

namespace {
CellId newCellId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}
}

NotebookDocument::NotebookDocument(QObject* parent)
    : QObject(parent)
{
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, &NotebookDocument::updateModified);
    connect(this, &NotebookDocument::contentChanged, this, [this] { ++m_revision; });
}

NotebookDocument::~NotebookDocument()
{
    // A dying stack says that it is clean; nobody may take that for a saved document.
    m_undoStack.blockSignals(true);
}

int NotebookDocument::indexOf(const CellId& id) const
{
    const auto found = std::ranges::find(m_cells, id, &NotebookCell::id);
    return found == m_cells.cend() ? -1 : static_cast<int>(found - m_cells.cbegin());
}

CellId NotebookDocument::insertCell(int index, CellType type, Kind kind, const QString& source)
{
    NotebookCell cell;
    cell.id = newCellId();
    cell.type = type;
    cell.kind = kind;
    cell.source = source;
    const CellId id = cell.id;
    m_undoStack.push(new InsertCell(*this, std::clamp(index, 0, cellCount()), std::move(cell)));
    return id;
}

void NotebookDocument::removeCell(const CellId& id)
{
    const int index = indexOf(id);
    if (index >= 0)
        m_undoStack.push(new RemoveCell(*this, index));
}

void NotebookDocument::moveCell(const CellId& id, int toIndex)
{
    const int from = indexOf(id);
    if (from < 0)
        return;
    const int to = std::clamp(toIndex, 0, cellCount() - 1);
    if (to != from)
        m_undoStack.push(new MoveCell(*this, from, to));
}

void NotebookDocument::setSource(const CellId& id, const QString& source)
{
    const int index = indexOf(id);
    if (index >= 0 && cellAt(index).source != source)
        m_undoStack.push(new SetSource(*this, id, source));
}

void NotebookDocument::setKind(const CellId& id, CellType type, Kind kind)
{
    const int index = indexOf(id);
    if (index >= 0 && (cellAt(index).type != type || cellAt(index).kind != kind))
        m_undoStack.push(new SetKind(*this, id, type, kind));
}

void NotebookDocument::setOutputs(const CellId& id, const QList<Output>& outputs, const CellRun& run)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    m_cells[index].outputs = outputs;
    m_cells[index].run = run;
    Q_EMIT outputsChanged(id);
    touch();
}

void NotebookDocument::clearOutputs()
{
    QList<CellId> cleared;
    for (NotebookCell& cell : m_cells) {
        if (cell.outputs.isEmpty() && !cell.run.number)
            continue;
        cell.outputs.clear();
        cell.run = {};
        cleared.append(cell.id);
    }
    for (const CellId& id : std::as_const(cleared))
        Q_EMIT outputsChanged(id);
    if (!cleared.isEmpty())
        touch();
}

void NotebookDocument::setUnmodified()
{
    m_isAheadOfFile = false;
    m_undoStack.setClean();
    updateModified();
}

void NotebookDocument::setSaved(int revision)
{
    if (revision == m_revision)
        return setUnmodified();
    // Undo must not take what was in the file before for what is in it now.
    m_isAheadOfFile = true;
    m_undoStack.resetClean();
    updateModified();
}

void NotebookDocument::markModified()
{
    touch();
}

void NotebookDocument::reset(QList<NotebookCell> cells, QByteArray metadata, QByteArray fileFields)
{
    QSet<CellId> seen;
    for (NotebookCell& cell : cells) {
        if (cell.id.isEmpty() || seen.contains(cell.id))
            cell.id = newCellId();
        seen.insert(cell.id);
    }
    m_cells = std::move(cells);
    m_metadata = std::move(metadata);
    m_fileFields = std::move(fileFields);
    m_isAheadOfFile = false;
    ++m_revision;
    m_undoStack.clear();
    updateModified();
    Q_EMIT wasReset();
}

void NotebookDocument::updateModified()
{
    const bool isModified = m_isAheadOfFile || !m_undoStack.isClean();
    if (isModified == m_isModified)
        return;
    m_isModified = isModified;
    Q_EMIT modifiedChanged(isModified);
}

void NotebookDocument::touch()
{
    m_isAheadOfFile = true;
    updateModified();
    Q_EMIT contentChanged();
}

void NotebookDocument::applyInsert(int index, const NotebookCell& cell)
{
    m_cells.insert(index, cell);
    Q_EMIT cellInserted(index);
    Q_EMIT contentChanged();
}

void NotebookDocument::applyRemove(int index)
{
    const CellId id = m_cells.takeAt(index).id;
    Q_EMIT cellRemoved(index, id);
    Q_EMIT contentChanged();
}

void NotebookDocument::applyMove(int from, int to)
{
    m_cells.move(from, to);
    Q_EMIT cellMoved(from, to);
    Q_EMIT contentChanged();
}

void NotebookDocument::applySource(const CellId& id, const QString& source)
{
    NotebookCell& cell = m_cells[indexOf(id)];
    if (cell.source == source)
        return;
    cell.source = source;
    Q_EMIT sourceChanged(id);
    Q_EMIT contentChanged();
}

void NotebookDocument::applyKind(const CellId& id, CellType type, Kind kind)
{
    NotebookCell& cell = m_cells[indexOf(id)];
    cell.type = type;
    cell.kind = kind;
    Q_EMIT kindChanged(id);
    Q_EMIT contentChanged();
}

} // namespace kindling
