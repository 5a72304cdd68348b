// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/notebook/filestamp.h"
#include "app/notebook/notebookdocument.h"

#include <QObject>
#include <QString>

namespace kindling {

/// A notebook that an earlier start left behind unsaved.
struct RecoveredNotebook {
    QString backupPath;   ///< the backup file itself
    QString originalPath; ///< the file it was opened from; empty = never saved
    QDateTime when;
    FileStamp originalStamp; ///< of that file when it was last read or saved; invalid = not known
};

/// Backs up one document into `folder` at most one second after a change, off nobody's typing path; the backup is
/// removed when the document is saved or closed on purpose (`discard`).
class Autosave final : public QObject {
    Q_OBJECT
public:
    Autosave(NotebookDocument* document, QString folder, Clock& clock, QObject* parent = nullptr);
    ~Autosave() override;

    /// The file that the text belongs to, and how it was when it was last read or saved.
    void setOriginal(const QString& path, const FileStamp& stamp);
    /// Writes now what is pending or could not be written before. false = the newest text is in no backup.
    bool flush();
    /// The text is safe elsewhere, or unwanted: removes the backup.
    void discard();
    /// Takes over an existing backup file (after recovery) instead of a new one.
    void adopt(const QString& backupPath);

Q_SIGNALS:
    /// The backup could not be written (disk full, no right).
    void failed(const kindling::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The backups in `folder` whose program no longer runs, newest first.
[[nodiscard]] QList<RecoveredNotebook> findRecoverable(const QString& folder);
[[nodiscard]] Result<struct NotebookFile> readBackup(const RecoveredNotebook& backup);
void discardBackup(const RecoveredNotebook& backup);

} // namespace kindling
