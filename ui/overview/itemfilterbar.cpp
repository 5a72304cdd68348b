// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/itemfilterbar.h"

#include "app/models/itemsfilter.h"
#include "ui/overview/itemchoices.h"
#include "ui/overview/orphanfilter.h"

#include <QHBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ItemFilterBar::ItemFilterBar(Workspace* workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_states(addFilter(u"overviewStates"_s, tr("State"), tr("Only these states"), stateChoices))
    , m_kinds(addFilter(u"overviewKinds"_s, tr("Kind"), tr("Only these kinds"), kindChoices))
    , m_owners(addFilter(u"overviewOwners"_s, tr("Owner"), tr("Only these owners"), ownerChoices))
    , m_types(addFilter(u"overviewTypes"_s, tr("Type"), tr("Only sessions, or only batches"), typeChoices))
    , m_servers(addFilter(u"overviewServers"_s, tr("Server"), tr("Only these servers"), serverChoices))
    , m_orphans(new OrphanFilter(this))
{
    m_orphans->setObjectName("overviewOrphans"_L1);
    connect(m_orphans, &OrphanFilter::hoursChanged, this, &ItemFilterBar::changed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QPushButton* button : std::initializer_list<QPushButton*>{ m_states, m_kinds, m_owners, m_types, m_servers, m_orphans })
        row->addWidget(button);
}

ChoiceFilter* ItemFilterBar::addFilter(const QString& name, const QString& label, const QString& toolTip, Choices choices)
{
    auto* filter = new ChoiceFilter(label, [this, choices] { return choices(*m_workspace); }, this);
    filter->setObjectName(name);
    filter->setToolTip(toolTip);
    connect(filter, &ChoiceFilter::chosenChanged, this, &ItemFilterBar::changed);
    return filter;
}

void ItemFilterBar::fill(ItemRule& rule) const
{
    rule.states = m_states->chosen();
    rule.kinds = m_kinds->chosen();
    rule.owners = m_owners->chosen();
    rule.servers = m_servers->chosen();
    rule.type.reset();
    if (m_types->chosen().size() == 1)
        rule.type = m_types->chosen().constFirst() == sessionChoice ? ItemType::Session : ItemType::Batch;
}

std::chrono::hours ItemFilterBar::orphanedFor() const
{
    return m_orphans->hours();
}

void ItemFilterBar::clear()
{
    for (ChoiceFilter* filter : { m_states, m_kinds, m_owners, m_types, m_servers })
        filter->clear();
    m_orphans->setHours(0h);
}

} // namespace kindling
