// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notebookdesk.h"

#include "app/core/clock.h"
#include "app/notebook/autosave.h"
#include "app/notebook/ipynb.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/services.h"

#include <QFile>
#include <QFileInfo>
#include <QTabWidget>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
const QString samplesFolder = u":/samples/"_s;
const QString englishSample = u"sample.ipynb"_s;
}

NotebookDesk::NotebookDesk(const Services& services, QTabWidget* tabs, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_tabs(tabs)
{
    connect(m_tabs, &QTabWidget::currentChanged, this, &NotebookDesk::currentChanged);
}

NotebookDesk::~NotebookDesk() = default;

NotebookDesk::Entry* NotebookDesk::find(const NotebookPane* pane)
{
    const auto found = std::ranges::find(m_entries, pane, &Entry::pane);
    return found == m_entries.end() ? nullptr : &*found;
}

QString NotebookDesk::freshTitle()
{
    return tr("Untitled %1").arg(++m_lastUntitled);
}

NotebookPane* NotebookDesk::add(NotebookFile file, const QString& path, const QString& title)
{
    Entry entry;
    entry.document = new NotebookDocument(this);
    entry.document->reset(std::move(file.cells), std::move(file.metadata));
    if (entry.document->cellCount() == 0) {
        entry.document->insertCell(0, CellType::Code, Kind::PySpark);
        entry.document->undoStack()->clear();
        entry.document->setUnmodified();
    }
    entry.pane = new NotebookPane(entry.document, &m_services.workspace, &m_services.dialogs, m_tabs);
    entry.document->setParent(entry.pane);
    entry.autosave = new Autosave(entry.document, m_services.settings.backupFolder(), m_services.clock, entry.pane);
    entry.autosave->setOriginalPath(path);
    entry.path = path;
    entry.title = title;
    NotebookPane* pane = entry.pane;
    connect(entry.document, &NotebookDocument::modifiedChanged, this, [this, pane] { updateTitle(*find(pane)); });
    connect(entry.autosave, &Autosave::failed, this, [this](const Error& error) { Q_EMIT failed(errorText(error)); });
    connect(pane, &NotebookPane::newSessionRequested, this, &NotebookDesk::newSessionRequested);
    connect(pane, &NotebookPane::localSparkRequested, this, &NotebookDesk::localSparkRequested);
    connect(pane, &NotebookPane::targetChanged, this, &NotebookDesk::currentChanged);
    m_entries.append(entry);
    m_tabs->setCurrentIndex(m_tabs->addTab(pane, title));
    updateTitle(m_entries.last());
    if (!file.repairs.isEmpty())
        Q_EMIT failed(tr("%1 was repaired while it was read: %2").arg(title, file.repairs));
    return pane;
}

NotebookPane* NotebookDesk::newNotebook()
{
    NotebookPane* pane = add({}, {}, freshTitle());
    pane->cellView(0)->edit();
    return pane;
}

NotebookPane* NotebookDesk::open(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.path == absolute) {
            m_tabs->setCurrentWidget(entry.pane);
            return entry.pane;
        }
    }
    auto file = loadNotebook(absolute);
    if (!file) {
        Q_EMIT failed(errorText(file.error()));
        return nullptr;
    }
    m_services.settings.addRecentNotebook(absolute);
    return add(std::move(*file), absolute, QFileInfo(absolute).fileName());
}

NotebookPane* NotebookDesk::openSample()
{
    QFile resource(samplesFolder + tr("sample.ipynb", "the file of the sample notebook in this language; keep it where there is none"));
    if (!resource.exists())
        resource.setFileName(samplesFolder + englishSample);
    if (!resource.open(QIODevice::ReadOnly))
        return nullptr;
    auto file = readIpynb(resource.readAll());
    if (!file) {
        Q_EMIT failed(errorText(file.error()));
        return nullptr;
    }
    return add(std::move(*file), {}, tr("Sample"));
}

void NotebookDesk::askAndOpen()
{
    m_services.dialogs.askOpenFile(m_tabs->window(), { tr("Open a notebook"), {}, tr("Notebooks (*.ipynb)"), {} }, this,
        [this](const QString& path) {
            if (!path.isEmpty())
                open(path);
        });
}

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

