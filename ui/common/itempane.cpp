// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/itempane.h"

#include "app/engine/logtailer.h"
#include "app/livy/requestreader.h"
#include "app/livy/requestrecord.h"
#include "ui/common/launchwords.h"
#include "ui/common/messagebar.h"
#include "ui/common/recordpages.h"
#include "ui/common/ticker.h"
#include "ui/common/weblink.h"
#include "ui/common/words.h"

#include <QDesktopServices>
#include <QPushButton>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

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
    const QString words = cores == 1 ? ItemPane::tr("1 core") : ItemPane::tr("%Ln cores", nullptr, cores);
    QStringList parts{ memoryWords(memory), cores > 0 ? words : QString() };
    parts.removeAll(QString());
    return parts.join(u", "_s);
}
}

ItemPane::ItemPane(const ItemSubject& subject, QWidget* parent)
    : QWidget(parent)
    , m_server(subject.server)
    , m_recorder(subject.recorder)
    , m_key(subject.key)
    , m_life(subject.life)
    , m_page(new SummaryPage(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_page);
    m_last.key = m_key;
    addLogButton();
    connect(m_page, &SummaryPage::linkActivated, this, [](const QUrl& url) { QDesktopServices::openUrl(url); });
    if (m_server && m_life == 0)
        followServer();
    else
        m_isGone = true;
    if (m_server) {
        new Ticker(this, m_server->clock(), [this] {
            if (m_server)
                m_page->setFacts(facts());
            return m_server != nullptr;
        });
    }
    if (!m_recorder)
        return;
    m_records = new RecordPages(*m_recorder, m_key, m_page);
    readRecord();
}

void ItemPane::addLogButton()
{
    QPushButton* button = m_page->addButton(u"showLog"_s, tr("Sho&w log"), 2);
    connect(button, &QPushButton::clicked, this, [this] { Q_EMIT logRequested(m_key, m_life); });
}

void ItemPane::followServer()
{
    m_opened = m_server->clock().now();
    ItemStore& store = m_server->store(m_key.type);
    connect(&store, &ItemStore::changed, this, &ItemPane::onChanged);
    connect(&store, &ItemStore::transitionSeen, this, &ItemPane::addTransition);
    connect(m_server, &Server::connectionChanged, this, &ItemPane::refresh);
    connect(m_server, &QObject::destroyed, this, &ItemPane::refresh);
    if (const TrackedItem* tracked = store.find(m_key.id)) {
        m_last = *tracked;
        m_found = { .life = 0, .when = m_last.stateSince, .from = {}, .to = m_last.item.state, .note = {} };
    } else
        m_isGone = m_server->lastSeen().isValid();
}

bool ItemPane::isPresent() const
{
    return m_server && !m_isGone && !m_isFromRecord && m_last.seen.isValid();
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
    if (m_isFromRecord && m_server->lastSeen().isValid() && !std::exchange(m_isGone, true))
        refresh();
    if (!added.contains(m_key.id) && !updated.contains(m_key.id))
        return;
    if (const TrackedItem* tracked = m_server->store(m_key.type).find(m_key.id)) {
        m_last = *tracked;
        m_isGone = false;
        m_isFromRecord = false;
        refresh();
    }
}

void ItemPane::addTransition(const Transition& transition)
{
    if (transition.key != m_key)
        return;
    m_watched.append({ .life = 0, .when = transition.when, .from = transition.from, .to = transition.to, .note = transition.note });
    if (m_watched.size() > longestHistory)
        m_watched.removeFirst();
    refresh();
    if (!m_record)
        readRecord();
}

void ItemPane::readRecord()
{
    if (!m_recorder)
        return;
    m_reading.cancel();
    m_reading = readItemRecord(*m_recorder, { m_key, m_life }, this, [this](const Result<ItemRecord>& record) { onRecord(record); });
}

void ItemPane::onRecord(const Result<ItemRecord>& record)
{
    const bool isKnown = m_last.seen.isValid() && !m_isFromRecord;
    // what the records know may be another one that had this id
    if (record && (!isKnown || isOfLife(m_last.item, record->life)))
        m_record = *record;
    if (m_record && !isKnown)
        takeFromRecord();
    m_recordedLife = m_record ? m_record->life.number : -1;
    m_records->setRecord(m_record);
    refresh();
}

