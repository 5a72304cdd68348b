// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/totalsline.h"

#include "app/core/states.h"
#include "app/models/itemsmodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/plaintooltip.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
const QString dot = u" · "_s;
constexpr int gap = 8;
}

TotalsLine::TotalsLine(ItemsModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_parts(static_cast<qsizetype>(Part::Count))
    , m_before(new RoleLabel(QString(), ColorRole::Secondary, this))
    , m_failed(new RoleLabel(QString(), ColorRole::Bad, this))
    , m_after(new RoleLabel(QString(), ColorRole::Secondary, this))
    , m_more(new QPushButton(tr("Totals…"), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_before->setObjectName("totalsBefore"_L1);
    m_failed->setObjectName("totalsFailed"_L1);
    m_after->setObjectName("totalsAfter"_L1);
    row->addStretch(1);
    row->addWidget(m_before);
    row->addWidget(m_failed);
    row->addWidget(m_after);
    row->addSpacing(gap);
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
    return textFrom(Part::Ended);
}

QString TotalsLine::shownText() const
{
    return m_before->text() + m_failed->text() + m_after->text();
}

QSize TotalsLine::sizeHint() const
{
    return { widthOf(text()) + gap + m_more->sizeHint().width(), m_more->sizeHint().height() };
}

QSize TotalsLine::minimumSizeHint() const
{
    return { widthOf(m_parts.at(static_cast<qsizetype>(Part::Failed))) + gap + m_more->sizeHint().width(), m_more->sizeHint().height() };
}

void TotalsLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

int TotalsLine::widthOf(const QString& text) const
{
    return m_before->fontMetrics().horizontalAdvance(text) + 4; // each label rounds up
}

QString TotalsLine::textFrom(Part first) const
{
    QStringList shown;
    for (const Part part : { Part::Running, Part::Idle, Part::Starting, Part::Failed, Part::Ended, Part::All }) {
        const QString& text = m_parts.at(static_cast<qsizetype>(part));
        if (part >= first && !text.isEmpty())
            shown += text;
    }
    return shown.join(dot);
}

void TotalsLine::fit()
{
    const int room = width() - gap - m_more->sizeHint().width();
    auto first = Part::Ended;
    while (first < Part::Failed && widthOf(textFrom(first)) > room)
        first = static_cast<Part>(static_cast<int>(first) + 1);
    const QString shown = textFrom(first);
    const QString& failed = m_parts.at(static_cast<qsizetype>(Part::Failed));
    const qsizetype place = failed.isEmpty() ? shown.size() : shown.indexOf(failed);
    m_before->setText(shown.left(place));
    m_failed->setText(failed);
    m_after->setText(shown.mid(place + failed.size()));
    for (QLabel* label : { m_before, m_failed, m_after })
        label->setVisible(!label->text().isEmpty()); // an empty one is as wide as a letter
    layout()->activate(); // its labels have other widths now
    setToolTip(shown == text() ? QString() : plainToolTip(text()));
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
    const auto tell = [this](Part part, const QString& text) { m_parts[static_cast<qsizetype>(part)] = text; };
    const auto orNothing = [](int number, const QString& text) { return number > 0 ? text : QString(); };
    tell(Part::Running, orNothing(of(StateRole::Active), tr("%Ln running", nullptr, of(StateRole::Active))));
    tell(Part::Idle, orNothing(of(StateRole::Idle), tr("%Ln idle", nullptr, of(StateRole::Idle))));
    tell(Part::Starting, orNothing(starting, tr("%Ln starting", nullptr, starting)));
    tell(Part::Failed, orNothing(failed, tr("%Ln failed", nullptr, failed)));
    const int ended = of(StateRole::Success) + of(StateRole::Stopped);
    tell(Part::Ended, orNothing(ended, tr("%Ln ended", nullptr, ended)));
    tell(Part::All, tr("%Ln in all", nullptr, rows));
    setAccessibleName(text());
    updateGeometry();
    fit();
}

} // namespace kindling
