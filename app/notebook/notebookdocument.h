// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/kind.h"
#include "app/results/output.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUndoStack>

#include <memory>
#include <optional>

namespace kindling {

/// Names a cell for as long as its document lives; also nbformat 4.5's cell id.
using CellId = QString;

enum class CellType { Code, Markdown, Raw };

/// When a cell ran last, as the driver said it.
struct CellRun {
    std::optional<int> number; ///< the [n] before the cell
    QDateTime started;
    QDateTime completed;
};

/// One cell as a value. `metadata` is the file's own JSON object, kept to the letter where we do not know it.
struct NotebookCell {
    CellId id;
    CellType type = CellType::Code;
    Kind kind = Kind::PySpark; ///< for Code
    QString source;
    QList<Output> outputs;
    CellRun run;
    QByteArray metadata;
    QByteArray fileFields = {}; ///< the file's members of the cell that are not above (attachments …), a JSON object
};

/// A notebook: cells, their text and undo. It owns the text; editors send it changes and obey its signals.
/// Everything a user does to cells is one undo step; outputs and runs are not undoable.
class NotebookDocument final : public QObject {
    Q_OBJECT
public:
    explicit NotebookDocument(QObject* parent = nullptr);
    ~NotebookDocument() override;

    [[nodiscard]] int cellCount() const { return static_cast<int>(m_cells.size()); }
    [[nodiscard]] const NotebookCell& cellAt(int index) const { return m_cells.at(index); }
    /// -1 = no such cell (any more)
    [[nodiscard]] int indexOf(const CellId& id) const;

    /// A fresh cell with a new id at `index`; returns its id.
    CellId insertCell(int index, CellType type, Kind kind, const QString& source = {});
    void removeCell(const CellId& id);
    void moveCell(const CellId& id, int toIndex);
    /// Consecutive calls for one cell become one undo step. Emits sourceChanged only if the text differs.
    void setSource(const CellId& id, const QString& source);
    void setKind(const CellId& id, CellType type, Kind kind);
    void setOutputs(const CellId& id, const QList<Output>& outputs, const CellRun& run);
    void clearOutputs();

    [[nodiscard]] QUndoStack* undoStack() { return &m_undoStack; }
    /// Differs from the file it was read from or saved to?
    [[nodiscard]] bool isModified() const { return m_isModified; }
    void setUnmodified();
    /// Counts what is to be saved.
    [[nodiscard]] int revision() const { return m_revision; }
    /// What was here at `revision` is in its file now.
    void setSaved(int revision);
    /// What is here is in no file (it came from a backup): modified, whatever undo says.
    void markModified();

    /// Replaces everything (after opening a file); clears undo; emits wasReset.
    void reset(QList<NotebookCell> cells, QByteArray metadata, QByteArray fileFields = {});
    [[nodiscard]] const QList<NotebookCell>& cells() const { return m_cells; }
    /// The notebook's own metadata object, to the letter.
    [[nodiscard]] const QByteArray& metadata() const { return m_metadata; }
    /// What else its file has, as in NotebookFile.
    [[nodiscard]] const QByteArray& fileFields() const { return m_fileFields; }

Q_SIGNALS:
    void wasReset();
    void cellInserted(int index);
    void cellRemoved(int index, const kindling::CellId& id);
    void cellMoved(int from, int to);
    void sourceChanged(const kindling::CellId& id);
    void kindChanged(const kindling::CellId& id);
    void outputsChanged(const kindling::CellId& id);
    void modifiedChanged(bool isModified);
    /// Anything that is to be saved changed.
    void contentChanged();

private:
    friend class NotebookEdit;
    void updateModified();
    void touch();
    void applyInsert(int index, const NotebookCell& cell);
    void applyRemove(int index);
    void applyMove(int from, int to);
    void applySource(const CellId& id, const QString& source);
    void applyKind(const CellId& id, CellType type, Kind kind);

    QList<NotebookCell> m_cells;
    QByteArray m_metadata;
    QByteArray m_fileFields;
    QUndoStack m_undoStack;
    int m_revision = 0;
    bool m_isModified = false;
    bool m_isAheadOfFile = false; ///< by something that undo cannot take back
};

} // namespace kindling
