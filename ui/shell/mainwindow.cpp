// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "app/engine/localspark.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/notebook/notebookdocument.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/notebook/notebookpane.h"
#include "ui/overview/overviewpane.h"
#include "ui/shell/bottomdocks.h"
#include "ui/shell/centraltabs.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/itemdesk.h"
#include "ui/shell/localserverprofile.h"
#include "ui/shell/notebookdesk.h"
#include "ui/shell/noticedesk.h"
#include "ui/shell/panefocus.h"
#include "ui/shell/recordnotice.h"
#include "ui/shell/serverdesk.h"
#include "ui/shell/services.h"
#include "ui/shell/settingsacts.h"
#include "ui/shell/statusline.h"
#include "ui/shell/tabfollower.h"
#include "ui/shell/welcomepane.h"
#include "ui/shell/windowattention.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLocale>
#include <QMenuBar>
#include <QPointer>
#include <QScreen>
#include <QStyleHints>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr QSize firstSize{ 1440, 900 };
constexpr QSize frameRoom{ 16, 48 }; ///< what a window manager may put around the window
constexpr int navigatorWidth = 268;
constexpr int docksHeight = 220;
}

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QMainWindow(parent)
    , m_services(services)
{
    setWindowTitle(tr("Kindling"));
    setObjectName(u"mainWindow"_s);
    setCentralWidget(makeCentre());
    m_notebooks = new NotebookDesk(services, m_tabs, this);
    m_items = new ItemDesk(services, this);
    QList<QAction*> toggles{ makeNavigator()->toggleViewAction() };
    m_docks = new BottomDocks(services, this);
    new TabFollower(m_tabs, m_notebooks, m_docks, m_navigator);
    new StatusLine(services, this);

    for (QDockWidget* dock : m_docks->docks())
        toggles.append(dock->toggleViewAction());
    toggles += (new PaneFocus(this))->actions();
    m_actions = WindowActions::create(menuBar(), toggles, this);
    menuBar()->setCornerWidget(makePaletteButton(m_actions.findCommand, this));

    m_servers = new ServerDesk(services, this);
    setupNotices();
    connectDesks();
    connectNavigator();
    connectActions();
    connectWelcome();
    setupLayout();
    updateActions();
    new WindowAttention(&services.workspace, this);
}

MainWindow::~MainWindow() = default;

QWidget* MainWindow::makeCentre()
{
    auto* centre = new QWidget(this);
    m_messages = new MessageBar(centre);
    m_tabs = new CentralTabs(m_services, centre);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    auto* records = new MessageBar(centre);
    records->setObjectName(u"recordMessages"_s);
    new RecordNotice(&m_services.recorder, records);
    layout->addWidget(records);
    layout->addWidget(m_tabs, 1);
    return centre;
}

QDockWidget* MainWindow::makeNavigator()
{
    m_navigator = new NavigatorPane(&m_services.workspace, this);
    auto* dock = new QDockWidget(tr("Navigator"), this);
    dock->setObjectName(u"navigatorDock"_s);
    dock->setTitleBarWidget(new QWidget(dock));
    dock->setWidget(m_navigator);
    addDockWidget(Qt::LeftDockWidgetArea, dock);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    return dock;
}

void MainWindow::setupNotices()
{
    auto* bar = new MessageBar(this);
    bar->setObjectName(u"noticeBar"_s);
    static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(1, bar);
    new NoticeDesk(m_services, m_tabs, m_notebooks, bar);
}

void MainWindow::openPalette()
{
    const auto showServer = [this](const ServerId& id) {
        m_tabs->showOverview();
        m_navigator->selectServer(id);
    };
    QList<Command> commands = menuCommands(*menuBar());
    commands += tabCommands(m_tabs);
    commands += serverCommands(m_services.workspace, showServer);
    commands += itemCommands(m_services.workspace, [this](const ItemKey& key) { m_tabs->showItem(key); });
    (new CommandPalette(std::move(commands), this))->open();
}

void MainWindow::setupLayout()
{
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    resize(firstSize.boundedTo(screen()->availableSize() - frameRoom));
    resizeDocks({ findChild<QDockWidget*>(u"navigatorDock"_s) }, { navigatorWidth }, Qt::Horizontal);
    resizeDocks({ m_docks->docks().first() }, { docksHeight }, Qt::Vertical);
    restoreGeometry(m_services.settings.layout(u"geometry"_s));
    restoreState(m_services.settings.layout(u"docks"_s));
    m_tabs->overview()->restoreLayout(m_services.settings.layout(u"overview"_s));
    checkColorScheme();
}

void MainWindow::checkColorScheme()
{
    for (QAction* choice : m_actions.colorSchemes->actions())
        choice->setChecked(choice->data().toInt() == static_cast<int>(m_services.settings.colorScheme()));
}

