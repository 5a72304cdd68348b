// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/totalspopup.h"

#include "app/models/itemsfilter.h"
#include "app/models/itemtotals.h"
#include "app/models/requestedsizes.h"
#include "ui/common/celldelegate.h"
#include "ui/common/words.h"

#include <QHeaderView>
#include <QLocale>
#include <QScreen>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr qsizetype longestName = 60;
constexpr qsizetype mostRows = 200; ///< of a section; past these the smallest are added up
constexpr int countColumns = 7;
constexpr int titleMargin = 10;
constexpr int screenMargin = 8;
constexpr Clock::Duration pace = 50ms; ///< views are painted no more often

QString memoryText(const ItemTotal& total)
{
    if (total.memoryMiB <= 0)
        return {};
    const QString text = TotalsPopup::tr("%1 GiB").arg(QLocale().toString(total.memoryMiB / 1024, 'f', total.memoryMiB < 10 * 1024 ? 1 : 0));
    return total.isAtLeast ? u"≥ "_s + text : text;
}

QString countText(qint64 count)
{
    return count > 0 ? QLocale().toString(count) : QString();
}

QString coresText(const ItemTotal& total)
{
    const QString text = countText(total.cores);
    return total.isAtLeast && !text.isEmpty() ? u"≥ "_s + text : text;
}

QStringList textsOf(const QString& name, const ItemTotal& total)
{
    const int starting = total.of(StateRole::Starting) + total.of(StateRole::Waiting);
    const int failed = total.of(StateRole::Bad) + total.of(StateRole::Damaged);
    const int ended = total.count - total.of(StateRole::Active) - total.of(StateRole::Idle) - starting - failed;
    return { name, QLocale().toString(total.count), countText(total.of(StateRole::Active)), countText(total.of(StateRole::Idle)), countText(starting),
        countText(failed), countText(ended), coresText(total), memoryText(total) };
}
}

TotalsPopup::TotalsPopup(const ItemsFilter* shown, RequestedSizes* requested, Clock& clock, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_shown(shown)
    , m_requested(requested)
    , m_clock(clock)
    , m_table(new QTableWidget(0, countColumns + 2, this))
{
    setObjectName("totalsPopup"_L1);
    setFrameShape(QFrame::StyledPanel);
    setupTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_table);
    connectSources();
}

void TotalsPopup::setupTable()
{
    m_table->setObjectName("totalsTable"_L1);
    m_table->setAccessibleName(tr("Totals"));
    m_table->setHorizontalHeaderLabels({ tr("Of what is shown"), tr("All"), tr("Running"), tr("Idle"), tr("Starting"), tr("Failed"), tr("Ended"), tr("Cores"), tr("Memory") });
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeDense(m_table);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void TotalsPopup::connectSources()
{
    connect(m_requested, &RequestedSizes::changed, this, &TotalsPopup::schedule);
    connect(m_shown, &QAbstractItemModel::rowsInserted, this, &TotalsPopup::schedule);
    connect(m_shown, &QAbstractItemModel::rowsRemoved, this, &TotalsPopup::schedule);
    connect(m_shown, &QAbstractItemModel::dataChanged, this, &TotalsPopup::schedule);
    connect(m_shown, &QAbstractItemModel::layoutChanged, this, &TotalsPopup::schedule);
}

void TotalsPopup::schedule()
{
    if (!isVisible() || std::exchange(m_isScheduled, true))
        return;
    m_next = m_clock.after(pace, this, [this] {
        m_isScheduled = false;
        refill();
        fit();
    });
}

void TotalsPopup::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    m_next.cancel();
    m_isScheduled = false;
}

QList<TotalsPopup::Line> TotalsPopup::linesOf(const ItemTotals& totals)
{
    QList<Line> lines{ { textsOf(tr("In all"), totals.all), true } };
    addSection(lines, tr("By owner"), totals.byOwner, tr("without an owner"));
    addSection(lines, tr("By queue"), totals.byQueue, tr("without a queue"));
    QList<ItemTotal> states = totals.byState;
    for (ItemTotal& state : states)
        state.name = stateWords(ItemState::fromWire(state.name));
    addSection(lines, tr("By state"), states, tr("without a state"));
    return lines;
}

void TotalsPopup::addSection(QList<Line>& lines, const QString& title, const QList<ItemTotal>& totals, const QString& nameless)
{
    lines += { { title }, true };
    for (const ItemTotal& total : totals.first(qMin(totals.size(), mostRows)))
        lines += { textsOf(total.name.isEmpty() ? nameless : total.name.simplified().left(longestName), total) };
    if (totals.size() <= mostRows)
        return;
    ItemTotal others;
    for (const ItemTotal& total : totals.sliced(mostRows))
        others.count += total.count;
    lines += { textsOf(tr("%Ln more", nullptr, static_cast<int>(totals.size() - mostRows)), others) };
}

void TotalsPopup::refill()
{
    // In place: where a person has scrolled to, and the current cell, stay.
    const QList<Line> lines = linesOf(totalsOf(*m_shown, m_requested));
    m_table->setRowCount(static_cast<int>(lines.size()));
    for (int row = 0; row < m_table->rowCount(); ++row)
        showLine(row, lines.at(row));
    fitColumns();
}

void TotalsPopup::showLine(int row, const Line& line)
{
    const bool isHeading = line.texts.size() == 1;
    const int span = isHeading ? m_table->columnCount() : 1;
    if (m_table->columnSpan(row, 0) != span)
        m_table->setSpan(row, 0, 1, span);
    QFont font = m_table->font();
    font.setBold(line.isBold);
    const Qt::ItemFlags flags = isHeading ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    for (int column = 0; column < m_table->columnCount(); ++column) {
        QTableWidgetItem* item = m_table->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            m_table->setItem(row, column, item);
        }
        item->setText(line.texts.value(column));
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        item->setFont(font);
        if (item->flags() != flags) // which tells of a change even where there is none
            item->setFlags(flags);
    }
}

void TotalsPopup::fitColumns()
{
    const bool mayShrink = !isVisible(); // nothing jumps under a reader
    const QFontMetrics titles(m_table->horizontalHeader()->font());
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const int before = mayShrink ? 0 : m_table->columnWidth(column);
        m_table->resizeColumnToContents(column);
        // The contents alone: the bold titles want more than they are given.
        const int needed = titles.horizontalAdvance(m_table->horizontalHeaderItem(column)->text()) + 2 * titleMargin;
        m_table->setColumnWidth(column, qMax(before, qMax(m_table->columnWidth(column), needed)));
    }
}

void TotalsPopup::openBelow(const QWidget* anchor)
{
    m_requested->load();
    refill();
    setScreen(anchor->screen());
    m_place = anchor->mapToGlobal(QPoint(0, anchor->height()));
    resize(0, 0);
    fit();
    show();
    m_table->setFocus();
}

void TotalsPopup::fit()
{
    const int frame = 2 * frameWidth() + 2;
    const QRect room = screen()->availableGeometry();
    const int wanted = m_table->horizontalHeader()->height() + m_table->rowCount() * m_table->verticalHeader()->defaultSectionSize() + frame;
    const int height = qMin(wanted, room.bottom() - m_place.y() - screenMargin);
    const int bar = height < wanted ? m_table->verticalScrollBar()->sizeHint().width() : 0;
    resize(QSize(m_table->horizontalHeader()->length() + frame + bar, height).expandedTo(size()));
    move(qBound(room.left(), m_place.x(), qMax(room.left(), room.right() - width())), m_place.y());
}

} // namespace kindling