void ItemPane::takeFromRecord()
{
    const RecordedLife& life = m_record->life;
    const bool isGone = !m_record->states.isEmpty() && m_record->states.constLast().to == goneState();
    m_isFromRecord = true;
    m_last.item.id = m_key.id;
    m_last.item.name = life.facts.name;
    m_last.item.owner = life.facts.owner;
    m_last.item.appId = life.facts.appId;
    m_last.item.kindText = life.facts.kind;
    m_last.item.idleTimeout = life.facts.idleTimeout;
    m_last.item.sparkUiUrl = life.facts.sparkUi;
    m_last.item.driverLogUrl = life.facts.driverLog;
    m_last.item.state = isGone ? m_record->states.constLast().from : life.state;
    m_last.seen = life.lastSeen;
}

QList<RecordedState> ItemPane::states() const
{
    QList<RecordedState> all;
    for (const RecordedState& state : m_record ? m_record->states : QList<RecordedState>()) {
        if (!m_opened.isValid() || state.when <= m_opened)
            all += state;
    }
    all += m_watched;
    // Before the first change that was watched there is only what was found.
    const bool beginsWithAChange = !all.isEmpty() && !all.constFirst().from.raw.isEmpty();
    if (beginsWithAChange && m_found.when.isValid() && all.constFirst().from == m_found.to)
        all.prepend(m_found);
    if (all.isEmpty() && m_last.stateSince.isValid())
        all += RecordedState{ .life = 0, .when = m_last.stateSince, .from = {}, .to = m_last.item.state, .note = {} };
    return all;
}

void ItemPane::showPostMortem()
{
    if (m_records)
        m_records->showPostMortem();
}

void ItemPane::updateRecords()
{
    if (!m_records)
        return;
    const ItemState& state = m_last.item.state;
    const bool hasEnded = m_last.seen.isValid() && (m_isGone || state.isEnded() || state.value == ItemStateValue::Error);
    m_records->setEnd(hasEnded, hasEnded && hasEndedBadly(states()));
    // what ended before anybody watched is read by nobody else, and its log tells why
    const bool isListed = m_server && !m_isGone && !m_isFromRecord;
    if (hasEnded && isListed && !std::exchange(m_hasAskedLog, true))
        m_server->log(m_key.type, m_key.id)->lookInBackground();
    const bool isTold = m_server && !m_isFromRecord && m_key.type == ItemType::Session && tellsConfiguration(m_last.item, m_server->version());
    m_records->setEffective(isTold ? std::optional(settingsOf(requestLike(m_last.item, m_server->version()))) : std::nullopt);
}

QString ItemPane::recordMessage() const
{
    const QString until = exactTime(m_last.seen);
    if (m_life != 0)
        return tr("This one is over. It is shown as recorded until %1; its id may name another one now.").arg(until);
    if (m_isGone)
        return tr("The server does not list it any more. It is shown as recorded until %1.").arg(until);
    return tr("Its server has not answered yet. It is shown as recorded until %1.").arg(until);
}

QString ItemPane::message() const
{
    const QString seen = exactTime(m_last.seen);
    if (!m_server)
        return tr("Its server was removed from Kindling. This is what was last known.");
    if (m_isFromRecord)
        return recordMessage();
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
    updateRecords();
    updateButtons();
}

void ItemPane::showState()
{
    const SparkItem& item = m_last.item;
    const bool isDamaged = !m_last.damage.isEmpty() && item.state.isAlive();
    const QString phase = m_isGone || m_isFromRecord ? QString() : launchWords(item);
    QString words = phase.isEmpty() ? stateWords(item.state) : phase;
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
    for (const RecordedState& seen : states()) {
        const bool isEnd = seen.to == goneState();
        QString words = isEnd ? tr("gone") : stateWords(seen.to);
        if (!seen.note.isEmpty())
            words += u" · "_s + noteWords(seen.note.left(300));
        events.prepend({ seen.when, isEnd ? StateRole::Stopped : roleOf(seen.to, false), words });
    }
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
        { tr("Ends when idle for"), timeWords(item.idleTimeout), {}, {} },
        { tr("Lives at most"), timeWords(item.ttl), {}, {} },
        confFact(tr("Spark settings"), item.conf.toMap()),
    };
}

} // namespace kindling
