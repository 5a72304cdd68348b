// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/targetbar.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/launchwords.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"
#include "ui/notebook/quietcombo.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr int barHeight = 40;
constexpr int always = 7; ///< of its parts are always there
constexpr qsizetype longestName = 40;

StateRole roleOfConnection(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Online: return StateRole::Idle;
    case ConnectionState::Connecting: return StateRole::Starting;
    case ConnectionState::Offline: return StateRole::Bad;
    case ConnectionState::SignInNeeded: return StateRole::Waiting;
    case ConnectionState::Unconnected:
    case ConnectionState::Stopped: break;
    }
    return StateRole::Stopped;
}

}

TargetBar::TargetBar(Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_serverLabel(new RoleLabel(tr("Server"), ColorRole::Secondary, this))
    , m_servers(new QuietCombo(this))
    , m_sessionLabel(new RoleLabel(tr("Session"), ColorRole::Secondary, this))
    , m_sessions(new QuietCombo(this))
    , m_hint(new ElidedLabel({}, this))
    , m_runCell(new QPushButton(tr("Run cell"), this))
    , m_runAll(new QPushButton(tr("Run all"), this))
    , m_interrupt(new QPushButton(tr("Interrupt"), this))
    , m_newSession(new QPushButton(tr("New session"), this))
{
    setObjectName(u"targetBar"_s);
    setFixedHeight(barHeight);
    setUpCombos();
    setUpButtons();
    setUpRow();
    connect(workspace, &Workspace::serverAdded, this, &TargetBar::follow);
    connect(workspace, &Workspace::serverAboutToBeRemoved, this, [this](Server* gone) {
        gone->disconnect(this);
        gone->sessions().disconnect(this);
        if (m_server == gone->profile().id)
            setTarget({}, {});
    });
    connect(workspace, &Workspace::serverRemoved, this, &TargetBar::refresh);
    for (Server* server : workspace->servers())
        follow(server);
    if (m_server.isEmpty() && !workspace->servers().isEmpty())
        m_server = workspace->servers().constFirst()->profile().id;
    measureWords();
    refresh();
    setRunning(false);
}

void TargetBar::setUpCombos()
{
    m_servers->setObjectName(u"targetServer"_s);
    m_servers->setAccessibleName(tr("Server"));
    m_servers->setPlaceholderText(tr("Choose…"));
    m_sessions->setObjectName(u"targetSession"_s);
    m_sessions->setAccessibleName(tr("Session"));
    m_hint->setObjectName(u"targetHint"_s);
    for (QComboBox* combo : { m_servers, m_sessions }) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        combo->setMinimumContentsLength(5);
        combo->setMaximumWidth(240);
        combo->setMinimumWidth(84);
    }
    // As wide whatever it lists.
    m_sessions->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sessions->setMinimumContentsLength(16);
    connect(m_sessions, &QuietCombo::choicesWanted, this, &TargetBar::listSessions);
    connect(m_servers, &QComboBox::activated, this, &TargetBar::chooseServer);
    connect(m_sessions, &QComboBox::activated, this, &TargetBar::chooseSession);
}

void TargetBar::setUpButtons()
{
    makePrimary(m_runCell);
    const auto setUp = [this](QPushButton* button, const QString& name, const QString& icon, void (TargetBar::*act)()) {
        button->setObjectName(name);
        button->setAccessibleName(button->text());
        button->setIcon(button == m_runCell ? themedIcon(icon, button->palette()) : themedIcon(icon));
        connect(button, &QPushButton::clicked, this, act);
    };
    setUp(m_runCell, u"runCell"_s, u"media-playback-start"_s, &TargetBar::runCellClicked);
    setUp(m_runAll, u"runAll"_s, u"media-seek-forward"_s, &TargetBar::runAllClicked);
    setUp(m_interrupt, u"interrupt"_s, u"media-playback-stop"_s, &TargetBar::interruptClicked);
    m_newSession->setObjectName(u"newSession"_s);
    m_newSession->setAccessibleName(m_newSession->text());
    m_newSession->setIcon(themedIcon(u"list-add"_s));
    connect(m_newSession, &QPushButton::clicked, this, [this] { Q_EMIT newSessionRequested(m_server); });
    for (QPushButton* button : { m_runAll, m_interrupt, m_newSession })
        button->setToolTip(button->text());
}

