// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/requestrecord.h"

#include <QWidget>

class QStackedLayout;

namespace kindling {

class EmptyState;
class RoleLabel;
class SettingsTable;
class ToggleButton;

/// How a session or batch was asked for, and how its server says that it is configured; what differs is marked.
class ConfigurationPage final : public QWidget {
    Q_OBJECT
public:
    explicit ConfigurationPage(QWidget* parent = nullptr);

    /// nullopt = not known. `lack` says why the effective one is not.
    void showSettings(const std::optional<QList<Setting>>& requested, const std::optional<QList<Setting>>& effective, const QString& lack);

private:
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    RoleLabel* m_note = nullptr;
    ToggleButton* m_markedOnly = nullptr;
    SettingsTable* m_table = nullptr;
};

} // namespace kindling
