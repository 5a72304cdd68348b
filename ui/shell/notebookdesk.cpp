// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notebookdesk.h"

#include "app/core/clock.h"
#include "app/core/inworker.h"
#include "app/notebook/autosave.h"
#include "app/notebook/ipynb.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/words.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/services.h"

#include <QFile>
#include <QFileInfo>
#include <QTabWidget>

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
const QString samplesFolder = u":/samples/"_s;
const QString englishSample = u"sample.ipynb"_s;

/// The same for every name of an existing file.
QString identityOf(const QString& path)
{
    const QFileInfo file(path);
    return file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
}
}

struct NotebookDesk::Reading {
    Result<NotebookFile> file;
    FileStamp stamp;
};

NotebookDesk::NotebookDesk(const Services& services, QTabWidget* tabs, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_tabs(tabs)
{
    m_disk.setMaxThreadCount(1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &NotebookDesk::currentChanged);
}

NotebookDesk::~NotebookDesk() = default;

NotebookDesk::Entry* NotebookDesk::find(const NotebookPane* pane)
{
    const auto found = std::ranges::find(m_entries, pane, &Entry::pane);
    return found == m_entries.end() ? nullptr : &*found;
}

const NotebookDesk::Entry* NotebookDesk::findFile(const QString& path) const
{
    const QString identity = identityOf(path);
    const auto found = std::ranges::find_if(m_entries,
        [&identity](const Entry& entry) { return !entry.path.isEmpty() && identityOf(entry.path) == identity; });
    return found == m_entries.end() ? nullptr : &*found;
}

QString NotebookDesk::freshTitle()
{
    return tr("Untitled %1").arg(++m_lastUntitled);
}

NotebookPane* NotebookDesk::add(NotebookFile file, const QString& title)
{
    Entry entry;
    entry.document = new NotebookDocument(this);
    entry.document->reset(std::move(file.cells), std::move(file.metadata), std::move(file.fileFields));
    if (entry.document->cellCount() == 0) {
        entry.document->insertCell(0, CellType::Code, Kind::PySpark);
        entry.document->undoStack()->clear();
        entry.document->setUnmodified();
    }
    entry.pane = new NotebookPane(entry.document, &m_services.workspace, &m_services.dialogs, m_tabs);
    entry.document->setParent(entry.pane);
    entry.autosave = new Autosave(entry.document, m_services.settings.backupFolder(), m_services.clock, entry.pane);
    entry.title = title;
    connectEntry(entry);
    m_entries.append(entry);
    m_tabs->setCurrentIndex(m_tabs->addTab(entry.pane, title));
    updateTitle(entry);
    if (!file.repairs.isEmpty())
        Q_EMIT failed(tr("%1 was repaired while it was read: %2").arg(title, file.repairs));
    return entry.pane;
}

void NotebookDesk::connectEntry(const Entry& entry)
{
    connect(entry.document, &NotebookDocument::modifiedChanged, this, [this, pane = entry.pane] {
        if (const Entry* changed = find(pane))
            updateTitle(*changed);
    });
    connect(entry.autosave, &Autosave::failed, this, [this](const Error& error) { Q_EMIT failed(errorText(error)); });
    connect(entry.pane, &NotebookPane::newSessionRequested, this,
        [this, pane = entry.pane](const ServerId& server) { Q_EMIT newSessionRequested(server, pane); });
    connect(entry.pane, &NotebookPane::pythonRestartRequested, this, &NotebookDesk::pythonRestartRequested);
    connect(entry.pane, &NotebookPane::sessionRestartRequested, this,
        [this, pane = entry.pane](const ItemKey& session) { Q_EMIT sessionRestartRequested(session, pane); });
    connect(entry.pane, &NotebookPane::localSparkRequested, this, &NotebookDesk::localSparkRequested);
    connect(entry.pane, &NotebookPane::targetChanged, this, &NotebookDesk::currentChanged);
}

void NotebookDesk::setFile(Entry& entry, const QString& path, const FileStamp& stamp)
{
    entry.path = path;
    entry.stamp = stamp;
    entry.autosave->setOriginal(path, stamp);
}

NotebookPane* NotebookDesk::newNotebook()
{
    NotebookPane* pane = add({}, freshTitle());
    pane->cellView(0)->edit();
    return pane;
}

void NotebookDesk::open(const QString& path)
{
    if (const Entry* known = findFile(path)) {
        m_tabs->setCurrentWidget(known->pane);
        return;
    }
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (m_reading.contains(absolute))
        return;
    m_reading.append(absolute);
    inWorker(m_disk, this,
        [absolute] {
            const FileStamp stamp = FileStamp::of(absolute);
            return Reading{ loadNotebook(absolute), stamp };
        },
        [this, absolute](const Reading& read) {
            m_reading.removeOne(absolute);
            show(absolute, read);
        });
}

void NotebookDesk::show(const QString& path, const Reading& read)
{
    if (const Entry* known = findFile(path)) {
        m_tabs->setCurrentWidget(known->pane);
        return;
    }
    if (!read.file) {
        Q_EMIT failed(errorText(read.file.error()));
        return;
    }
    m_services.settings.addRecentNotebook(path);
    Entry* entry = find(add(*read.file, QFileInfo(path).fileName()));
    setFile(*entry, path, read.stamp);
    updateTitle(*entry);
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
    return add(std::move(*file), tr("Sample"));
}

void NotebookDesk::insertCode(const QString& code, Kind kind)
{
    NotebookPane* pane = current();
    if (!pane)
        pane = m_entries.isEmpty() ? newNotebook() : m_entries.constLast().pane;
    m_tabs->setCurrentWidget(pane);
    NotebookDocument* document = pane->document();
    const int at = pane->currentCell();
    const Kind spoken = kind == Kind::Unknown || kind == Kind::Shared ? Kind::PySpark : kind;
    const bool isBlank = at >= 0 && document->cellAt(at).source.isEmpty();
    const CellId blank = isBlank ? document->cellAt(at).id : CellId();
    document->insertCell(at + 1, CellType::Code, spoken, code);
    if (isBlank)
        document->removeCell(blank);
}

void NotebookDesk::askAndOpen()
{
    m_services.dialogs.askOpenFile(m_tabs->window(), { tr("Open a notebook"), {}, tr("Notebooks (*.ipynb)"), {} }, this,
        [this](const QString& path) {
            if (!path.isEmpty())
                open(path);
        });
}

void NotebookDesk::updateTitle(const Entry& entry)
{
    const int index = m_tabs->indexOf(entry.pane);
    const QString shown = entry.document->isModified() ? tr("%1 •").arg(entry.title) : entry.title;
    m_tabs->setTabText(index, QString(shown).replace(u'&', u"&&"_s));
    m_tabs->setTabToolTip(index, entry.path.isEmpty() ? tr("Not saved yet") : plainToolTip(entry.path));
    if (m_tabs->currentWidget() == entry.pane)
        Q_EMIT currentChanged();
}

void NotebookDesk::requestClose(NotebookPane* pane, std::function<void()> closed)
{
    const Entry* entry = find(pane);
    if (!entry)
        return;
    if (entry->isSaving) {
        find(pane)->afterSaving.append([this, pane, closed] { requestClose(pane, closed); });
        return;
    }
    const int running = pane->activeRuns();
    const bool isModified = entry->document->isModified();
    if (running == 0 && !isModified) {
        close(pane);
        if (closed)
            closed();
        return;
    }
    Question question;
    question.title = isModified ? tr("Close %1 without saving?").arg(entry->title) : tr("Close %1 while it runs?").arg(entry->title);
    QStringList facts;
    if (isModified)
        facts.append(tr("What was typed since the last save will be gone."));
    if (running > 0) {
        facts.append(tr("%Ln statement(s) still run on the server. They go on there, but their results will not be kept here.",
            nullptr, running));
    }
    question.text = facts.join(u"\n\n"_s);
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
    const Entry* entry = find(pane);
    if (!entry)
        return;
    // The document lives on until control is back in the event loop, and a result may still come to it.
    entry->document->disconnect(this);
    entry->document->disconnect(entry->autosave);
    entry->autosave->discard();
    m_entries.removeIf([pane](const Entry& other) { return other.pane == pane; });
    m_tabs->removeTab(m_tabs->indexOf(pane));
    pane->deleteLater();
    Q_EMIT currentChanged();
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
    QStringList paths = m_reading;
    for (const Entry& entry : m_entries) {
        if (!entry.path.isEmpty())
            paths.append(entry.path);
    }
    return paths;
}

} // namespace kindling
