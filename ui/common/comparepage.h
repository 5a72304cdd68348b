// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/runrecord.h"

#include <QWidget>

class QComboBox;
class QStackedLayout;

namespace kindling {

class EmptyState;
class LogExcerpt;
class RoleLabel;
class SettingsTable;
class ToggleButton;

/// Two recorded runs side by side: how they ended, how long they took, what they were configured with, and where their
/// logs part.
class ComparePage final : public QWidget {
    Q_OBJECT
public:
    explicit ComparePage(Recorder& recorder, QWidget* parent = nullptr);

    /// The run that others are compared with; negative = the records know none.
    void setRun(const ItemKey& key, LifeNumber life);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeComparison();
    void readCandidates();
    void onCandidates(const Result<QList<RecordedLife>>& lives);
    void onChosen(int index);
    void onRuns();
    void showFacts();
    void showLogs();
    void showNote(const QString& title, const QString& text, bool isLoading = false);

    Recorder& m_recorder;
    ItemKey m_key;
    LifeNumber m_life = 0;
    bool m_isListed = false;
    RequestHandle m_listing;
    RequestHandle m_readingOne;
    RequestHandle m_readingOther;
    QList<RecordedLife> m_candidates;
    std::optional<RunRecord> m_one;
    std::optional<RunRecord> m_other;
    QComboBox* m_choice = nullptr;
    ToggleButton* m_markedOnly = nullptr;
    QStackedLayout* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    SettingsTable* m_facts = nullptr;
    RoleLabel* m_logTitle = nullptr;
    LogExcerpt* m_oneLog = nullptr;
    LogExcerpt* m_otherLog = nullptr;
};

} // namespace kindling
