// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/comparepage.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/logexcerpt.h"
#include "ui/common/settingstable.h"
#include "ui/common/stateglyph.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QStackedLayout>

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostCandidates = 500;

QString nameOf(const RecordedLife& life)
{
    const QString type = life.facts.key.type == ItemType::Session ? ComparePage::tr("Session %1") : ComparePage::tr("Batch %1");
    return QString(type.arg(life.facts.key.id) + u' ' + life.facts.name).left(80).simplified();
}

QString choiceOf(const RecordedLife& life)
{
    return nameOf(life) + u" · "_s + exactTime(life.firstSeen);
}

QString durationOf(const RunRecord& run)
{
    const QDateTime end = run.ended();
    if (!run.started().isValid() || !end.isValid())
        return {};
    return durationText(std::chrono::milliseconds(run.started().msecsTo(end)));
}

/// What is known beside the settings; times and numbers differ always, so that only what tells something is marked.
QList<ComparedLine> factsOf(const RunRecord& one, const RunRecord& other)
{
    const auto line = [](const QString& name, const QString& left, const QString& right, bool mayMark) {
        return ComparedLine{ name, left, right, QString(), mayMark && left != right };
    };
    const auto lines = [](const RunRecord& run) { return QLocale().toString(run.log.total); };
    return {
        line(ComparePage::tr("Ended as"), stateWords(one.lastState()), stateWords(other.lastState()), true),
        line(ComparePage::tr("Began"), exactTime(one.started()), exactTime(other.started()), false),
        line(ComparePage::tr("Took"), durationOf(one), durationOf(other), false),
        line(ComparePage::tr("Owner"), one.item.life.facts.owner, other.item.life.facts.owner, true),
        line(ComparePage::tr("Lines of log"), lines(one), lines(other), false),
    };
}

QString logWords(const LogComparison& logs, qsizetype lines)
{
    if (lines == 0 && logs.first < 0)
        return ComparePage::tr("Of neither a line of log was recorded");
    if (logs.first >= 0)
        return ComparePage::tr("Their logs part in line %1").arg(QLocale().toString(logs.first + 1));
    if (logs.isWhole)
        return logs.isSame ? ComparePage::tr("Their logs are the same") : ComparePage::tr("Their logs differ in numbers only");
    const QString words = logs.isSame ? ComparePage::tr("Their logs are the same in the first %1 lines; only those are compared")
                                      : ComparePage::tr("Their logs differ in numbers only in the first %1 lines; only those are compared");
    return words.arg(QLocale().toString(lines));
}
}

