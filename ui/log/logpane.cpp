// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"
#include "ui/log/logview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

LogPane::LogPane(Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    setObjectName("logPane"_L1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_messages = new MessageBar(this);
    m_messages->setObjectName("logMessages"_L1);
    column->addWidget(m_messages);
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_view = new LogView(holder);
    m_view->setObjectName("logView"_L1);
    m_view->setAccessibleName(tr("Log"));
    m_empty = new EmptyState(QString(), QString(), QString(), holder);
    m_empty->setObjectName("logEmpty"_L1);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(holder, 1);
    connectBar();
    connect(workspace, &Workspace::serverAboutToBeRemoved, this, [this](const Server* server) {
        if (server->profile().id == m_key.server)
            clear();
    });
    setTabOrder({ m_search, m_loud, m_firstError, m_follow, m_view });
    clear();
}

LogPane::~LogPane()
{
    stopWatching();
}

QWidget* LogPane::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_title = new ElidedLabel(QString(), bar);
    m_title->setObjectName("logTitle"_L1);
    m_title->setColorRole(ColorRole::Secondary);
    m_search = new QLineEdit(bar);
    m_search->setObjectName("logSearch"_L1);
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(260);
    m_search->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_count = new RoleLabel(QString(), ColorRole::Secondary, bar);
    m_count->setObjectName("logMatchCount"_L1);
    // The line keeps its layout while the numbers change.
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(999).arg(999)));
    row->addWidget(m_title, 1);
    row->addWidget(m_search, 1);
    row->addWidget(m_count);
    m_loud = barButton(row, "logLoudOnly", tr("≥ WARN"), tr("Only warnings and errors"));
    m_loud->setCheckable(true);
    m_firstError = barButton(row, "logFirstError", tr("First error"), tr("Go to the first error; again for the next"));
    m_follow = barButton(row, "logFollow", tr("Follow"), tr("Keep the end in sight"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    bar->setMinimumHeight(36);
    return bar;
}

QPushButton* LogPane::barButton(QHBoxLayout* row, const char* name, const QString& label, const QString& toolTip)
{
    auto* button = new QPushButton(label, row->parentWidget());
    button->setObjectName(QLatin1StringView(name));
    button->setAccessibleName(label);
    button->setToolTip(toolTip);
    row->addWidget(button);
    return button;
}

void LogPane::connectBar()
{
    connect(m_search, &QLineEdit::textChanged, this, &LogPane::applySearch);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { stepMatch(1); });
    const auto shortcut = [this](const QKeySequence& keys, auto act) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    shortcut(QKeySequence::Find, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    shortcut(QKeySequence(Qt::Key_F3), [this] { stepMatch(1); });
    shortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { stepMatch(-1); });
    connect(m_loud, &QPushButton::toggled, this, [this](bool isOn) {
        m_view->lines().setLoudOnly(isOn);
        m_match = -1;
        m_view->linesChanged();
        updateState();
    });
    connect(m_firstError, &QPushButton::clicked, this, &LogPane::showFirstError);
    connect(m_follow, &QPushButton::toggled, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_follow, &QPushButton::setChecked);
}

void LogPane::showItem(const ItemKey& key)
{
    if (key == m_key && m_tailer)
        return;
    clear();
    Server* server = m_workspace->server(key.server);
    m_tailer = server != nullptr ? server->log(key.type, key.id) : nullptr;
    if (!m_tailer)
        return;
    m_key = key;
    connect(m_tailer, &LogTailer::linesAppended, this, &LogPane::onAppended);
    connect(m_tailer, &LogTailer::stateChanged, this, &LogPane::updateState);
    m_follow->setChecked(true);
    onAppended(0);
    if (isVisible())
        startWatching();
    updateState();
}

void LogPane::clear()
{
    stopWatching();
    if (m_tailer)
        m_tailer->disconnect(this);
    m_tailer.clear();
    m_key = {};
    m_match = -1;
    m_view->lines().clear();
    m_view->linesChanged();
    updateState();
}

