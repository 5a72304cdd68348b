// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QList>
#include <QWidget>

class QBoxLayout;
class QLineEdit;
class QMenu;
class QModelIndex;
class QStackedLayout;
class QToolButton;

namespace kindling {

class EmptyState;
class NavigatorFilter;
class NavigatorLabels;
class NavigatorModel;
class NavigatorTree;
class ToggleButton;
class Workspace;

/// The tree of servers, sessions and batches, with a filter, what can be added, and what can be done with each.
class NavigatorPane final : public QWidget {
    Q_OBJECT
public:
    explicit NavigatorPane(Workspace* workspace, QWidget* parent = nullptr);

    [[nodiscard]] QList<ItemKey> selectedItems() const;
    /// The server of the current row, else the first; empty = there is none.
    [[nodiscard]] ServerId currentServer() const;
    /// Makes the item current, if it is there and not filtered out.
    void selectItem(const ItemKey& key);
    void selectServer(const ServerId& id);
    /// Marks what the tab in front is about; invalid = nothing. Its row comes into view where nobody is at work here, but
    /// nothing is selected.
    void setOpenItem(const ItemKey& key);

Q_SIGNALS:
    void itemActivated(const kindling::ItemKey& key);
    /// The current row changed to this item.
    void itemSelected(const kindling::ItemKey& key);
    void serverActivated(const kindling::ServerId& id);
    void addServerRequested();
    void editServerRequested(const kindling::ServerId& id);
    void removeServerRequested(const kindling::ServerId& id);
    void readOnlyRequested(const kindling::ServerId& id, bool isReadOnly);
    void newSessionRequested(const kindling::ServerId& id);
    void submitBatchRequested(const kindling::ServerId& id);
    void deleteRequested(const QList<kindling::ItemKey>& keys);
    void notebookRequested(const kindling::ItemKey& key);
    void postMortemRequested(const kindling::ItemKey& key);
    void refreshRequested(const kindling::ServerId& id);
    void startLocalRequested(const kindling::ServerId& id);
    void stopLocalRequested(const kindling::ServerId& id);

private:
    void setupModels();
    QWidget* makeHead();
    QWidget* makeTree();
    QWidget* makeFoot();
    void setupTree();
    void fillAddMenu(QMenu* menu);
    /// What makes something on that server; empty = there is none.
    void addCreators(QMenu* menu, const ServerId& id);
    void openMenu(const QPoint& where);
    void fillServerMenu(QMenu* menu, const ServerId& id);
    void fillItemMenu(QMenu* menu, const ItemKey& key);
    [[nodiscard]] QModelIndex rowOf(const QModelIndex& node) const;
    void select(const QModelIndex& node);
    void onActivated(const QModelIndex& index);
    void onCurrentChanged(const QModelIndex& index);
    void expandUnder(const QModelIndex& parent, int first, int last);
    void applyFilters();
    void updateEmptiness();

    Workspace* m_workspace;
    NavigatorModel* m_model = nullptr;
    NavigatorFilter* m_filter = nullptr;
    NavigatorLabels* m_labels = nullptr;
    QLineEdit* m_text = nullptr;
    QToolButton* m_add = nullptr;
    ToggleButton* m_mine = nullptr;
    ToggleButton* m_live = nullptr;
    QStackedLayout* m_stack = nullptr;
    NavigatorTree* m_tree = nullptr;
    EmptyState* m_empty = nullptr;
};

} // namespace kindling
