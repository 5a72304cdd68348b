// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notebookdesk.h"

#include "app/core/inworker.h"
#include "app/notebook/autosave.h"
#include "app/notebook/ipynb.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/services.h"

#include <QFileInfo>
#include <QTabWidget>

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

struct NotebookDesk::Writing {
    QString path;
    int revision = 0; ///< of the document
    Result<void> result;
    FileStamp stamp;
};

void NotebookDesk::save(NotebookPane* pane)
{
    Entry* entry = find(pane);
    if (!entry)
        return;
    if (entry->path.isEmpty())
        saveAs(pane);
    else
        saveTo(*entry, entry->path);
}

void NotebookDesk::saveAs(NotebookPane* pane)
{
    const Entry* entry = find(pane);
    if (!entry)
        return;
    const QString suggested = entry->path.isEmpty() ? entry->title + u".ipynb"_s : entry->path;
    const FileQuestion question{ tr("Save the notebook"), suggested, tr("Notebooks (*.ipynb)"), u"ipynb"_s };
    m_services.dialogs.askSaveFile(m_tabs->window(), question, pane,
        [this, pane](const QString& path) {
            Entry* target = find(pane);
            if (target && !path.isEmpty())
                saveTo(*target, path);
        });
}

void NotebookDesk::saveTo(Entry& entry, const QString& path)
{
    if (entry.isSaving) {
        entry.afterSaving.append([this, pane = entry.pane, path] {
            if (Entry* again = find(pane))
                saveTo(*again, path);
        });
        return;
    }
    const Entry* holder = findFile(path);
    if (holder && holder != &entry) {
        Q_EMIT failed(tr("%1 is open in another tab. Close that tab first, or choose another name.").arg(QFileInfo(path).fileName()));
        return;
    }
    const FileStamp now = FileStamp::of(path);
    // Another file than its own was confirmed in the file dialog; one that is gone takes nobody's work along.
    if (holder != &entry || !now.isValid() || now == entry.stamp) {
        write(entry, path);
        return;
    }
    const Question question{ tr("Replace %1?").arg(entry.title),
        tr("The file was changed since it was opened here. Saving replaces what is in it now."), path, tr("Replace"), true };
    m_services.dialogs.confirm(m_tabs->window(), question, entry.pane, [this, pane = entry.pane, path](bool isAccepted) {
        Entry* asked = find(pane);
        if (asked && isAccepted)
            write(*asked, path);
    });
}

void NotebookDesk::write(Entry& entry, const QString& path)
{
    entry.isSaving = true;
    inWorker(m_disk, entry.pane,
        [path, revision = entry.document->revision(), file = fileOf(*entry.document)] {
            const auto result = saveNotebook(path, file);
            return Writing{ path, revision, result, FileStamp::of(path) };
        },
        [this, pane = entry.pane](const Writing& written) { onWritten(pane, written); });
}

void NotebookDesk::onWritten(const NotebookPane* pane, const Writing& written)
{
    Entry* entry = find(pane);
    if (!entry)
        return;
    entry->isSaving = false;
    if (written.result) {
        setFile(*entry, QFileInfo(written.path).absoluteFilePath(), written.stamp);
        entry->title = QFileInfo(written.path).fileName();
        entry->document->setSaved(written.revision);
        m_services.settings.addRecentNotebook(entry->path);
        updateTitle(*entry);
    } else {
        Q_EMIT failed(errorText(written.result.error()));
    }
    for (const auto& act : std::exchange(entry->afterSaving, {}))
        act();
    if (!isSaving())
        Q_EMIT savingEnded(written.result.has_value());
}

bool NotebookDesk::isSaving() const
{
    return std::ranges::any_of(m_entries, &Entry::isSaving);
}

} // namespace kindling
