// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/notebook/notebookdocument.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace kindling {

/// A notebook file's content as values.
struct NotebookFile {
    QList<NotebookCell> cells;
    QByteArray metadata; ///< JSON object, to the letter
    QString repairs;     ///< what was mended while reading; empty = nothing
    bool isWhole = true; ///< no cell was lost while reading, nor anything of a cell's text
    QByteArray fileFields = {}; ///< the file's own members that are not above, a JSON object; empty = none
};

/// What is to be saved of a document.
[[nodiscard]] NotebookFile fileOf(const NotebookDocument& document);
/// Reads nbformat 4 (and 3's worksheets), of Jupyter, sparkmagic (its kernels and first-line %%sql, %%spark …) or ours.
/// Errors: Protocol with a title for people.
/// `plainKind`: the kind of cells that name none; nothing = as the notebook's kernel says.
[[nodiscard]] Result<NotebookFile> readIpynb(const QByteArray& json, std::optional<Kind> plainKind = {});
/// Writes nbformat 4.5: what Jupyter opens. A cell's kind is in its metadata `kindling.kind`, unknown metadata is kept.
[[nodiscard]] QByteArray writeIpynb(const NotebookFile& file);
/// Loads from / saves to disk (QSaveFile, atomic). Errors: Io, Protocol.
[[nodiscard]] Result<NotebookFile> loadNotebook(const QString& path, std::optional<Kind> plainKind = {});
[[nodiscard]] Result<void> saveNotebook(const QString& path, const NotebookFile& file);

} // namespace kindling
