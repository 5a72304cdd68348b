// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/configurationpage.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/settingstable.h"
#include "ui/common/togglebutton.h"

#include <QHBoxLayout>
#include <QStackedLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QString noteOf(const SettingPair& pair)
{
    if (pair.isSame())
        return {};
    if (pair.right.isEmpty())
        return ConfigurationPage::tr("the server does not show it");
    return pair.left.isEmpty() ? ConfigurationPage::tr("set by the server") : ConfigurationPage::tr("changed by the server");
}
}

ConfigurationPage::ConfigurationPage(QWidget* parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_empty(new EmptyState(QString(), QString(), QString(), this))
{
    setObjectName("configurationPage"_L1);
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_note = new RoleLabel(QString(), ColorRole::Secondary, page);
    m_note->setObjectName("configurationNote"_L1);
    m_note->setWordWrap(true);
    m_markedOnly = new ToggleButton(u"differencesOnly"_s, tr("Differences only"), tr("Only what was asked for and what is do not agree on"), page);
    row->addWidget(m_note, 1);
    row->addWidget(m_markedOnly, 0, Qt::AlignTop);
    m_table = new SettingsTable(tr("Requested"), tr("Effective"), page);
    m_table->setObjectName("configurationTable"_L1);
    m_table->setAccessibleName(tr("Configuration"));
    column->addLayout(row);
    column->addWidget(m_table, 1);
    m_empty->setObjectName("configurationEmpty"_L1);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    connect(m_markedOnly, &ToggleButton::toggled, m_table, &SettingsTable::setMarkedOnly);
    showSettings({}, {}, {});
}

void ConfigurationPage::showSettings(
    const std::optional<QList<Setting>>& requested, const std::optional<QList<Setting>>& effective, const QString& lack)
{
    const bool hasBoth = requested && effective;
    QList<ComparedLine> lines;
    for (const SettingPair& pair : pairsOf(requested.value_or(QList<Setting>()), effective.value_or(QList<Setting>()))) {
        const bool isContradiction = hasBoth && !pair.isSame() && !pair.left.isEmpty();
        lines += { settingWords(pair.name), settingValue(pair.name, pair.left), settingValue(pair.name, pair.right), hasBoth ? noteOf(pair) : QString(), isContradiction };
    }
    m_table->showLines(lines);
    m_table->setColumnHidden(1, !requested);
    m_table->setColumnHidden(2, !effective);
    m_markedOnly->setVisible(hasBoth);
    if (hasBoth)
        m_note->setText(tr("What was asked for from here, and what the server says that it is."));
    else
        m_note->setText(requested ? lack : tr("It was not started from here, or before requests were recorded: only what its server says is known."));
    m_empty->setContent(tr("Its configuration is not known"), lack);
    m_stack->setCurrentIndex(lines.isEmpty() ? 1 : 0);
}

} // namespace kindling
