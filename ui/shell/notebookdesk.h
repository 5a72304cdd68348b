// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/ids.h"

#include <QList>
#include <QObject>

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
    /// Opens, or shows the tab that has it open. nullptr = could not be read (the user was told).
    NotebookPane* open(const QString& path);
    void askAndOpen();
    /// The sample, as a notebook without a file.
    NotebookPane* openSample();
    void save(NotebookPane* pane);
    void saveAs(NotebookPane* pane);
    /// Asks about unsaved text and running statements; `closed` runs after the tab is gone.
    void requestClose(NotebookPane* pane, std::function<void()> closed = {});

    /// Opens what an earlier start left unsaved; returns how many.
    int recover();
    [[nodiscard]] NotebookPane* current() const;
    [[nodiscard]] QList<NotebookPane*> panes() const;
    [[nodiscard]] QStringList openPaths() const;
    /// Titles of notebooks with unsaved text.
    [[nodiscard]] QStringList unsavedTitles() const;
    /// The window closes: backups of saved notebooks go, those of unsaved ones stay to be offered again.
    void flushBackups();

Q_SIGNALS:
    void newSessionRequested(const kindling::ServerId& server);
    void localSparkRequested();
    /// The current notebook or its target changed.
    void currentChanged();
    void failed(const QString& message);

private:
    struct Entry {
        NotebookPane* pane = nullptr;
        NotebookDocument* document = nullptr;
        Autosave* autosave = nullptr;
        QString path; ///< empty = never saved
        QString title;
    };

    Entry* find(const NotebookPane* pane);
    NotebookPane* add(NotebookFile file, const QString& path, const QString& title);
    bool saveTo(Entry& entry, const QString& path);
    void updateTitle(const Entry& entry);
    void close(NotebookPane* pane);
    void recoverOne(const RecoveredNotebook& backup);
    [[nodiscard]] QString freshTitle();

    const Services& m_services;
    QTabWidget* m_tabs;
    QList<Entry> m_entries;
    int m_lastUntitled = 0;
};

} // namespace kindling
