// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/engine/logtailer.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace kindling {

class ElidedLabel;
class EmptyState;
class LogView;
class MessageBar;
class RoleLabel;
class Workspace;

/// Follows the log of one session or batch while it is seen: search, warnings only, first error. Reading a session's
/// log by its id renews its heartbeat: while it is seen, the session counts as attached.
class LogPane final : public QWidget {
    Q_OBJECT
public:
    explicit LogPane(Workspace* workspace, QWidget* parent = nullptr);
    ~LogPane() override;

    void showItem(const ItemKey& key);
    void clear();
    [[nodiscard]] const ItemKey& item() const { return m_key; }
    [[nodiscard]] LogView* view() const { return m_view; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeBar();
    QPushButton* barButton(QHBoxLayout* row, const char* name, const QString& label, const QString& toolTip);
    void connectBar();
    void startWatching();
    void stopWatching();
    void onAppended(qsizetype first);
    void updateState();
    void updateTitle();
    void applySearch();
    void stepMatch(int by);
    void updateMatchCount();
    void showFirstError();

    Workspace* m_workspace;
    ItemKey m_key;
    QPointer<LogTailer> m_tailer;
    bool m_isWatching = false;
    qsizetype m_match = -1; ///< index into the matches; -1 = none is current
    MessageBar* m_messages = nullptr;
    ElidedLabel* m_title = nullptr;
    QLineEdit* m_search = nullptr;
    RoleLabel* m_count = nullptr;
    QPushButton* m_loud = nullptr;
    QPushButton* m_firstError = nullptr;
    QPushButton* m_follow = nullptr;
    QStackedLayout* m_stack = nullptr;
    LogView* m_view = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
