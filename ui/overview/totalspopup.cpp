// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/totalspopup.h"

#include "app/models/itemtotals.h"
#include "ui/common/celldelegate.h"
#include "ui/common/words.h"

#include <QHeaderView>
#include <QLocale>
#include <QScreen>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <cmath>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestName = 60;
constexpr qsizetype mostRows = 200; ///< of a section; past these the smallest are added up
constexpr int countColumns = 6;
constexpr int titleMargin = 10;

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
}

TotalsPopup::TotalsPopup(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_table(new QTableWidget(0, countColumns + 2, this))
{
    setObjectName("totalsPopup"_L1);
    setFrameShape(QFrame::StyledPanel);
    m_table->setObjectName("totalsTable"_L1);
    m_table->setAccessibleName(tr("Totals"));
    m_table->setHorizontalHeaderLabels({ tr("Of what is shown"), tr("All"), tr("Running"), tr("Idle"), tr("Starting"), tr("Failed"), tr("Cores"), tr("Memory") });
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeDense(m_table);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_table);
}

void TotalsPopup::setTotals(const ItemTotals& totals)
{
    m_table->setRowCount(0);
    addRow(tr("In all"), totals.all, true);
    addSection(tr("By owner"), totals.byOwner, tr("without an owner"));
    addSection(tr("By queue"), totals.byQueue, tr("without a queue"));
    QList<ItemTotal> states = totals.byState;
    for (ItemTotal& state : states)
        state.name = stateWords(ItemState::fromWire(state.name));
    addSection(tr("By state"), states, tr("without a state"));
    fitColumns();
}

void TotalsPopup::fitColumns()
{
    m_table->resizeColumnsToContents();
    // The contents alone: the bold titles want more than they are given.
    const QFontMetrics titles(m_table->horizontalHeader()->font());
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const int needed = titles.horizontalAdvance(m_table->horizontalHeaderItem(column)->text()) + 2 * titleMargin;
        m_table->setColumnWidth(column, qMax(m_table->columnWidth(column), needed));
    }
}

void TotalsPopup::addSection(const QString& title, const QList<ItemTotal>& totals, const QString& nameless)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* head = new QTableWidgetItem(title);
    QFont bold = m_table->font();
    bold.setBold(true);
    head->setFont(bold);
    head->setFlags(Qt::ItemIsEnabled);
    m_table->setItem(row, 0, head);
    m_table->setSpan(row, 0, 1, m_table->columnCount());
    for (const ItemTotal& total : totals.first(qMin(totals.size(), mostRows)))
        addRow(total.name.isEmpty() ? nameless : total.name.simplified().left(longestName), total, false);
    if (totals.size() <= mostRows)
        return;
    int rest = 0;
    for (const ItemTotal& total : totals.sliced(mostRows))
        rest += total.count;
    ItemTotal others;
    others.count = rest;
    addRow(tr("%Ln more", nullptr, static_cast<int>(totals.size() - mostRows)), others, false);
}

void TotalsPopup::addRow(const QString& name, const ItemTotal& total, bool isBold)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const QStringList texts{ name, QLocale().toString(total.count), countText(total.of(StateRole::Active)), countText(total.of(StateRole::Idle)),
        countText(total.of(StateRole::Starting) + total.of(StateRole::Waiting)), countText(total.of(StateRole::Bad) + total.of(StateRole::Damaged)),
        coresText(total), memoryText(total) };
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(texts.at(column));
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        QFont font = m_table->font();
        font.setBold(isBold);
        item->setFont(font);
        m_table->setItem(row, column, item);
    }
}

void TotalsPopup::openBelow(const QWidget* anchor)
{
    const int frame = 2 * frameWidth() + 2;
    const int rows = m_table->rowCount() * m_table->verticalHeader()->defaultSectionSize();
    const QRect screen = anchor->screen()->availableGeometry();
    const QPoint below = anchor->mapToGlobal(QPoint(0, anchor->height()));
    const int height = qMin(m_table->horizontalHeader()->height() + rows + frame, screen.bottom() - below.y() - 8);
    const bool isCut = height < m_table->horizontalHeader()->height() + rows + frame;
    const int width = m_table->horizontalHeader()->length() + frame + (isCut ? m_table->verticalScrollBar()->sizeHint().width() : 0);
    resize(width, height);
    move(qBound(screen.left(), below.x(), qMax(screen.left(), screen.right() - width)), below.y());
    show();
    m_table->setFocus();
}

} // namespace kindling
