// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "app/engine/workspace.h"
#include "app/models/logfeed.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"
#include "ui/log/logbar.h"
#include "ui/log/logsaving.h"
#include "ui/log/logview.h"

#include <QAction>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

LogPane::LogPane(Workspace* workspace, Recorder* recorder, Dialogs* dialogs, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_feed(new LogFeed(workspace, recorder, this))
    , m_bar(new LogBar(this))
    , m_messages(new MessageBar(this))
    , m_saving(new LogSaving(dialogs, m_messages, this))
{
    setObjectName("logPane"_L1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
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
    connectFeed();
    connectBar();
    addShortcuts();
    updateState();
}

LogPane::~LogPane() = default;

void LogPane::connectFeed()
{
    connect(m_feed, &LogFeed::linesCame, this, [this](const QList<LogLine>& lines) { m_view->log().append(lines); });
    connect(m_feed, &LogFeed::markCame, this, [this](const LogMark& mark) { m_view->log().append(mark, LogSection::Stdout); });
    connect(m_feed, &LogFeed::earlierCame, m_view, &LogView::replaceText);
    connect(m_feed, &LogFeed::stateChanged, this, &LogPane::updateState);
    connect(&m_view->log(), &LogDocument::changed, this, &LogPane::updateState);
    connect(&m_view->log(), &LogDocument::searched, this, &LogPane::updateSearch);
    connect(m_messages, &MessageBar::dismissed, this, [this] { m_showsProblem = false; });
}

void LogPane::connectBar()
{
    connect(m_bar, &LogBar::filterChanged, this, [this] { m_view->log().setFilter(m_bar->filter()); });
    connect(m_bar, &LogBar::stepWanted, this, &LogPane::stepMatch);
    connect(m_bar, &LogBar::firstErrorWanted, this, &LogPane::showFirstError);
    connect(m_bar, &LogBar::followingChanged, m_view, &LogView::setFollowing);
    connect(m_view, &LogView::followingChanged, m_bar, &LogBar::setFollowing);
    const auto save = [this] { m_saving->save(m_view->log(), title()); };
    connect(m_bar, &LogBar::saveWanted, this, save);
    connect(m_view, &LogView::saveWanted, this, save);
    connect(m_view, &LogView::copyRefused, this, [this] {
        m_showsProblem = false;
        m_messages->showProblem(tr("That is too much to be copied"), tr("Select fewer lines, or save the log to a file."));
    });
}

void LogPane::addShortcuts()
{
    const auto shortcut = [this](const QKeySequence& keys, auto act) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    shortcut(QKeySequence::Find, [this] { m_bar->focusSearch(); });
    shortcut(QKeySequence(Qt::Key_F3), [this] { stepMatch(1); });
    shortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { stepMatch(-1); });
}

const ItemKey& LogPane::item() const
{
    return m_feed->item();
}

void LogPane::showItem(const ItemKey& key, LifeNumber life)
{
    const bool isLive = life == 0 && m_workspace->server(key.server) != nullptr;
    if (key == m_feed->item() && life == m_feed->life() && isLive == (m_feed->tailer() != nullptr))
        return;
    m_bar->setFollowing(true);
    m_feed->follow(key, life);
}

void LogPane::clear()
{
    m_feed->leave();
}

QString LogPane::title() const
{
    const ItemKey& key = m_feed->item();
    if (!key.isValid())
        return {};
    if (m_feed->life() != 0)
        return tr("%1 (earlier)").arg(key.id.left(200));
    const TrackedItem* tracked = m_workspace->item(key);
    const QString name = tracked != nullptr ? tracked->item.name : QString();
    return QString(key.id + u' ' + name).left(200).simplified();
}

void LogPane::updateState()
{
    const LogDocument& log = m_view->log();
    m_bar->setTitle(title());
    QList<LogSection> sections;
    for (const LogSection section : { LogSection::Stdout, LogSection::Stderr, LogSection::Diagnostics }) {
        if (log.text().hasSection(section))
            sections += section;
    }
    m_bar->setSections(sections);
    m_bar->setCanSave(m_saving->isPossible() && log.text().rowCount() > 0);
    updateSearch();
    updateEmpty();
    const LogTailer* tailer = m_feed->tailer();
    const bool hasProblem = tailer != nullptr && tailer->problem().kind != ErrorKind::Cancelled;
    if (hasProblem && !m_showsProblem)
        m_messages->showProblem(errorTitle(tailer->problem()), tailer->problem().detail.left(500));
    else if (!hasProblem && m_showsProblem)
        m_messages->dismiss();
    m_showsProblem = hasProblem;
}

void LogPane::updateEmpty()
{
    const LogDocument& log = m_view->log();
    const LogTailer* tailer = m_feed->tailer();
    m_stack->setCurrentWidget(log.placeCount() > 0 ? static_cast<QWidget*>(m_view) : m_empty);
    m_empty->setLoading(false);
    const auto hidden = static_cast<int>(log.text().rowCount());
    if (!m_feed->item().isValid()) {
        m_empty->setContent(tr("No log to follow"), tr("Select a session or a batch: its log appears here."));
    } else if (hidden > 0 && log.isSearching()) {
        m_empty->setContent(tr("Searching the log…"), QString());
        m_empty->setLoading(true);
    } else if (hidden > 0 && m_bar->filter().pattern && m_bar->filter().isMatchingOnly) {
        m_empty->setContent(tr("No line matches"), tr("%Ln other lines are hidden.", nullptr, hidden));
    } else if (hidden > 0) {
        m_empty->setContent(tr("No warnings and no errors"), tr("%Ln other lines are hidden.", nullptr, hidden));
    } else if (tailer != nullptr && tailer->problem().kind != ErrorKind::Cancelled) {
        m_empty->setContent(tr("The log cannot be read"), tr("Kindling goes on trying."));
    } else if (m_feed->isReading() || (tailer != nullptr && !tailer->hasLoaded())) {
        m_empty->setContent(tr("Reading the log…"), QString());
        m_empty->setLoading(true);
    } else if (m_feed->life() != 0) {
        m_empty->setContent(tr("No log was recorded"), tr("This one is over, so that there is nobody to ask."));
    } else if (tailer == nullptr) {
        m_empty->setContent(tr("No log was recorded"), tr("Its server was removed, so that there is nobody to ask."));
    } else {
        m_empty->setContent(tr("The log is empty"), tr("Lines appear here as soon as the server has some."));
    }
}

void LogPane::updateSearch()
{
    const LogDocument& log = m_view->log();
    const auto& matches = log.matches();
    const qsizetype row = m_view->currentRow();
    const auto current = std::ranges::lower_bound(matches, row, {}, [](quint32 match) { return static_cast<qsizetype>(match); });
    const bool isOnMatch = row >= 0 && current != matches.end() && *current == row;
    m_bar->setMatches(static_cast<qsizetype>(matches.size()), isOnMatch ? current - matches.begin() : -1, log.isSearching());
    m_bar->setNote(log.hasGivenUp() ? tr("The expression is too much work for some lines") : QString(), true);
    m_bar->setHasErrors(log.text().nextOf(LogLevel::Error, 0) >= 0);
}

void LogPane::stepMatch(int by)
{
    const auto& matches = m_view->log().matches();
    if (matches.empty())
        return;
    const auto toRow = [](quint32 match) { return static_cast<qsizetype>(match); };
    const qsizetype row = m_view->currentRow();
    // from the first match, where no line is current
    auto next = by > 0 ? std::ranges::upper_bound(matches, row, {}, toRow) : std::ranges::lower_bound(matches, row, {}, toRow);
    if (by > 0 && next == matches.end())
        next = matches.begin();
    else if (by < 0)
        next = (next == matches.begin() || row < 0 ? matches.end() : next) - 1;
    m_bar->setFollowing(false);
    m_view->showRow(toRow(*next));
    updateSearch();
}

void LogPane::showFirstError()
{
    const LogDocument& log = m_view->log();
    const qsizetype row = m_view->currentRow();
    const bool isOnError = row >= 0 && log.text().row(row).level == LogLevel::Error;
    const qsizetype place = log.errorPlace(isOnError ? log.placeOf(row) + 1 : 0);
    if (place < 0)
        return;
    m_bar->setFollowing(false);
    m_view->showRow(log.rowAt(place));
    updateSearch();
}

void LogPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_feed->setWatching(true);
}

void LogPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_feed->setWatching(false);
}

} // namespace kindling
