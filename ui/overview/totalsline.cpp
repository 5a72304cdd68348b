// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/totalsline.h"

#include "app/core/states.h"
#include "app/models/itemsmodel.h"
#include "ui/common/elidedlabel.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr QStringView dot = u" · ";
}

TotalsLine::TotalsLine(ItemsModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_before(new ElidedLabel(QString(), this))
    , m_failed(new RoleLabel(QString(), ColorRole::Bad, this))
    , m_after(new ElidedLabel(QString(), this))
    , m_more(new QPushButton(tr("Totals…"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_before->setColorRole(ColorRole::Secondary);
    m_after->setColorRole(ColorRole::Secondary);
    m_before->setObjectName("totalsBefore"_L1);
    m_failed->setObjectName("totalsFailed"_L1);
    m_after->setObjectName("totalsAfter"_L1);
    row->addWidget(m_before);
    row->addWidget(m_failed);
    row->addWidget(m_after);
    row->addSpacing(8);
    row->addWidget(m_more);
    m_more->setObjectName("totalsMore"_L1);
    m_more->setAccessibleName(m_more->text());
    m_more->setToolTip(tr("By owner, queue and state: how many, and what they hold"));
    connect(m_more, &QPushButton::clicked, this, &TotalsLine::moreRequested);
    connect(model, &QAbstractItemModel::rowsInserted, this, &TotalsLine::scheduleCount);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TotalsLine::scheduleCount);
    connect(model, &QAbstractItemModel::dataChanged, this, &TotalsLine::scheduleCount);
    count();
}

QString TotalsLine::text() const
{
    return m_before->text() + m_failed->text() + m_after->text();
}

void TotalsLine::scheduleCount()
{
    if (std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &TotalsLine::count, Qt::QueuedConnection);
}

void TotalsLine::count()
{
    m_isScheduled = false;
    std::array<int, 8> by{};
    const int rows = m_model->rowCount();
    for (int row = 0; row < rows; ++row) {
        const TrackedItem& item = m_model->itemAt(row);
        ++by.at(static_cast<size_t>(roleOf(item.item.state, !item.damage.isEmpty())));
    }
    const auto of = [&by](StateRole role) { return by.at(static_cast<size_t>(role)); };
    const int failed = of(StateRole::Bad) + of(StateRole::Damaged);
    const int starting = of(StateRole::Starting) + of(StateRole::Waiting);
    QStringList before;
    if (of(StateRole::Active) > 0)
        before += tr("%n running", nullptr, of(StateRole::Active));
    if (of(StateRole::Idle) > 0)
        before += tr("%n idle", nullptr, of(StateRole::Idle));
    if (starting > 0)
        before += tr("%n starting", nullptr, starting);
    QString text = before.join(dot);
    if (!text.isEmpty())
        text += dot;
    m_before->setText(text);
    m_failed->setText(failed > 0 ? tr("%n failed", nullptr, failed) : QString());
    m_after->setText((failed > 0 ? dot.toString() : QString()) + tr("%n in all", nullptr, rows));
    setAccessibleName(this->text());
    updateGeometry();
}

} // namespace kindling
