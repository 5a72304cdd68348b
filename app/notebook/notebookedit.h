// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notebook/notebookdocument.h"

#include <QUndoCommand>

namespace kindling {

/// One undo step on a document; the only door to its cells.
class NotebookEdit : public QUndoCommand {
public:
    explicit NotebookEdit(NotebookDocument& document)
        : m_document(document)
    {
    }

protected:
    [[nodiscard]] const NotebookDocument& document() const { return m_document; }
    void insert(int index, const NotebookCell& cell) { m_document.applyInsert(index, cell); }
    void take(int index) { m_document.applyRemove(index); }
    void move(int from, int to) { m_document.applyMove(from, to); }
    void source(const CellId& id, const QString& text) { m_document.applySource(id, text); }
    void kind(const CellId& id, CellType type, Kind newKind) { m_document.applyKind(id, type, newKind); }

private:
    NotebookDocument& m_document;
};

class InsertCell final : public NotebookEdit {
public:
    InsertCell(NotebookDocument& document, int index, NotebookCell cell);
    void redo() override;
    void undo() override;

private:
    int m_index;
    NotebookCell m_cell;
};

class RemoveCell final : public NotebookEdit {
public:
    RemoveCell(NotebookDocument& document, int index);
    void redo() override;
    void undo() override;

private:
    int m_index;
    NotebookCell m_cell;
};

class MoveCell final : public NotebookEdit {
public:
    MoveCell(NotebookDocument& document, int from, int to);
    void redo() override { move(m_from, m_to); }
    void undo() override { move(m_to, m_from); }

private:
    int m_from;
    int m_to;
};

/// Joins a following SetSource of the same cell; obsolete when the text is the first one again.
class SetSource final : public NotebookEdit {
public:
    SetSource(NotebookDocument& document, CellId cell, QString text);
    void redo() override { source(m_cell, m_after); }
    void undo() override { source(m_cell, m_before); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* next) override;

private:
    CellId m_cell;
    QString m_before;
    QString m_after;
};

class SetKind final : public NotebookEdit {
public:
    SetKind(NotebookDocument& document, CellId cell, CellType type, Kind newKind);
    void redo() override { kind(m_cell, m_typeAfter, m_kindAfter); }
    void undo() override { kind(m_cell, m_typeBefore, m_kindBefore); }

private:
    CellId m_cell;
    CellType m_typeBefore = CellType::Code;
    Kind m_kindBefore = Kind::PySpark;
    CellType m_typeAfter;
    Kind m_kindAfter;
};

} // namespace kindling