void LogPane::startWatching()
{
    if (!m_tailer || std::exchange(m_isWatching, true))
        return;
    m_tailer->watch();
}

void LogPane::stopWatching()
{
    if (!std::exchange(m_isWatching, false) || !m_tailer)
        return;
    m_tailer->unwatch();
}

void LogPane::onAppended(qsizetype first)
{
    m_view->lines().append(m_tailer->lines(), first);
    m_view->linesChanged();
    updateMatchCount();
    updateState();
}

void LogPane::updateTitle()
{
    if (!m_key.isValid()) {
        m_title->setText(QString());
        return;
    }
    const TrackedItem* tracked = m_workspace->item(m_key);
    const QString name = tracked != nullptr ? tracked->item.name : QString();
    m_title->setText(QString(m_key.id + u' ' + name).left(200).simplified());
}

void LogPane::updateState()
{
    updateTitle();
    const bool hasRows = m_view->lines().rowCount() > 0;
    const bool hasLoaded = m_tailer && m_tailer->hasLoaded();
    const bool hasProblem = m_tailer && m_tailer->problem().kind != ErrorKind::Cancelled;
    m_stack->setCurrentWidget(hasRows ? static_cast<QWidget*>(m_view) : m_empty);
    m_empty->setLoading(false);
    if (!m_tailer) {
        m_empty->setContent(tr("No log to follow"), tr("Select a session or a batch: its log appears here."));
    } else if (hasProblem) {
        m_empty->setContent(tr("The log cannot be read"), tr("Kindling goes on trying."));
    } else if (!hasLoaded) {
        m_empty->setContent(tr("Reading the log…"), QString());
        m_empty->setLoading(true);
    } else if (m_view->lines().count() > 0) {
        m_empty->setContent(tr("No warnings and no errors"), tr("%n other lines are hidden.", nullptr, static_cast<int>(m_view->lines().count())));
    } else {
        m_empty->setContent(tr("The log is empty"), tr("Lines appear here as soon as the server has some."));
    }
    m_firstError->setEnabled(m_view->lines().errorRow(0) >= 0);
    if (!hasProblem)
        m_messages->dismiss();
    else if (m_messages->isHidden())
        m_messages->showProblem(errorTitle(m_tailer->problem()), m_tailer->problem().detail.left(500));
}

void LogPane::applySearch()
{
    m_view->lines().setSearch(m_search->text());
    m_match = -1;
    updateMatchCount();
    m_view->viewport()->update();
}

void LogPane::stepMatch(int by)
{
    const auto& matches = m_view->lines().matches();
    if (matches.isEmpty())
        return;
    const qsizetype from = m_match < 0 && by < 0 ? 0 : m_match;
    m_match = (from + by + matches.size()) % matches.size();
    m_follow->setChecked(false);
    m_view->showRow(matches.at(m_match));
    updateMatchCount();
}

void LogPane::updateMatchCount()
{
    const qsizetype count = m_view->lines().matches().size();
    if (m_search->text().isEmpty())
        m_count->setText(QString());
    else if (m_match < 0)
        m_count->setText(count == 0 ? tr("none", "search: no matches") : tr("%n found", nullptr, static_cast<int>(count)));
    else
        m_count->setText(tr("%1 of %2").arg(QLocale().toString(m_match + 1), QLocale().toString(count)));
}

void LogPane::showFirstError()
{
    const LogLines& lines = m_view->lines();
    const qsizetype current = m_view->currentRow();
    const bool isOnError = current >= 0 && current < lines.rowCount() && lines.at(current).level == LogLevel::Error;
    const qsizetype row = lines.errorRow(isOnError ? current + 1 : 0);
    m_follow->setChecked(false);
    m_view->showRow(row);
}

void LogPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    startWatching();
}

void LogPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    stopWatching();
}

} // namespace kindling
