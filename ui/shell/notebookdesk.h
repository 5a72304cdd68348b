// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/core/kind.h"
#include "app/notebook/filestamp.h"

#include <QList>
#include <QObject>
#include <QThreadPool>

#include <functional>

class QTabWidget;

namespace kindling {

class Autosave;
class NotebookDocument;
class NotebookPane;
struct NotebookFile;
struct RecoveredNotebook;
struct Services;

/// The open notebooks: their documents, files, backups and tabs.
class NotebookDesk final : public QObject {
    Q_OBJECT
public:
    NotebookDesk(const Services& services, QTabWidget* tabs, QObject* parent = nullptr);
    ~NotebookDesk() override;

    NotebookPane* newNotebook();
    /// Reads it in a worker, or shows the tab that has it open.
    void open(const QString& path);
    void askAndOpen();
    /// The sample, as a notebook without a file.
    NotebookPane* openSample();
    /// As a new cell after the current one of the current notebook, else of the one opened last, else of a new one.
    void insertCode(const QString& code, Kind kind);
    /// Writes in a worker; the notebook stays modified until that is done.
    void save(NotebookPane* pane);
    void saveAs(NotebookPane* pane);
    /// Is a file being written?
    [[nodiscard]] bool isSaving() const;
    /// Asks about unsaved text and running statements; `closed` runs after the tab is gone.
    void requestClose(NotebookPane* pane, std::function<void()> closed = {});

    /// Reads in a worker, and opens before all files that are asked for later, what an earlier start left unsaved. What
    /// cannot be read is put aside, and told.
    void recover();
    [[nodiscard]] NotebookPane* current() const;
    [[nodiscard]] QList<NotebookPane*> panes() const;
    /// Also of what is still being read.
    [[nodiscard]] QStringList openPaths() const;
    /// The window closes: backups of saved notebooks go, those of unsaved ones stay to be offered again. Returns the
    /// titles of notebooks whose newest text is neither in a file nor in a backup.
    QStringList flushBackups();

Q_SIGNALS:
    void newSessionRequested(const kindling::ServerId& server, kindling::NotebookPane* asker);
    void pythonRestartRequested(const kindling::ItemKey& session);
    void sessionRestartRequested(const kindling::ItemKey& session, kindling::NotebookPane* asker);
    void localSparkRequested();
    /// The current notebook or its target changed.
    void currentChanged();
    void failed(const QString& message);
    /// More than none.
    void recovered(int count);
    /// Nothing is being written any more.
    void savingEnded(bool isWritten);

private:
    struct Entry {
        NotebookPane* pane = nullptr;
        NotebookDocument* document = nullptr;
        Autosave* autosave = nullptr;
        QString path; ///< empty = never saved
        QString title;
        FileStamp stamp; ///< of the file when it was read or saved here
        bool isSaving = false;
        QList<std::function<void()>> afterSaving;
    };
    struct Reading;
    struct Writing;
    struct Backup;

    Entry* find(const NotebookPane* pane);
    /// Whoever has this file open, by whatever name.
    [[nodiscard]] const Entry* findFile(const QString& path) const;
    NotebookPane* add(NotebookFile file, const QString& title);
    static void setFile(Entry& entry, const QString& path, const FileStamp& stamp);
    void connectEntry(const Entry& entry);
    void show(const QString& path, const Reading& read);
    void saveTo(Entry& entry, const QString& path);
    void write(Entry& entry, const QString& path);
    void onWritten(const NotebookPane* pane, const Writing& written);
    void updateTitle(const Entry& entry);
    void close(NotebookPane* pane);
    bool recoverOne(const Backup& backup);
    void putAside(const RecoveredNotebook& backup);
    [[nodiscard]] QString freshTitle();

    const Services& m_services;
    QTabWidget* m_tabs;
    QList<Entry> m_entries;
    QStringList m_reading;
    int m_lastUntitled = 0;
    QThreadPool m_disk; ///< one thread: what is asked for first comes first
};

} // namespace kindling
