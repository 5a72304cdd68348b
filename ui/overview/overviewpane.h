// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/requesthandle.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace kindling {

class ChoiceFilter;
class EmptyState;
class ItemsFilter;
class ItemsModel;
class MessageBar;
class OverviewLabels;
class Server;
class ToggleButton;
class TotalsLine;
class Workspace;

/// One table of all sessions and batches of all servers, with totals, filters and acts on many at once.
class OverviewPane final : public QWidget {
    Q_OBJECT
public:
    explicit OverviewPane(Workspace* workspace, QWidget* parent = nullptr);

    [[nodiscard]] QList<ItemKey> selectedItems() const;
    /// Widths, order and visibility of the columns, and how they are sorted.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& state);
    /// Whose items "mine" shows; the name of the user of this machine if never set.
    void setMe(const QString& me);

Q_SIGNALS:
    void itemActivated(const kindling::ItemKey& key);
    void itemSelected(const kindling::ItemKey& key);
    void postMortemRequested(const kindling::ItemKey& key);
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    void addServerRequested();
    void newSessionRequested(const kindling::ServerId& id);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void setupModels();
    QWidget* makeBar();
    QWidget* makeTable();
    void setupTable();
    void setDefaultWidths();
    void setupFilters(QWidget* bar);
    void fillColumnsMenu(QMenu* menu);
    void openMenu(const QPoint& where);
    void watch(Server* server);
    void applyFilters();
    void updateLocks();
    void updateSelection();
    void updateMessages();
    void updateEmptiness();
    void onEmptyActivated();
    void tick();

    Workspace* m_workspace;
    ItemsModel* m_model = nullptr;
    ItemsFilter* m_filter = nullptr;
    OverviewLabels* m_labels = nullptr;
    QString m_me;
    RequestHandle m_ticking;
    MessageBar* m_messages = nullptr;
    QLineEdit* m_text = nullptr;
    ToggleButton* m_mine = nullptr;
    ToggleButton* m_live = nullptr;
    ChoiceFilter* m_states = nullptr;
    ChoiceFilter* m_kinds = nullptr;
    TotalsLine* m_totals = nullptr;
    ToggleButton* m_unlock = nullptr;
    QPushButton* m_columns = nullptr;
    QPushButton* m_stop = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTableView* m_table = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
