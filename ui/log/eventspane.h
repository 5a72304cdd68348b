// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QWidget>

class QLineEdit;
class QTableView;

namespace kindling {

class EmptyState;
class EventsFilter;
class EventsModel;
class ToggleButton;

/// Every change of state that was seen and every act of ours, newest at the end; all of them, or only some.
class EventsPane final : public QWidget {
    Q_OBJECT
public:
    explicit EventsPane(EventsModel* model, QWidget* parent = nullptr);

Q_SIGNALS:
    /// `when`: it lived then.
    void itemActivated(const kindling::ItemKey& key, const QDateTime& when);

private:
    QWidget* makeBar();
    void setupTable();
    void applyFilters();
    void updateEmptiness();
    void copySelected();

    EventsModel* m_model;
    EventsFilter* m_filter;
    EmptyState* m_empty;
    QTableView* m_table;
    QLineEdit* m_text = nullptr;
    ToggleButton* m_acts = nullptr;
    ToggleButton* m_bad = nullptr;
    QWidget* m_cut = nullptr;
};

} // namespace kindling
