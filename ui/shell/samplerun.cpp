// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/samplerun.h"

#include "app/core/clock.h"
#include "app/engine/localspark.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/notebook/notebookdocument.h"
#include "app/storage/settings.h"
#include "ui/notebook/notebookpane.h"
#include "ui/shell/itemdesk.h"
#include "ui/shell/localserverprofile.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/serverdesk.h"
#include "ui/shell/services.h"

#include <QCoreApplication>
#include <QPixmap>

#include <cstdio>

namespace kindling {

namespace {
constexpr std::chrono::minutes longestRun{ 8 };
constexpr std::chrono::milliseconds settleTime{ 700 };
}

SampleRun::SampleRun(const Services& services, MainWindow* window, QString screenshotPath)
    : QObject(window)
    , m_services(services)
    , m_window(window)
    , m_screenshotPath(std::move(screenshotPath))
{
}

void SampleRun::start()
{
    m_window->servers()->startLocalSpark();
    m_pane = m_window->notebooks()->openSample();
    connect(m_window->items(), &ItemDesk::sessionCreated, this, &SampleRun::onSessionCreated);
    connect(&m_services.localSpark, &LocalSpark::phaseChanged, this, [this] {
        if (m_services.localSpark.phase() == LocalSpark::Phase::Failed && !m_screenshotPath.isEmpty())
            end(1, m_services.localSpark.problem().title);
    });
    for (Server* server : m_services.workspace.servers()) {
        if (server->profile().kind == ServerKind::LocalSpark)
            connect(server, &Server::connectionChanged, this, &SampleRun::createSession);
    }
    if (m_screenshotPath.isEmpty())
        return;
    connect(m_pane, &NotebookPane::runFinished, this, &SampleRun::onFinished);
    m_services.clock.after(longestRun, this, [this] { end(1, tr("The sample did not end in time.")); });
}

void SampleRun::createSession()
{
    const ServerId id = localSparkProfile(m_services.settings.servers()).id;
    const Server* server = m_services.workspace.server(id);
    if (m_hasAskedForSession || !server || server->connection() != ConnectionState::Online)
        return;
    m_hasAskedForSession = true;
    m_window->items()->createSession(id, Kind::Shared, m_pane);
}

void SampleRun::onSessionCreated(const ItemKey& key)
{
    m_pane->setTarget(key.server, key.id);
    if (!m_screenshotPath.isEmpty())
        m_pane->runAll();
}

bool SampleRun::hasExpectedOutputs() const
{
    const NotebookDocument* document = m_pane->document();
    QList<const NotebookCell*> code;
    for (const NotebookCell& cell : document->cells()) {
        if (cell.type == CellType::Code)
            code.append(&cell);
    }
    for (const NotebookCell* cell : std::as_const(code)) {
        if (cell->outputs.isEmpty())
            return false;
        const bool hasFailed = cell->outputs.first().status == Output::Status::Error;
        if (hasFailed != (cell == code.last()))
            return false;
    }
    return !code.isEmpty();
}

void SampleRun::onFinished()
{
    // One more turn of the event loop for the last output to be laid out and painted.
    m_services.clock.after(settleTime, this, [this] {
        const bool isWritten = m_window->grab().save(m_screenshotPath);
        if (!isWritten)
            end(1, tr("The screenshot could not be written to %1.").arg(m_screenshotPath));
        else if (!hasExpectedOutputs())
            end(1, tr("A cell of the sample gave something else than expected: see %1.").arg(m_screenshotPath));
        else
            end(0, tr("The sample ran. Screenshot: %1").arg(m_screenshotPath));
    });
}

void SampleRun::end(int exitCode, const QString& message)
{
    std::fprintf(exitCode == 0 ? stdout : stderr, "%s\n", qUtf8Printable(message));
    std::fflush(nullptr);
    m_services.localSpark.stop();
    QCoreApplication::exit(exitCode);
}

} // namespace kindling
