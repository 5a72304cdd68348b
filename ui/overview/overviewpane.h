// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/models/lastactivity.h"

#include <QList>
#include <QSet>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace kindling {

class ColumnFit;
class EmptyState;
class ItemFilterBar;
class ItemsFilter;
class ItemsModel;
class MessageBar;
class OverviewLabels;
class Recorder;
class RequestedSizes;
class RowFlash;
class Server;
class ToggleButton;
class TotalsLine;
class TotalsPopup;
class Workspace;
struct Transition;

/// One table of all sessions and batches of all servers, with totals, filters and acts on many at once.
class OverviewPane final : public QWidget {
    Q_OBJECT
public:
    /// `recorder` knows of what was before this run; may be null.
    explicit OverviewPane(Workspace* workspace, Recorder* recorder = nullptr, QWidget* parent = nullptr);

    [[nodiscard]] QList<ItemKey> selectedItems() const;
    /// Widths, order and visibility of the columns, and how they are sorted.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& state);

Q_SIGNALS:
    void itemActivated(const kindling::ItemKey& key);
    void itemSelected(const kindling::ItemKey& key);
    void postMortemRequested(const kindling::ItemKey& key);
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    void addServerRequested();
    void newSessionRequested(const kindling::ServerId& id);
    /// A file is to be made of what the table shows.
    void exportRequested(const QString& csv);

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void setupModels();
    QWidget* makeBar();
    QWidget* makeTable();
    void setupTable();
    void setDefaultWidths();
    void setupFilters(QWidget* bar);
    void setupActs(QWidget* bar);
    void fillColumnsMenu(QMenu* menu);
    void openMenu(const QPoint& where);
    void watch(Server* server);
    void applyFilters();
    void openTotals();
    void flash(const Transition& transition);
    void flashDamage(const TrackedItem& item);
    [[nodiscard]] bool mayFlash() const;
    void updateLocks();
    void updateSelection();
    void updateMessages();
    void updateEmptiness();
    void onEmptyActivated();
    /// Ages grow; gives whether they will again.
    bool tick();

    Workspace* m_workspace;
    ItemsModel* m_model = nullptr;
    ItemsFilter* m_filter = nullptr;
    OverviewLabels* m_labels = nullptr;
    LastActivity m_lastActivity;
    RequestedSizes* m_requested;
    RowFlash* m_flash = nullptr;
    QSet<ItemKey> m_damaged; ///< of an interpreter, and seen so
    MessageBar* m_messages = nullptr;
    QLineEdit* m_text = nullptr;
    ToggleButton* m_mine = nullptr;
    ToggleButton* m_live = nullptr;
    ItemFilterBar* m_choices = nullptr;
    TotalsLine* m_totals = nullptr;
    TotalsPopup* m_popup = nullptr;
    ToggleButton* m_unlock = nullptr;
    QPushButton* m_columns = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_stop = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTableView* m_table = nullptr;
    ColumnFit* m_fit = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