void TargetBar::setUpRow()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(8);
    row->addWidget(m_serverLabel);
    row->addWidget(m_servers);
    row->addWidget(m_sessionLabel);
    row->addWidget(m_sessions);
    row->addWidget(m_hint, 1);
    row->addWidget(m_runCell);
    row->addWidget(m_runAll);
    row->addWidget(m_interrupt);
    row->addWidget(m_newSession);
    m_hint->setColorRole(ColorRole::Secondary);
}

void TargetBar::follow(Server* server)
{
    const auto refreshIfChosen = [this, server] {
        if (server->profile().id == m_server)
            refreshTarget();
    };
    connect(server, &Server::connectionChanged, this, &TargetBar::refreshServers);
    connect(server, &Server::connectionChanged, this, refreshIfChosen);
    connect(&server->sessions(), &ItemStore::changed, this, refreshIfChosen);
    if (m_server.isEmpty())
        setTarget(server->profile().id, {});
    refresh();
}

void TargetBar::setTarget(const ServerId& server, const QString& session)
{
    const bool isOther = m_server != server || m_session != session;
    m_server = server;
    m_session = session;
    refresh();
    if (isOther)
        Q_EMIT targetChanged();
}

void TargetBar::setRunning(bool isRunning)
{
    m_interrupt->setEnabled(isRunning);
}

void TargetBar::refresh()
{
    refreshServers();
    refreshTarget();
}

void TargetBar::refreshTarget()
{
    refreshSessions();
    refreshHint();
}

void TargetBar::refreshServers()
{
    QList<Choice> choices;
    for (const Server* server : m_workspace->servers())
        choices.append({ server->profile().id, server->profile().name.left(longestName), static_cast<int>(roleOfConnection(server->connection())) });
    if (choices != m_serverChoices && !m_servers->view()->isVisible()) {
        m_serverChoices = choices;
        m_servers->clear();
        for (const Choice& choice : std::as_const(choices))
            m_servers->addItem(stateIcon(static_cast<StateRole>(choice.glyph)), choice.text, choice.id);
    }
    m_servers->setCurrentIndex(m_servers->findData(m_server));
    m_servers->setEnabled(m_servers->count() > 0);
}

const TrackedItem* TargetBar::chosenItem() const
{
    Server* server = m_workspace->server(m_server);
    return server && !m_session.isEmpty() ? server->sessions().find(m_session) : nullptr;
}

void TargetBar::refreshSessions()
{
    if (!m_sessions->view()->isVisible())
        showSessions(m_session.isEmpty() ? QList<Choice>() : QList{ choiceOf(m_session, chosenItem()) });
    m_sessions->setEnabled(!m_server.isEmpty());
    const Server* server = m_workspace->server(m_server);
    const bool isReadOnly = server && server->profile().isReadOnly;
    m_newSession->setEnabled(!m_server.isEmpty() && !isReadOnly);
    for (QPushButton* button : { m_runCell, m_runAll })
        button->setEnabled(!isReadOnly);
}

void TargetBar::listSessions()
{
    QList<Choice> choices;
    if (!m_session.isEmpty() && !chosenItem())
        choices.append(choiceOf(m_session, nullptr));
    if (Server* server = m_workspace->server(m_server)) {
        for (const TrackedItem& item : server->sessions().items())
            if (item.item.state.isAlive() || item.key.id == m_session)
                choices.append(choiceOf(item.key.id, &item));
    }
    showSessions(choices);
}

TargetBar::Choice TargetBar::choiceOf(const QString& session, const TrackedItem* item)
{
    if (!item)
        return { session, session, static_cast<int>(StateRole::Stopped) };
    return { session, u"%1 %2"_s.arg(session, item->item.name.left(longestName)).trimmed(),
        static_cast<int>(roleOf(item->item.state, !item->damage.isEmpty())) };
}

