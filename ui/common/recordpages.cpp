// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/recordpages.h"

#include "app/engine/runrecord.h"
#include "ui/common/comparepage.h"
#include "ui/common/configurationpage.h"
#include "ui/common/postmortempage.h"
#include "ui/common/summarypage.h"

#include <utility>

namespace kindling {

namespace {
/// Names no life in any records.
constexpr LifeNumber unknownLife = -1;
}

RecordPages::RecordPages(Recorder& recorder, const ItemKey& key, SummaryPage* page)
    : QObject(page)
    , m_key(key)
    , m_page(page)
    , m_postMortem(new PostMortemPage(recorder, page))
    , m_configuration(new ConfigurationPage(page))
    , m_compare(new ComparePage(recorder, page))
{
    m_postMortem->hide();
    m_page->addPage(m_configuration, tr("Configuration"));
    m_page->addPage(m_compare, tr("Compare"));
}

void RecordPages::setRecord(const std::optional<ItemRecord>& record)
{
    const LifeNumber life = record ? record->life.number : unknownLife;
    m_recorded = record ? record->configuration : RecordedConfiguration();
    m_postMortem->examine(m_key, life);
    m_compare->setRun(m_key, life);
    updateConfiguration();
}

void RecordPages::setEffective(const std::optional<QList<Setting>>& settings)
{
    m_effective = settings;
    updateConfiguration();
}

void RecordPages::updateConfiguration()
{
    const KnownSettings known = settingsOf(m_key.type, m_recorded);
    const QString lack = m_key.type == ItemType::Batch ? tr("Servers do not tell how a batch was configured; only what was asked for from here is known.")
                                                       : tr("Its server does not tell how it is configured.");
    m_configuration->showSettings(known.requested, m_effective ? m_effective : known.effective, lack);
}

void RecordPages::setEnd(bool hasEnded, bool isBad)
{
    if (!hasEnded && !m_isEndAskedFor) {
        m_page->removePage(m_postMortem);
        m_isEndTold = false;
        return;
    }
    if (!m_page->hasPage(m_postMortem))
        m_page->addPage(m_postMortem, tr("Why it ended"), 1);
    // not under the eyes of somebody who reads something else
    if (isBad && !std::exchange(m_isEndTold, true) && m_page->isSummaryShown())
        m_page->showPage(m_postMortem);
}

void RecordPages::showPostMortem()
{
    m_isEndAskedFor = true;
    setEnd(false, false);
    m_page->showPage(m_postMortem);
}

} // namespace kindling