ComparePage::ComparePage(Recorder& recorder, QWidget* parent)
    : QWidget(parent)
    , m_recorder(recorder)
{
    setObjectName("comparePage"_L1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addWidget(makeBar());
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_empty = new EmptyState(QString(), QString(), QString(), holder);
    m_empty->setObjectName("compareEmpty"_L1);
    m_stack->addWidget(makeComparison());
    m_stack->addWidget(m_empty);
    column->addWidget(holder, 1);
    showNote(tr("No other run is chosen"), tr("Choose one above: what differs between the two is shown here."));
}

QWidget* ComparePage::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* label = new QLabel(tr("Compare &with"), bar);
    m_choice = new QComboBox(bar);
    m_choice->setObjectName("compareWith"_L1);
    m_choice->setAccessibleName(tr("Compare with"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(28);
    label->setBuddy(m_choice);
    connect(m_choice, &QComboBox::activated, this, &ComparePage::onChosen);
    m_markedOnly = new ToggleButton(u"compareDifferences"_s, tr("Differences only"), tr("Only settings in which the two differ"), bar);
    row->addWidget(label);
    row->addWidget(m_choice, 1);
    row->addStretch(1);
    row->addWidget(m_markedOnly);
    return bar;
}

QWidget* ComparePage::makeComparison()
{
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_facts = new SettingsTable(QString(), QString(), page);
    m_facts->setObjectName("compareFacts"_L1);
    m_facts->setAccessibleName(tr("Comparison"));
    connect(m_markedOnly, &ToggleButton::toggled, m_facts, &SettingsTable::setMarkedOnly);
    m_logTitle = new RoleLabel(QString(), ColorRole::Text, page);
    m_logTitle->setObjectName("compareLogTitle"_L1);
    QFont bold = font();
    bold.setBold(true);
    m_logTitle->setFont(bold);
    auto* logs = new QHBoxLayout;
    logs->setSpacing(8);
    m_oneLog = new LogExcerpt(page);
    m_oneLog->setObjectName("compareOneLog"_L1);
    m_otherLog = new LogExcerpt(page);
    m_otherLog->setObjectName("compareOtherLog"_L1);
    logs->addWidget(m_oneLog);
    logs->addWidget(m_otherLog);
    column->addWidget(m_facts, 3);
    column->addWidget(m_logTitle);
    column->addLayout(logs, 2);
    return page;
}

void ComparePage::setRun(const ItemKey& key, LifeNumber life)
{
    if (key == m_key && std::exchange(m_life, life) == life)
        return;
    m_key = key;
    m_life = life;
    m_isListed = false;
    m_one.reset();
    if (isVisible())
        readCandidates();
}

void ComparePage::readCandidates()
{
    if (m_life < 0)
        showNote(tr("Nothing was recorded of it"), tr("Only what was recorded can be compared."));
    if (m_life <= 0 || std::exchange(m_isListed, true))
        return;
    m_listing = m_recorder.lives({ .server = {}, .item = {}, .most = mostCandidates }, this,
        [this](const Result<QList<RecordedLife>>& lives) { onCandidates(lives); });
}

void ComparePage::onCandidates(const Result<QList<RecordedLife>>& lives)
{
    if (!lives) {
        m_isListed = false;
        showNote(errorTitle(lives.error()), lives.error().detail.left(500));
        return;
    }
    const auto self = std::ranges::find(*lives, m_life, &RecordedLife::number);
    const QString name = self == lives->end() ? QString() : self->facts.name;
    m_candidates = *lives;
    m_candidates.removeIf([this](const RecordedLife& life) { return life.number == m_life; });
    // of its kind first, and of its name before others; the newest first among those
    std::ranges::stable_sort(m_candidates, std::ranges::greater(), [this, &name](const RecordedLife& life) {
        const bool isOfName = !name.isEmpty() && life.facts.name == name;
        return std::pair(life.facts.key.type == m_key.type, isOfName && life.facts.key.server == m_key.server);
    });
    m_choice->clear();
    m_choice->addItem(m_candidates.isEmpty() ? tr("No other run was recorded") : tr("Choose a run"));
    for (const RecordedLife& life : std::as_const(m_candidates))
        m_choice->addItem(stateIcon(roleOf(life.state, false)), choiceOf(life));
    m_choice->setEnabled(!m_candidates.isEmpty());
}

void ComparePage::onChosen(int index)
{
    m_readingOne.cancel();
    m_readingOther.cancel();
    m_other.reset();
    if (index <= 0 || index > m_candidates.size()) {
        showNote(tr("No other run is chosen"), tr("Choose one above: what differs between the two is shown here."));
        return;
    }
    showNote(tr("Looking into the records…"), QString(), true);
    const auto keep = [this](std::optional<RunRecord>& place) {
        return [this, &place](const Result<RunRecord>& run) {
            if (run) {
                place = *run;
                onRuns();
            } else {
                showNote(errorTitle(run.error()), run.error().detail.left(500));
            }
        };
    };
    const RecordedLife& chosen = m_candidates.at(index - 1);
    m_readingOne = readRun(m_recorder, { m_key, m_life }, this, keep(m_one));
    m_readingOther = readRun(m_recorder, { chosen.facts.key, chosen.number }, this, keep(m_other));
}

void ComparePage::onRuns()
{
    if (!m_one || !m_other)
        return;
    showFacts();
    showLogs();
    m_stack->setCurrentIndex(0);
}

void ComparePage::showFacts()
{
    QList<ComparedLine> lines = factsOf(*m_one, *m_other);
    for (const SettingPair& pair : pairsOf(m_one->settings, m_other->settings))
        lines += { settingWords(pair.name), settingValue(pair.name, pair.left), settingValue(pair.name, pair.right), QString(), !pair.isSame() };
    m_facts->setTitles(nameOf(m_one->item.life), nameOf(m_other->item.life));
    m_facts->showLines(lines);
}

void ComparePage::showLogs()
{
    const LogComparison comparison = compareLogs(m_one->log, m_other->log);
    const qsizetype first = comparison.first;
    m_logTitle->setText(logWords(comparison, m_one->log.lines.size()));
    const auto show = [first](LogExcerpt* text, const RunRecord& run) {
        const bool isThere = first >= 0 && first < run.log.lines.size();
        text->showLines(run.log.lines, isThere ? QList<qsizetype>{ first } : QList<qsizetype>());
        text->setAccessibleName(nameOf(run.item.life));
    };
    show(m_oneLog, *m_one);
    show(m_otherLog, *m_other);
}

void ComparePage::showNote(const QString& title, const QString& text, bool isLoading)
{
    m_empty->setContent(title, text);
    m_empty->setLoading(isLoading);
    m_stack->setCurrentWidget(m_empty);
}

void ComparePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    readCandidates();
}

} // namespace kindling
