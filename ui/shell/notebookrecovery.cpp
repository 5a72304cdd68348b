// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notebookdesk.h"

#include "app/core/inworker.h"
#include "app/notebook/autosave.h"
#include "app/notebook/ipynb.h"
#include "app/storage/damagedfile.h"
#include "app/storage/settings.h"
#include "ui/common/words.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/services.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace kindling {

struct NotebookDesk::Backup {
    RecoveredNotebook found;
    Result<NotebookFile> file;
};

void NotebookDesk::recover()
{
    const auto read = [folder = m_services.settings.backupFolder()] {
        QList<Backup> backups;
        for (const RecoveredNotebook& found : findRecoverable(folder))
            backups.append({ found, readBackup(found) });
        return backups;
    };
    inWorker(m_disk, this, read, [this](const QList<Backup>& backups) {
        const auto count = std::ranges::count_if(backups, [this](const Backup& backup) { return recoverOne(backup); });
        if (count > 0)
            Q_EMIT recovered(static_cast<int>(count));
    });
}

bool NotebookDesk::recoverOne(const Backup& backup)
{
    if (!backup.file) {
        if (backup.file.error().kind == ErrorKind::Protocol)
            putAside(backup.found);
        else
            Q_EMIT failed(errorText(backup.file.error()));
        return false;
    }
    NotebookFile file = *backup.file;
    file.repairs.clear();
    const QString& path = backup.found.originalPath;
    Entry* entry = find(add(std::move(file), path.isEmpty() ? freshTitle() : QFileInfo(path).fileName()));
    entry->autosave->adopt(backup.found.backupPath);
    if (!path.isEmpty())
        setFile(*entry, path, backup.found.originalStamp);
    entry->document->markModified();
    updateTitle(*entry);
    return true;
}

void NotebookDesk::putAside(const RecoveredNotebook& backup)
{
    const QString name = damagedName(backup.backupPath);
    if (!QFile::rename(backup.backupPath, name)) {
        Q_EMIT failed(tr("A backup of unsaved text cannot be read: %1").arg(backup.backupPath));
        return;
    }
    discardBackup(backup);
    Q_EMIT failed(tr("A backup of unsaved text could not be read and was put aside as %1.").arg(name));
}

QStringList NotebookDesk::flushBackups()
{
    QStringList unsafe;
    for (const Entry& entry : std::as_const(m_entries)) {
        if (!entry.document->isModified())
            entry.autosave->discard();
        else if (!entry.autosave->flush())
            unsafe.append(entry.title);
    }
    return unsafe;
}

} // namespace kindling
