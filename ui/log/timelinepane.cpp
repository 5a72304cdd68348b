// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/timelinepane.h"

#include "app/models/timelinemodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/words.h"
#include "ui/log/timelineview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr double zoomStep = 1.6;
}

TimelinePane::TimelinePane(TimelineModel* model, Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new TimelineView(model, clock, this))
    , m_stack(new QStackedLayout)
{
    setObjectName("timelinePane"_L1);
    m_view->setObjectName("timelineView"_L1);
    auto* empty = new EmptyState(tr("Nothing has happened yet"), tr("What sessions and batches do over time appears here as strips, from when Kindling first sees them."));
    empty->setObjectName("timelineEmpty"_L1);
    auto* shown = new QWidget(this);
    auto* rows = new QVBoxLayout(shown);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeBar());
    rows->addWidget(m_view, 1);
    m_stack->addWidget(shown);
    m_stack->addWidget(empty);
    setLayout(m_stack);
    connect(m_view, &TimelineView::itemActivated, this, &TimelinePane::itemActivated);
    connect(m_view, &TimelineView::scaleChanged, this, &TimelinePane::updateBar);
    connect(model, &QAbstractItemModel::rowsInserted, this, &TimelinePane::updateEmptiness);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TimelinePane::updateEmptiness);
    updateBar();
    updateEmptiness();
}

QWidget* TimelinePane::makeBar()
{
    auto* bar = new QWidget(this);
    m_range = new QComboBox(bar);
    m_range->setObjectName("timelineRange"_L1);
    m_range->setAccessibleName(tr("Time shown"));
    for (const std::chrono::milliseconds span : { 5min, 30min, 120min, 720min, 4320min })
        m_range->addItem(tr("Last %1", "a length of time").arg(ageText(span)), static_cast<qint64>(span.count()));
    connect(m_range, &QComboBox::activated, this, [this](int index) { m_view->setSpan(m_range->itemData(index).toLongLong()); });
    auto* out = addButton(bar, u"zoomOut"_s, u"\u2212"_s, tr("Show more time"));
    auto* in = addButton(bar, u"zoomIn"_s, u"+"_s, tr("Show less time"));
    auto* all = addButton(bar, u"showAll"_s, tr("All", "all the time"), tr("All"));
    m_now = addButton(bar, u"goToNow"_s, tr("Now"), tr("Now"));
    m_now->setCheckable(true);
    connect(out, &QToolButton::clicked, this, [this] { m_view->zoom(1 / zoomStep); });
    connect(in, &QToolButton::clicked, this, [this] { m_view->zoom(zoomStep); });
    connect(all, &QToolButton::clicked, this, [this] { m_view->showAll(); });
    connect(m_now, &QToolButton::clicked, this, [this] { m_view->goToNow(); });
    auto* hint = new ElidedLabel(tr("Drag moves through time, Ctrl and the wheel zoom"), bar);
    hint->setColorRole(ColorRole::Secondary);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_range);
    for (QToolButton* button : { out, in, all, m_now })
        row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(hint, 1);
    bar->setMinimumHeight(36);
    return bar;
}

QToolButton* TimelinePane::addButton(QWidget* bar, const QString& name, const QString& text, const QString& label)
{
    auto* button = new QToolButton(bar);
    button->setObjectName(name);
    button->setText(text);
    button->setAccessibleName(label);
    if (text != label)
        button->setToolTip(label);
    return button;
}

void TimelinePane::setCurrent(const ItemKey& key)
{
    m_view->setCurrent(key);
}

void TimelinePane::updateBar()
{
    const TimeScale& scale = m_view->scale();
    m_now->setChecked(scale.isFollowing());
    m_range->setCurrentIndex(scale.isFollowing() ? m_range->findData(scale.span()) : -1);
    m_range->setPlaceholderText(durationText(std::chrono::milliseconds(scale.span())));
}

void TimelinePane::updateEmptiness()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
}

} // namespace kindling
