// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/orphanfilter.h"

#include "ui/common/words.h"

#include <QActionGroup>
#include <QMenu>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

OrphanFilter::OrphanFilter(QWidget* parent)
    : QPushButton(parent)
{
    setToolTip(tr("My sessions that are idle, and of which no activity was seen for so long. What happens between two looks, or while Kindling does not watch, is not seen."));
    auto* choices = new QMenu(this);
    connect(choices, &QMenu::aboutToShow, this, &OrphanFilter::fill);
    setMenu(choices);
    setHours(0h);
}

void OrphanFilter::setHours(std::chrono::hours hours)
{
    const bool isChange = std::exchange(m_hours, hours) != hours;
    setText(hours == 0h ? tr("Orphans") : tr("Orphans (%1)", "a length of time").arg(ageText(hours)));
    setAccessibleName(text());
    if (isChange)
        Q_EMIT hoursChanged();
}

void OrphanFilter::fill()
{
    QMenu* choices = menu();
    choices->clear();
    auto* group = new QActionGroup(choices);
    for (const std::chrono::hours hours : { 0h, 1h, 2h, 4h, 8h, 12h, 24h, 72h, 168h }) {
        QAction* action = choices->addAction(hours == 0h ? tr("Off") : tr("No activity seen for %1", "a length of time").arg(ageText(hours)));
        action->setActionGroup(group);
        action->setCheckable(true);
        action->setChecked(hours == m_hours);
        action->setData(static_cast<int>(hours.count()));
        connect(action, &QAction::triggered, this, [this, hours] { setHours(hours); });
    }
}

} // namespace kindling
