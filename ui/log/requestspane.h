// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QTableView;

namespace kindling {

class RequestsModel;
class RoleLabel;

/// The last exchanges with the servers, newest at the end, without secrets.
class RequestsPane final : public QWidget {
    Q_OBJECT
public:
    explicit RequestsPane(RequestsModel* model, QWidget* parent = nullptr);

private:
    QWidget* makeBar();
    void copyAsCurl();
    void updateButtons();

    RequestsModel* m_model;
    RoleLabel* m_hint = nullptr;
    QPushButton* m_copy = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace kindling