void TargetBar::showSessions(const QList<Choice>& choices)
{
    if (choices != m_sessionChoices || m_sessions->count() == 0) {
        m_sessionChoices = choices;
        m_sessions->clear();
        m_sessions->addItem(tr("Choose…"), QString());
        for (const Choice& choice : choices)
            m_sessions->addItem(stateIcon(static_cast<StateRole>(choice.glyph)), choice.text, choice.id);
        m_sessions->insertSeparator(m_sessions->count());
        m_sessions->addItem(themedIcon(u"list-add"_s), tr("New session…"));
    }
    m_sessions->setCurrentIndex(qMax(0, m_sessions->findData(m_session)));
}

void TargetBar::refreshHint()
{
    Server* server = m_workspace->server(m_server);
    const TrackedItem* item = chosenItem();
    ColorRole role = ColorRole::Secondary;
    QString words;
    if (!server) {
        words = tr("no server yet");
    } else if (server->connection() != ConnectionState::Online) {
        words = connectionWords(server->connection());
        role = colorOf(roleOfConnection(server->connection()));
    } else if (server->profile().isReadOnly) {
        words = tr("read-only");
    } else if (item) {
        words = launchWords(item->item);
        if (words.isEmpty())
            words = stateWords(item->item.state, item->damage);
        if (!item->item.state.isAlive() || !item->damage.isEmpty())
            role = ColorRole::Bad;
    } else {
        words = m_session.isEmpty() ? tr("no session chosen") : tr("not on the server any more");
    }
    m_hint->setText(words);
    m_hint->setColorRole(role);
    m_sessions->setToolTip(plainToolTip(words)); // where there is no room for the hint
    const QString run = tr("Run cell") + u" (Ctrl+Enter)"_s;
    m_runCell->setToolTip(m_session.isEmpty() ? run + u'\n' + tr("It needs a session: you can choose or start one.") : run);
}

void TargetBar::chooseServer(int index)
{
    const ServerId id = m_servers->itemData(index).toString();
    if (id != m_server)
        setTarget(id, {});
}

void TargetBar::chooseSession(int index)
{
    if (index == m_sessions->count() - 1) {
        refreshSessions();
        Q_EMIT newSessionRequested(m_server);
        return;
    }
    setTarget(m_server, m_sessions->itemData(index).toString());
}

QSize TargetBar::minimumSizeHint() const
{
    return { 420, barHeight };
}

void TargetBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorRole::Line, palette()));
}

bool TargetBar::event(QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fitWords();
    return QWidget::event(event);
}

void TargetBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measureWords();
}

void TargetBar::measureWords()
{
    m_withWords = 0;
    m_withoutWords = 0;
    for (QPushButton* button : { m_runAll, m_interrupt, m_newSession }) {
        const QString now = button->text();
        button->setText(button->accessibleName());
        m_withWords += button->sizeHint().width();
        button->setText({});
        m_withoutWords += button->sizeHint().width();
        button->setText(now);
    }
}

void TargetBar::fitWords()
{
    const QMargins margins = layout()->contentsMargins();
    int needed = margins.left() + margins.right() + (always - 1) * layout()->spacing();
    for (const QWidget* each : std::initializer_list<const QWidget*>{ m_servers, m_sessions, m_hint, m_runCell })
        needed += qMin(each->sizeHint().width(), each->maximumWidth());
    const int labels = m_serverLabel->sizeHint().width() + m_sessionLabel->sizeHint().width() + 2 * layout()->spacing();
    const bool hasWords = needed + m_withWords <= width();
    const bool hasLabels = hasWords && needed + m_withWords + labels <= width();
    m_serverLabel->setVisible(hasLabels);
    m_sessionLabel->setVisible(hasLabels);
    for (QPushButton* button : { m_runAll, m_interrupt, m_newSession })
        button->setText(hasWords ? button->accessibleName() : QString());
}

} // namespace kindling