void MainWindow::connectDesks()
{
    connect(m_notebooks, &NotebookDesk::failed, this, &MainWindow::showProblem);
    connect(m_notebooks, &NotebookDesk::recovered, this, [this](int count) {
        if (m_messages->isHidden())
            m_messages->showInfo(tr("%Ln notebook(s) with unsaved text were recovered.", nullptr, count));
    });
    connect(m_notebooks, &NotebookDesk::currentChanged, this, &MainWindow::updateActions);
    connect(m_notebooks, &NotebookDesk::newSessionRequested, m_items, &ItemDesk::newSessionFor);
    connect(m_notebooks, &NotebookDesk::pythonRestartRequested, m_items, &ItemDesk::requestPythonRestart);
    connect(m_notebooks, &NotebookDesk::sessionRestartRequested, m_items, &ItemDesk::requestSessionRestart);
    connect(m_notebooks, &NotebookDesk::localSparkRequested, m_servers, &ServerDesk::startLocalSpark);
    connect(m_servers, &ServerDesk::failed, this, &MainWindow::showProblem);
    connect(m_servers, &ServerDesk::localSparkShown, m_tabs, &CentralTabs::showLocalSpark);
    connect(m_items, &ItemDesk::failed, this, &MainWindow::showProblem);
    connect(m_items, &ItemDesk::creationFailed, this, [this](const QString& message) {
        showProblem(message);
        m_messages->setAction(tr("&Open the request again"), [this] { m_items->askAgain(); });
    });
    connect(m_items, &ItemDesk::sessionCreated, this, &MainWindow::onSessionCreated);
    connect(m_items, &ItemDesk::batchCreated, m_tabs, &CentralTabs::showItem);
    connect(m_items, &ItemDesk::serverNeeded, this, [this] {
        m_messages->showInfo(tr("No server is connected."));
        m_messages->setAction(tr("Start local Spark"), [this] { m_servers->startLocalSpark(); });
    });
    connect(m_tabs, &CentralTabs::deleteRequested, m_items, &ItemDesk::requestDelete);
    connect(m_tabs, &CentralTabs::copyRequested, m_items, &ItemDesk::copyItem);
    connect(m_tabs, &CentralTabs::pythonRestartRequested, m_items, &ItemDesk::requestPythonRestart);
    connect(m_tabs, &CentralTabs::stopRequested, m_items, &ItemDesk::requestStop);
    connect(m_tabs, &CentralTabs::notebookRequested, this, &MainWindow::openNotebookOn);
    connect(m_tabs, &CentralTabs::newSessionRequested, m_items, &ItemDesk::newSession);
    connect(m_tabs, &CentralTabs::startLocalRequested, m_servers, &ServerDesk::startLocalSpark);
    connect(m_tabs, &CentralTabs::stopLocalRequested, m_servers, &ServerDesk::stopLocalSpark);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, &MainWindow::closeTab);
    connect(m_tabs, &CentralTabs::logRequested, m_docks, &BottomDocks::showLog);
    connect(m_docks, &BottomDocks::itemActivated, m_tabs, &CentralTabs::showItemOfThen);
    connect(m_docks, &BottomDocks::recordedActivated, m_tabs, &CentralTabs::showRecorded);
    connect(m_docks, &BottomDocks::insertRequested, m_notebooks, &NotebookDesk::insertCode);
    connect(m_tabs->overview(), &OverviewPane::itemSelected, m_docks, &BottomDocks::follow);
    connect(m_tabs->overview(), &OverviewPane::addServerRequested, m_servers, &ServerDesk::addServer);
    connect(m_tabs->overview(), &OverviewPane::exportRequested, m_items, &ItemDesk::exportTable);
    connect(m_tabs->overview(), &OverviewPane::newSessionRequested, m_items, &ItemDesk::newSession);
}

