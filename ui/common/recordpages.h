// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemrecord.h"
#include "app/livy/requestrecord.h"

#include <QObject>

namespace kindling {

class ComparePage;
class ConfigurationPage;
class PostMortemPage;
class SummaryPage;

/// The pages of a session or batch that its records fill: why it ended, how it was configured, how it compares with others.
class RecordPages final : public QObject {
    Q_OBJECT
public:
    /// Puts the pages on `page`.
    RecordPages(Recorder& recorder, const ItemKey& key, SummaryPage* page);

    /// nullopt = nothing was recorded of it.
    void setRecord(const std::optional<ItemRecord>& record);
    /// How its server says that it is configured; where that is nullopt the record's word is taken.
    void setEffective(const std::optional<QList<Setting>>& settings);
    /// Why it ended is told once it has; first of all, and once, where that was bad.
    void setEnd(bool hasEnded, bool isBad);
    void showPostMortem();

private:
    void updateConfiguration();

    ItemKey m_key;
    SummaryPage* m_page;
    PostMortemPage* m_postMortem;
    ConfigurationPage* m_configuration;
    ComparePage* m_compare;
    RecordedConfiguration m_recorded;
    std::optional<QList<Setting>> m_effective;
    bool m_isEndTold = false;
    bool m_isEndAskedFor = false;
};

} // namespace kindling
