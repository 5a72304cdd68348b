// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/overflowrow.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int gap = 8;
}

OverflowRow::OverflowRow(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_more(new QToolButton(this))
    , m_menu(new QMenu(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(gap);
    m_row->addWidget(m_more);
    m_more->setObjectName("moreActs"_L1);
    m_more->setIcon(themedIcon(u"overflow-menu"_s));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &OverflowRow::fillMenu);
}

void OverflowRow::addButton(QPushButton* button, int worth)
{
    m_entries += { button, worth, true };
    m_row->insertWidget(m_row->count() - 1, button);
}

void OverflowRow::setOffered(QPushButton* button, bool isOffered)
{
    for (Entry& entry : m_entries) {
        if (entry.button != button || entry.isOffered == isOffered)
            continue;
        entry.isOffered = isOffered;
        button->setVisible(isOffered);
        updateGeometry(); // whoever lays it out fits it anew
    }
}

int OverflowRow::widthFrom(int worth) const
{
    int width = -gap;
    bool hasMore = false;
    for (const Entry& entry : m_entries) {
        const bool isIn = entry.worth >= worth;
        if (entry.isOffered && isIn)
            width += gap + entry.button->sizeHint().width();
        hasMore |= entry.isOffered && !isIn;
    }
    return qMax(0, hasMore ? width + gap + m_more->sizeHint().width() : width);
}

int OverflowRow::wholeWidth() const
{
    return widthFrom(0);
}

int OverflowRow::leastWidth() const
{
    return widthFrom(always);
}

void OverflowRow::fitTo(int room)
{
    int worth = 0;
    while (worth < always && widthFrom(worth) > room)
        ++worth;
    for (const Entry& entry : std::as_const(m_entries))
        entry.button->setVisible(entry.isOffered && entry.worth >= worth);
    m_more->setVisible(std::ranges::any_of(m_entries, [worth](const Entry& entry) { return entry.isOffered && entry.worth < worth; }));
}

void OverflowRow::fillMenu()
{
    m_menu->clear();
    for (const Entry& entry : std::as_const(m_entries)) {
        if (!entry.isOffered || !entry.button->isHidden())
            continue;
        QAction* action = m_menu->addAction(entry.button->text());
        action->setEnabled(entry.button->isEnabled());
        action->setCheckable(entry.button->isCheckable());
        action->setChecked(entry.button->isChecked());
        action->setToolTip(entry.button->toolTip());
        connect(action, &QAction::triggered, entry.button, &QPushButton::click);
    }
}

} // namespace kindling