void MainWindow::connectNavigator()
{
    connect(m_navigator, &NavigatorPane::itemActivated, m_tabs, &CentralTabs::showItem);
    connect(m_navigator, &NavigatorPane::postMortemRequested, m_tabs, &CentralTabs::showPostMortem);
    connect(m_navigator, &NavigatorPane::itemSelected, m_docks, &BottomDocks::follow);
    connect(m_navigator, &NavigatorPane::serverActivated, this, [this](const ServerId& id) {
        const Server* server = m_services.workspace.server(id);
        if (server && server->profile().kind == ServerKind::LocalSpark && server->connection() != ConnectionState::Online)
            m_tabs->showLocalSpark();
        else
            m_tabs->showOverview();
    });
    connect(m_navigator, &NavigatorPane::addServerRequested, m_servers, &ServerDesk::addServer);
    connect(m_navigator, &NavigatorPane::editServerRequested, m_servers, &ServerDesk::editServer);
    connect(m_navigator, &NavigatorPane::removeServerRequested, m_servers, &ServerDesk::removeServer);
    connect(m_navigator, &NavigatorPane::readOnlyRequested, m_servers, &ServerDesk::setReadOnly);
    connect(m_navigator, &NavigatorPane::refreshRequested, m_servers, &ServerDesk::refresh);
    connect(m_navigator, &NavigatorPane::startLocalRequested, m_servers, &ServerDesk::startLocalSpark);
    connect(m_navigator, &NavigatorPane::stopLocalRequested, m_servers, &ServerDesk::stopLocalSpark);
    connect(m_navigator, &NavigatorPane::newSessionRequested, m_items, &ItemDesk::newSession);
    connect(m_navigator, &NavigatorPane::submitBatchRequested, m_items, &ItemDesk::submitBatch);
    connect(m_navigator, &NavigatorPane::deleteRequested, m_items, &ItemDesk::requestDelete);
    connect(m_navigator, &NavigatorPane::notebookRequested, this, &MainWindow::openNotebookOn);
}

void MainWindow::connectActions()
{
    const auto onCurrent = [this](QAction* action, auto act) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (NotebookPane* pane = m_notebooks->current())
                act(pane);
        });
    };
    connect(m_actions.newNotebook, &QAction::triggered, m_notebooks, &NotebookDesk::newNotebook);
    connect(m_actions.open, &QAction::triggered, m_notebooks, &NotebookDesk::askAndOpen);
    onCurrent(m_actions.save, [this](NotebookPane* pane) { m_notebooks->save(pane); });
    onCurrent(m_actions.saveAs, [this](NotebookPane* pane) { m_notebooks->saveAs(pane); });
    onCurrent(m_actions.undo, [](NotebookPane* pane) { pane->document()->undoStack()->undo(); });
    onCurrent(m_actions.redo, [](NotebookPane* pane) { pane->document()->undoStack()->redo(); });
    onCurrent(m_actions.runCell, [](NotebookPane* pane) { pane->runCurrentCell(); });
    onCurrent(m_actions.runAll, [](NotebookPane* pane) { pane->runAll(); });
    onCurrent(m_actions.interrupt, [](NotebookPane* pane) { pane->interrupt(); });
    connect(m_actions.closeTab, &QAction::triggered, this, [this] { closeTab(m_tabs->currentIndex()); });
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.addServer, &QAction::triggered, m_servers, &ServerDesk::addServer);
    connect(m_actions.startLocalSpark, &QAction::triggered, m_servers, &ServerDesk::startLocalSpark);
    connect(m_actions.stopLocalSpark, &QAction::triggered, m_servers, &ServerDesk::stopLocalSpark);
    connect(m_actions.newSession, &QAction::triggered, m_items, [this] { m_items->newSession({}); });
    connect(m_actions.submitBatch, &QAction::triggered, m_items, [this] { m_items->submitBatch({}); });
    connect(m_actions.deleteSelected, &QAction::triggered, this, [this] {
        const ItemKey shown = m_tabs->currentItem();
        m_items->requestDelete(shown.isValid() ? QList{ shown } : m_navigator->selectedItems());
    });
    connect(m_actions.refresh, &QAction::triggered, this, [this] {
        for (Server* server : m_services.workspace.servers())
            server->refresh();
    });
    connect(m_actions.findCommand, &QAction::triggered, this, &MainWindow::openPalette);
    connect(m_actions.sample, &QAction::triggered, m_notebooks, &NotebookDesk::openSample);
    connect(m_actions.about, &QAction::triggered, this, [this] {
        auto* dialog = new AboutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions.colorSchemes, &QActionGroup::triggered, this, [this](QAction* choice) {
        m_services.settings.setColorScheme(static_cast<ColorSchemeChoice>(choice->data().toInt()));
    });
    connect(m_actions.settings, &QAction::triggered, this, [this] { openSettings(m_services.settings, this); });
    connect(&m_services.settings, &Settings::colorSchemeChanged, this, [this](ColorSchemeChoice choice) {
        applyColorScheme(choice);
        checkColorScheme();
    });
}

void MainWindow::connectWelcome()
{
    WelcomePane* welcome = m_tabs->welcome();
    connect(welcome, &WelcomePane::startLocalRequested, m_servers, &ServerDesk::startLocalSpark);
    connect(welcome, &WelcomePane::connectRequested, m_servers, &ServerDesk::addServer);
    connect(welcome, &WelcomePane::newNotebookRequested, m_notebooks, &NotebookDesk::newNotebook);
    connect(welcome, &WelcomePane::openRequested, m_notebooks, &NotebookDesk::askAndOpen);
    connect(welcome, &WelcomePane::openPathRequested, m_notebooks, &NotebookDesk::open);
    connect(welcome, &WelcomePane::sampleRequested, m_servers, &ServerDesk::startLocalSpark);
    connect(welcome, &WelcomePane::sampleRequested, m_notebooks, &NotebookDesk::openSample);
    welcome->setRecentNotebooks(m_services.settings.recentNotebooks());
    connect(&m_services.settings, &Settings::recentNotebooksChanged, this,
        [this, welcome] { welcome->setRecentNotebooks(m_services.settings.recentNotebooks()); });
}

