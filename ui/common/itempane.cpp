// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itempane.h"

#include "app/livy/requestreader.h"
#include "ui/common/messagebar.h"
#include "ui/common/weblink.h"
#include "ui/common/words.h"

#include <QDesktopServices>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr qsizetype longestHistory = 200;

/// Settings as lines; what is secret in them stands only in `revealed`.
PageFact confFact(const QString& label, const QMap<QString, QString>& conf)
{
    QStringList shown;
    QStringList all;
    for (const auto& [key, value] : conf.asKeyValueRange()) {
        all += key + u" = "_s + value;
        shown += isSecretSetting(key, value) ? key + u" = •••"_s : all.last();
    }
    return { label, shown.join(u'\n'), {}, {}, shown == all ? QString() : all.join(u'\n') };
}

QString sizeText(const QString& memory, int cores)
{
    const QString words = cores == 1 ? ItemPane::tr("1 core") : ItemPane::tr("%n cores", nullptr, cores);
    QStringList parts{ memoryWords(memory), cores > 0 ? words : QString() };
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

bool isGoneMark(const ItemState& state)
{
    return state.raw == "gone"_L1;
}
}

ItemPane::ItemPane(Server* server, const ItemKey& key, QWidget* parent)
    : QWidget(parent)
    , m_server(server)
    , m_key(key)
    , m_page(new SummaryPage(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_page);
    m_last.key = key;
    connect(m_page, &SummaryPage::linkActivated, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    ItemStore& store = server->store(key.type);
    connect(&store, &ItemStore::changed, this, &ItemPane::onChanged);
    connect(&store, &ItemStore::transitionSeen, this, &ItemPane::addTransition);
    connect(server, &Server::connectionChanged, this, &ItemPane::refresh);
    connect(server, &QObject::destroyed, this, &ItemPane::refresh);
    if (const TrackedItem* tracked = store.find(key.id))
        m_last = *tracked;
    else
        m_isGone = server->lastSeen().isValid();
}

bool ItemPane::isPresent() const
{
    return m_server && !m_isGone && m_last.seen.isValid();
}

void ItemPane::onChanged(const QStringList& added, const QStringList& updated, const QList<TrackedItem>& removed)
{
    for (const TrackedItem& item : removed) {
        if (item.key == m_key) {
            m_last = item;
            m_isGone = true;
            refresh();
        }
    }
    if (!added.contains(m_key.id) && !updated.contains(m_key.id))
        return;
    if (const TrackedItem* tracked = m_server->store(m_key.type).find(m_key.id)) {
        m_last = *tracked;
        m_isGone = false;
        refresh();
    }
}

void ItemPane::addTransition(const Transition& transition)
{
    if (transition.key != m_key)
        return;
    m_transitions.prepend(transition);
    if (m_transitions.size() > longestHistory)
        m_transitions.removeLast();
    refresh();
}

QString ItemPane::message() const
{
    const QString seen = exactTime(m_last.seen);
    if (!m_server)
        return tr("Its server was removed from Kindling. This is what was last known.");
    if (m_isGone && !seen.isEmpty())
        return tr("Gone: last seen %1. The server does not list it any more.").arg(seen);
    if (m_isGone)
        return tr("Gone: the server does not list it.");
    if (m_server->connection() != ConnectionState::Offline)
        return {};
    const QString name = m_server->profile().name.simplified().left(60);
    return seen.isEmpty() ? tr("%1 is offline.").arg(name) : tr("%1 is offline. This is as of %2.").arg(name, seen);
}

void ItemPane::refresh()
{
    m_page->setTitle(title());
    showState();
    m_page->setFacts(facts());
    showHistory();
    const QString text = message();
    MessageBar* messages = m_page->messages();
    if (text.isEmpty())
        messages->dismiss();
    else if (messages->text() != text)
        messages->showInfo(text);
    updateButtons();
}

void ItemPane::showState()
{
    const SparkItem& item = m_last.item;
    const bool isDamaged = !m_last.damage.isEmpty() && item.state.isAlive();
    QString words = stateWords(item.state);
    if (isDamaged)
        words += u" · "_s + stateWords(item.state, m_last.damage);
    if (m_isGone)
        m_page->setState(StateRole::Stopped, m_last.seen.isValid() ? tr("gone, was %1").arg(words) : tr("gone"));
    else if (!m_last.seen.isValid())
        m_page->setState(StateRole::Waiting, tr("not seen yet"));
    else
        m_page->setState(roleOf(item.state, isDamaged), m_last.isDeleting ? tr("deleting") : words);
}

void ItemPane::showHistory()
{
    QList<PageEvent> events;
    for (const Transition& seen : std::as_const(m_transitions)) {
        const bool isEnd = isGoneMark(seen.to);
        QString words = isEnd ? tr("gone") : stateWords(seen.to);
        if (!seen.note.isEmpty())
            words += u" · "_s + noteWords(seen.note.left(300));
        events += PageEvent{ seen.when, isEnd ? StateRole::Stopped : roleOf(seen.to, false), words };
    }
    // Before the first change that we watched there is only what we found.
    if (events.isEmpty() && m_last.stateSince.isValid())
        events += PageEvent{ m_last.stateSince, roleOf(m_last.item.state, false), stateWords(m_last.item.state) };
    m_page->setHistory(events);
}

QList<PageFact> ItemPane::originFacts() const
{
    const SparkItem& item = m_last.item;
    const QDateTime now = m_server ? m_server->clock().now() : m_last.seen;
    QString age;
    if (m_last.stateSince.isValid() && !m_isGone)
        age = ageText(std::chrono::milliseconds(m_last.stateSince.msecsTo(now)));
    if (!m_last.isSinceExact && !age.isEmpty())
        age.prepend(u"≥ "_s);
    return {
        { tr("Server"), m_server ? m_server->profile().name.simplified().left(100) : QString(), {}, {} },
        { tr("Owner"), item.owner, {}, {} },
        { tr("Run as"), item.proxyUser, {}, {} },
        { tr("In this state"), age, {}, exactTime(m_last.stateSince) },
        { tr("App id"), item.appId, {}, {} },
        { tr("Spark UI"), item.sparkUiUrl, webLink(item.sparkUiUrl), {} },
        { tr("Driver log"), item.driverLogUrl, webLink(item.driverLogUrl), {} },
    };
}

QList<PageFact> ItemPane::resourceFacts() const
{
    const SparkItem& item = m_last.item;
    QString executors = sizeText(item.executorMemory, item.executorCores);
    if (item.numExecutors > 0)
        executors = executors.isEmpty() ? QString::number(item.numExecutors) : u"%1 × %2"_s.arg(item.numExecutors).arg(executors);
    return {
        { tr("Driver"), sizeText(item.driverMemory, item.driverCores), {}, {} },
        { tr("Executors"), executors, {}, {} },
        { tr("Queue"), item.queue, {}, {} },
        { tr("Ends when idle for"), item.idleTimeout, {}, {} },
        { tr("Lives at most"), item.ttl, {}, {} },
        confFact(tr("Spark settings"), item.conf),
    };
}

void ItemPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    tick();
}

void ItemPane::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_ticking.cancel();
}

void ItemPane::tick()
{
    // The age grows while nothing else changes.
    m_ticking.cancel();
    if (!m_server)
        return;
    m_ticking = m_server->clock().after(1s, this, [this] { tick(); });
    m_page->setFacts(facts());
}

} // namespace kindling
