// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/postmortempage.h"

#include "app/models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/logexcerpt.h"
#include "ui/common/words.h"
#include "ui/common/wrappedtext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableWidget>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
constexpr int wideFrom = 860;
constexpr int highFrom = 420; ///< in less height the one above the other would leave no log to see
constexpr int fewStates = 3; ///< that are seen also where room is short
constexpr qsizetype longestQuote = 600;

RoleLabel* paragraph(const char* name, ColorRole role, QWidget* parent)
{
    auto* label = new RoleLabel(QString(), role, parent);
    label->setObjectName(QLatin1StringView(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QFont boldened(QFont font)
{
    font.setBold(true);
    return font;
}

QVBoxLayout* makeColumn(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    return column;
}

bool isGone(const RecordedState& state)
{
    return state.to == goneState();
}

QString wordsOf(const RecordedState& state)
{
    const QString words = isGone(state) ? PostMortemPage::tr("gone") : stateWords(state.to);
    const QString note = noteWords(state.note.left(300)).simplified();
    return note.isEmpty() ? words : words + u" · "_s + note;
}
}

PostMortemPage::PostMortemPage(Recorder& recorder, QWidget* parent)
    : QWidget(parent)
    , m_recorder(recorder)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyState(QString(), QString(), QString(), this))
{
    setObjectName("postMortemPage"_L1);
    m_empty->setObjectName("postMortemEmpty"_L1);
    m_stack->addWidget(makeReport());
    m_stack->addWidget(m_empty);
    showLoading();
    connect(m_empty, &EmptyState::activated, this, &PostMortemPage::read);
    connect(&recorder, &Recorder::recorded, this, &PostMortemPage::lookForMore);
}

QWidget* PostMortemPage::makeReport()
{
    auto* report = new QWidget(this);
    auto* column = makeColumn(report);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(side);
    column->addWidget(makeCause(report));
    column->addWidget(makeEvidence(report), 1);
    return report;
}

QWidget* PostMortemPage::makeCause(QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(side);
    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    m_says = paragraph("causeSays", ColorRole::Text, box);
    QFont large = boldened(font());
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_says->setFont(large);
    m_advice = paragraph("causeAdvice", ColorRole::Text, box);
    m_line = new WrappedText(box);
    m_line->setObjectName("causeLine"_L1);
    m_line->setFont(codeFont());
    m_line->setMarked();
    m_line->setAccessibleDescription(tr("The line that shows it"));
    m_place = paragraph("causePlace", ColorRole::Secondary, box);
    m_place->setSmall();
    for (QWidget* each : { static_cast<QWidget*>(m_says), static_cast<QWidget*>(m_advice), static_cast<QWidget*>(m_line), static_cast<QWidget*>(m_place) })
        words->addWidget(each);
    row->addLayout(words, 1);
    auto* copy = new QPushButton(tr("Copy report"), box);
    copy->setObjectName("copyReport"_L1);
    copy->setAccessibleName(copy->text());
    connect(copy, &QPushButton::clicked, this, &PostMortemPage::copyReport);
    row->addWidget(copy, 0, Qt::AlignTop);
    return box;
}

QWidget* PostMortemPage::makeEvidence(QWidget* parent)
{
    auto* box = new QWidget(parent);
    m_evidence = new QBoxLayout(QBoxLayout::LeftToRight, box);
    m_evidence->setContentsMargins(0, 0, 0, 0);
    m_evidence->setSpacing(side);
    m_evidence->addWidget(makeStates(box), 2);
    m_evidence->addWidget(makeLog(box), 5);
    return box;
}

QWidget* PostMortemPage::makeStates(QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* column = makeColumn(box);
    auto* statesTitle = new RoleLabel(tr("The last states"), ColorRole::Text, box);
    statesTitle->setFont(boldened(font()));
    m_states = new QTableWidget(0, 3, box);
    m_states->setObjectName("lastStates"_L1);
    m_states->setAccessibleName(statesTitle->text());
    m_states->setHorizontalHeaderLabels({ QString(), tr("When"), tr("State") });
    m_states->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeDense(m_states, 0);
    for (int section = 0; section < m_states->columnCount(); ++section)
        m_states->horizontalHeaderItem(section)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QString longTime = exactTime(QDateTime(QDate(2028, 12, 28), QTime(20, 28, 28)));
    setSampleWidths(m_states, { u"0"_s, longTime, stateWords(ItemState::fromWire(u"shutting_down"_s)) });
    m_states->setMinimumWidth(m_states->horizontalHeader()->length() + 4);
    m_states->setFrameShape(QFrame::StyledPanel);
    column->addWidget(statesTitle);
    column->addWidget(m_states, 1);
    column->addStretch(0);
    return box;
}

QWidget* PostMortemPage::makeLog(QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* column = makeColumn(box);
    m_logTitle = new RoleLabel(QString(), ColorRole::Text, box);
    m_log = new LogExcerpt(box);
    m_log->setObjectName("causeLog"_L1);
    column->addWidget(m_logTitle);
    column->addWidget(m_log, 1);
    // takes the room of the log where there is none
    column->addStretch(0);
    return box;
}

void PostMortemPage::fitEvidence()
{
    const bool isWide = width() >= wideFrom || height() < highFrom;
    m_evidence->setDirection(isWide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_evidence->setStretch(0, isWide ? 2 : 0);
    const int row = m_states->verticalHeader()->defaultSectionSize();
    const int around = m_states->horizontalHeader()->height() + 2 * m_states->frameWidth();
    const int most = isWide ? m_states->rowCount() : qMin(m_states->rowCount(), fewStates);
    m_states->setMaximumHeight(around + most * row);
    m_states->setMinimumHeight(around + qMin(most, fewStates) * row);
}

void PostMortemPage::examine(const ItemKey& key, LifeNumber life)
{
    m_key = key;
    m_life = life;
    m_isRead = false;
    showLoading();
    read();
}

void PostMortemPage::showLoading()
{
    m_empty->setContent(tr("Looking into the records…"), QString());
    m_empty->setLoading(true);
    m_stack->setCurrentWidget(m_empty);
}

void PostMortemPage::read()
{
    m_reading.cancel();
    m_isReading = true;
    m_reading = readPostMortem(m_recorder, { m_key, m_life }, this, [this](const Result<PostMortem>& answer) { onRead(answer); });
}

void PostMortemPage::lookForMore()
{
    if (!isVisible() || m_isReading || !m_key.isValid())
        return;
    m_isReading = true;
    m_reading = readItemRecord(m_recorder, { m_key, m_life }, this, [this](const Result<ItemRecord>& record) {
        m_isReading = false;
        const RecordedLife& known = m_report.life;
        if (record && (!m_isRead || record->life.number != known.number || record->life.lastSeen != known.lastSeen))
            read();
    });
}

void PostMortemPage::onRead(const Result<PostMortem>& answer)
{
    m_isReading = false;
    if (!answer) {
        showProblem(answer.error());
        return;
    }
    m_isRead = true;
    m_report = *answer;
    showReport();
}

void PostMortemPage::showProblem(const Error& problem)
{
    m_empty->setLoading(false);
    if (problem.kind == ErrorKind::NotFound)
        m_empty->setContent(tr("Nothing was recorded of it"), tr("Kindling did not watch it, or keeps records of that age no longer."));
    else
        m_empty->setContent(errorTitle(problem), problem.detail.left(500), tr("Try again"));
    m_stack->setCurrentWidget(m_empty);
}

void PostMortemPage::showReport()
{
    showCause();
    showStates();
    showLog();
    m_stack->setCurrentIndex(0);
}

void PostMortemPage::showCause()
{
    const CauseWords words = wordsOf(m_report.causeId);
    const bool isKnown = !words.says.isEmpty();
    const bool isBad = hasEndedBadly(m_report.states);
    if (isKnown) {
        m_says->setText(words.says);
        m_advice->setText(words.advice);
    } else if (isBad) {
        m_says->setText(tr("Why it ended was not recognised."));
        m_advice->setText(m_report.log.lines.isEmpty() ? QString() : tr("The last lines of its log may tell; the first error among them often matters most."));
    } else {
        m_says->setText(tr("Nothing speaks of a failure."));
        m_advice->setText(QString());
    }
    m_says->setColorRole(isBad ? ColorRole::Bad : ColorRole::Text);
    m_advice->setHidden(m_advice->text().isEmpty());
    const qsizetype place = m_report.causeLine < 0 ? -1 : m_report.causeLine - m_report.log.first;
    const bool hasLine = place >= 0 && place < m_report.log.lines.size();
    m_line->setVisible(hasLine);
    m_place->setVisible(hasLine);
    if (!hasLine)
        return;
    m_line->setText(shownLine(m_report.log.lines.at(place)).left(longestQuote));
    m_place->setText(tr("Line %1 of its log, read %2")
                         .arg(QLocale().toString(m_report.causeLine + 1), exactTime(m_report.log.times.value(place))));
}

void PostMortemPage::showStates()
{
    // the newest first, as everywhere in the window
    const auto count = static_cast<int>(m_report.states.size());
    m_states->setRowCount(count);
    for (int row = 0; row < count; ++row) {
        const RecordedState& state = m_report.states.at(count - 1 - row);
        auto* glyph = new QTableWidgetItem;
        glyph->setData(StateGlyphRole, static_cast<int>(isGone(state) ? StateRole::Stopped : roleOf(state.to, false)));
        m_states->setItem(row, 0, glyph);
        m_states->setItem(row, 1, new QTableWidgetItem(exactTime(state.when)));
        m_states->setItem(row, 2, new QTableWidgetItem(wordsOf(state)));
    }
    fitEvidence();
}

void PostMortemPage::showLog()
{
    const RecordedLog& log = m_report.log;
    const qsizetype place = m_report.causeLine < 0 ? -1 : m_report.causeLine - log.first;
    const bool hasLine = place >= 0 && place < log.lines.size();
    if (log.lines.isEmpty())
        m_logTitle->setText(tr("No line of its log was recorded"));
    else
        m_logTitle->setText(hasLine ? tr("The log around it") : tr("The last lines of its log"));
    m_logTitle->setFont(log.lines.isEmpty() ? font() : boldened(font()));
    m_logTitle->setColorRole(log.lines.isEmpty() ? ColorRole::Secondary : ColorRole::Text);
    m_log->setAccessibleName(m_logTitle->text());
    m_log->showLines(log.lines, hasLine ? QList<qsizetype>{ place } : QList<qsizetype>());
    m_log->setVisible(!log.lines.isEmpty());
}

QString PostMortemPage::reportText() const
{
    QStringList lines{ m_says->text(), m_advice->text() };
    if (!m_line->isHidden())
        lines += { m_line->text(), m_place->text() };
    lines += QString();
    for (const RecordedState& state : m_report.states)
        lines += exactTime(state.when) + u"  "_s + wordsOf(state);
    lines += QString();
    lines += m_log->toPlainText();
    return lines.join(u'\n');
}

void PostMortemPage::copyReport() const
{
    QGuiApplication::clipboard()->setText(reportText());
}

void PostMortemPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitEvidence();
}

void PostMortemPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    lookForMore();
}

} // namespace kindling
