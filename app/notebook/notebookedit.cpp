// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/notebookedit.h"

namespace kindling {

InsertCell::InsertCell(NotebookDocument& document, int index, NotebookCell cell)
    : NotebookEdit(document)
    , m_index(index)
    , m_cell(std::move(cell))
{
}

void InsertCell::redo()
{
    insert(m_index, m_cell);
}

void InsertCell::undo()
{
    // Outputs that arrived since are no undo steps; keep them for a redo.
    m_cell = document().cellAt(m_index);
    take(m_index);
}

RemoveCell::RemoveCell(NotebookDocument& document, int index)
    : NotebookEdit(document)
    , m_index(index)
{
}

void RemoveCell::redo()
{
    m_cell = document().cellAt(m_index);
    take(m_index);
}

void RemoveCell::undo()
{
    insert(m_index, m_cell);
}

MoveCell::MoveCell(NotebookDocument& document, int from, int to)
    : NotebookEdit(document)
    , m_from(from)
    , m_to(to)
{
}

SetSource::SetSource(NotebookDocument& document, CellId cell, QString text)
    : NotebookEdit(document)
    , m_cell(std::move(cell))
    , m_before(document.cellAt(document.indexOf(m_cell)).source)
    , m_after(std::move(text))
{
}

bool SetSource::mergeWith(const QUndoCommand* next)
{
    const auto* other = dynamic_cast<const SetSource*>(next);
    if (!other || other->m_cell != m_cell)
        return false;
    m_after = other->m_after;
    setObsolete(m_after == m_before);
    return true;
}

SetKind::SetKind(NotebookDocument& document, CellId cell, CellType type, Kind newKind)
    : NotebookEdit(document)
    , m_cell(std::move(cell))
    , m_typeAfter(type)
    , m_kindAfter(newKind)
{
    const NotebookCell& now = document.cellAt(document.indexOf(m_cell));
    m_typeBefore = now.type;
    m_kindBefore = now.kind;
}

} // namespace kindling
