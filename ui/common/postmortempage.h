// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/postmortem.h"

#include <QWidget>

class QBoxLayout;
class QStackedLayout;
class QTableWidget;

namespace kindling {

class EmptyState;
class LogExcerpt;
class RoleLabel;
class WrappedText;

/// Why a session or batch ended, from the records: the recognised cause in plain words with advice and the line that
/// shows it, the last states, and the log around that line. Reads anew when more of it was recorded.
class PostMortemPage final : public QWidget {
    Q_OBJECT
public:
    explicit PostMortemPage(Recorder& recorder, QWidget* parent = nullptr);

    /// `life` 0: the newest one of the item.
    void examine(const ItemKey& key, LifeNumber life = 0);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeReport();
    QWidget* makeCause(QWidget* parent);
    QWidget* makeEvidence(QWidget* parent);
    QWidget* makeStates(QWidget* parent);
    QWidget* makeLog(QWidget* parent);
    /// The states beside the log, or above it where room is short; no higher than their rows.
    void fitEvidence();
    void read();
    void lookForMore();
    void onRead(const Result<PostMortem>& answer);
    void showLoading();
    void showProblem(const Error& problem);
    void showReport();
    void showCause();
    void showStates();
    void showLog();
    [[nodiscard]] QString reportText() const;
    void copyReport() const;

    Recorder& m_recorder;
    ItemKey m_key;
    LifeNumber m_life = 0;
    RequestHandle m_reading;
    bool m_isReading = false;
    bool m_isRead = false;
    PostMortem m_report;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    RoleLabel* m_says = nullptr;
    RoleLabel* m_advice = nullptr;
    WrappedText* m_line = nullptr;
    RoleLabel* m_place = nullptr;
    RoleLabel* m_logTitle = nullptr;
    QBoxLayout* m_evidence = nullptr;
    QTableWidget* m_states = nullptr;
    LogExcerpt* m_log = nullptr;
};

} // namespace kindling
