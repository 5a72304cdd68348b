// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/storage/records.h"

#include <QWidget>

class QStackedLayout;

namespace kindling {

class Dialogs;
class EmptyState;
class LogBar;
class LogFeed;
class LogSaving;
class LogView;
class MessageBar;
class Recorder;
class Workspace;

/// Follows the log of one session or batch while it is seen, from where its record begins. Reading a session's log by
/// its id renews its heartbeat: while it is seen, the session counts as attached.
class LogPane final : public QWidget {
    Q_OBJECT
public:
    /// Without a recorder: only what the server has. Without dialogs nothing is saved.
    explicit LogPane(Workspace* workspace, Recorder* recorder = nullptr, Dialogs* dialogs = nullptr, QWidget* parent = nullptr);
    ~LogPane() override;

    /// `life`: 0 = the one that has the id now; else what was recorded of the one with this number.
    void showItem(const ItemKey& key, LifeNumber life = 0);
    void clear();
    [[nodiscard]] const ItemKey& item() const;
    [[nodiscard]] LogView* view() const { return m_view; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void connectFeed();
    void connectBar();
    void addShortcuts();
    void updateState();
    void updateEmpty();
    void updateSearch();
    [[nodiscard]] QString title() const;
    void stepMatch(int by);
    void showFirstError();

    Workspace* m_workspace;
    LogFeed* m_feed;
    LogBar* m_bar;
    MessageBar* m_messages;
    LogSaving* m_saving;
    QStackedLayout* m_stack = nullptr;
    LogView* m_view = nullptr;
    EmptyState* m_empty = nullptr;
    bool m_showsProblem = false;
};

} // namespace kindling
