// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QTableView;

namespace kindling {

class ChoiceFilter;
class EmptyState;
class RequestsFilter;
class RequestsLabels;
class RequestsModel;
class RoleLabel;
class ToggleButton;
class Workspace;
struct Choice;

/// The last exchanges with the servers, newest at the end, without secrets.
class RequestsPane final : public QWidget {
    Q_OBJECT
public:
    RequestsPane(RequestsModel* model, Workspace* workspace, QWidget* parent = nullptr);

private:
    QWidget* makeBar();
    void setupTable();
    [[nodiscard]] QList<Choice> servers() const;
    void applyFilters();
    void copyAsCurl();
    void updateButtons();
    void updateEmptiness();
    /// Where there is one server there is nothing to tell apart.
    void updateServers();

    RequestsModel* m_model;
    Workspace* m_workspace;
    RequestsLabels* m_labels;
    RequestsFilter* m_filter;
    EmptyState* m_empty;
    ChoiceFilter* m_servers = nullptr;
    ToggleButton* m_failed = nullptr;
    RoleLabel* m_hint = nullptr;
    QPushButton* m_copy = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace kindling