bool NotebookDesk::saveTo(Entry& entry, const QString& path)
{
    const auto saved = saveNotebook(path, { entry.document->cells(), entry.document->metadata(), {} });
    if (!saved) {
        Q_EMIT failed(errorText(saved.error()));
        return false;
    }
    entry.path = QFileInfo(path).absoluteFilePath();
    entry.title = QFileInfo(path).fileName();
    entry.autosave->setOriginalPath(entry.path);
    entry.autosave->discard();
    entry.document->setUnmodified();
    m_services.settings.addRecentNotebook(entry.path);
    updateTitle(entry);
    return true;
}

void NotebookDesk::updateTitle(const Entry& entry)
{
    const int index = m_tabs->indexOf(entry.pane);
    const QString shown = entry.document->isModified() ? tr("%1 •").arg(entry.title) : entry.title;
    m_tabs->setTabText(index, QString(shown).replace(u'&', u"&&"_s));
    m_tabs->setTabToolTip(index, entry.path.isEmpty() ? tr("Not saved yet") : entry.path);
    if (m_tabs->currentWidget() == entry.pane)
        Q_EMIT currentChanged();
}

void NotebookDesk::requestClose(NotebookPane* pane, std::function<void()> closed)
{
    const Entry* entry = find(pane);
    if (!entry)
        return;
    Question question;
    const int running = pane->activeRuns();
    if (running > 0) {
        question.title = tr("Close %1 while it runs?").arg(entry->title);
        question.text = tr("%n statement(s) still run on the server. They go on there, but their results will not be kept here.",
            nullptr, running);
    } else if (entry->document->isModified()) {
        question.title = tr("Close %1 without saving?").arg(entry->title);
        question.text = tr("What was typed since the last save will be gone.");
    } else {
        close(pane);
        if (closed)
            closed();
        return;
    }
    question.acceptText = tr("Close");
    question.isDestructive = true;
    m_services.dialogs.confirm(m_tabs->window(), question, pane, [this, pane, closed](bool isAccepted) {
        if (!isAccepted)
            return;
        close(pane);
        if (closed)
            closed();
    });
}

void NotebookDesk::close(NotebookPane* pane)
{
    Entry* entry = find(pane);
    entry->autosave->discard();
    m_entries.removeIf([pane](const Entry& other) { return other.pane == pane; });
    m_tabs->removeTab(m_tabs->indexOf(pane));
    pane->deleteLater();
    Q_EMIT currentChanged();
}

int NotebookDesk::recover()
{
    const QList<RecoveredNotebook> backups = findRecoverable(m_services.settings.backupFolder());
    for (const RecoveredNotebook& backup : backups)
        recoverOne(backup);
    return static_cast<int>(backups.size());
}

void NotebookDesk::recoverOne(const RecoveredNotebook& backup)
{
    auto file = readBackup(backup);
    if (!file) {
        Q_EMIT failed(errorText(file.error()));
        return;
    }
    const QString title = backup.originalPath.isEmpty() ? freshTitle() : QFileInfo(backup.originalPath).fileName();
    file->repairs.clear();
    NotebookPane* pane = add(std::move(*file), backup.originalPath, title);
    Entry* entry = find(pane);
    entry->autosave->adopt(backup.backupPath);
    entry->document->markModified();
    updateTitle(*entry);
}

NotebookPane* NotebookDesk::current() const
{
    return qobject_cast<NotebookPane*>(m_tabs->currentWidget());
}

QList<NotebookPane*> NotebookDesk::panes() const
{
    QList<NotebookPane*> all;
    for (const Entry& entry : m_entries)
        all.append(entry.pane);
    return all;
}

QStringList NotebookDesk::openPaths() const
{
    QStringList paths;
    for (const Entry& entry : m_entries) {
        if (!entry.path.isEmpty())
            paths.append(entry.path);
    }
    return paths;
}

QStringList NotebookDesk::unsavedTitles() const
{
    QStringList titles;
    for (const Entry& entry : m_entries) {
        if (entry.document->isModified())
            titles.append(entry.title);
    }
    return titles;
}

void NotebookDesk::flushBackups()
{
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.document->isModified())
            entry.autosave->flush();
        else
            entry.autosave->discard();
    }
}

} // namespace kindling