void MainWindow::updateActions()
{
    const bool hasNotebook = m_notebooks->current() != nullptr;
    for (QAction* action : { m_actions.save, m_actions.saveAs, m_actions.undo, m_actions.redo, m_actions.runCell,
             m_actions.runAll, m_actions.interrupt })
        action->setEnabled(hasNotebook);
    m_actions.closeTab->setEnabled(m_tabs->currentIndex() > 0);
}

void MainWindow::closeTab(int index)
{
    if (auto* pane = qobject_cast<NotebookPane*>(m_tabs->widget(index)))
        m_notebooks->requestClose(pane);
    else
        m_tabs->closeSimply(index);
}

void MainWindow::openNotebookOn(const ItemKey& key)
{
    m_notebooks->newNotebook()->setTarget(key.server, key.id);
}

void MainWindow::onSessionCreated(const ItemKey& key, QObject* asker)
{
    if (auto* pane = qobject_cast<NotebookPane*>(asker)) {
        pane->setTarget(key.server, key.id);
        return;
    }
    NotebookPane* shown = m_notebooks->current();
    if (!shown)
        return m_tabs->showItem(key);
    m_messages->showInfo(tr("Session %1 was created.").arg(key.id));
    m_messages->setAction(tr("&Use it in this notebook"), [this, key, pane = QPointer(shown)] {
        if (pane)
            pane->setTarget(key.server, key.id);
        m_messages->dismiss();
    });
}

void MainWindow::showProblem(const QString& text)
{
    m_messages->showProblem(text);
}

void MainWindow::restoreWork(const QStringList& files)
{
    const QStringList wanted = files.isEmpty() ? m_services.settings.openNotebooks() : files;
    // First what was not saved: a file that is among it must not be opened beside it, in its older state.
    m_notebooks->recover();
    for (const QString& path : wanted)
        m_notebooks->open(path);
    if (!m_services.settings.setAside().isEmpty())
        showProblem(tr("The settings could not be read and were put aside as %1.").arg(m_services.settings.setAside()));
}

bool MainWindow::asksBeforeClosing()
{
    const int running = m_services.workspace.activeRunCount();
    Server* local = m_services.workspace.server(localSparkProfile(m_services.settings.servers()).id);
    const bool holdsSpark = local && m_services.localSpark.phase() == LocalSpark::Phase::Running;
    const int sessions = holdsSpark ? static_cast<int>(local->sessions().items().size()) : 0;
    const QStringList unsafe = m_notebooks->flushBackups();
    if (running == 0 && sessions == 0 && unsafe.isEmpty())
        return false;
    QStringList lines;
    if (!unsafe.isEmpty())
        lines.append(tr("What was typed in %1 is neither saved nor backed up, and will be gone.").arg(QLocale().createSeparatedList(unsafe)));
    if (running > 0)
        lines.append(tr("%Ln statement(s) still run; their results will not be kept here.", nullptr, running));
    if (sessions > 0)
        lines.append(tr("%Ln session(s) of Local Spark end with this window.", nullptr, sessions));
    Question question;
    question.title = tr("Close Kindling?");
    question.text = lines.join(u'\n');
    question.acceptText = tr("Close");
    question.isDestructive = true;
    m_services.dialogs.confirm(this, question, this, [this](bool isAccepted) {
        m_isCloseConfirmed = isAccepted;
        // The answer may come while the close event is still being handled.
        if (isAccepted)
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
    });
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_notebooks->isSaving()) {
        const auto goOn = [this](bool isWritten) { isWritten && close(); };
        connect(m_notebooks, &NotebookDesk::savingEnded, this, goOn, Qt::SingleShotConnection);
        event->ignore();
        return;
    }
    if (!m_isCloseConfirmed && asksBeforeClosing()) {
        event->ignore();
        return;
    }
    m_services.settings.setLayout(u"geometry"_s, saveGeometry());
    m_services.settings.setLayout(u"docks"_s, saveState());
    m_services.settings.setLayout(u"overview"_s, m_tabs->overview()->saveLayout());
    m_services.settings.setOpenNotebooks(m_notebooks->openPaths());
    m_notebooks->flushBackups();
    m_servers->endLocalSpark();
    event->accept();
}

} // namespace kindling
