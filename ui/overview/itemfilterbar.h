// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

namespace kindling {

class ChoiceFilter;
class OrphanFilter;
class Workspace;
struct Choice;
struct ItemRule;

/// Chooses sessions and batches by what they have: state, kind, owner, type, server; and finds orphans.
class ItemFilterBar final : public QWidget {
    Q_OBJECT
public:
    ItemFilterBar(Workspace* workspace, QWidget* parent);

    /// Writes what is chosen into a rule; all but its conditions.
    void fill(ItemRule& rule) const;
    /// How long orphans have been idle; zero = all are shown.
    [[nodiscard]] std::chrono::hours orphanedFor() const;
    void clear();

Q_SIGNALS:
    void changed();

private:
    using Choices = QList<Choice> (*)(const Workspace&);
    ChoiceFilter* addFilter(const QString& name, const QString& label, const QString& toolTip, Choices choices);

    Workspace* m_workspace;
    ChoiceFilter* m_states;
    ChoiceFilter* m_kinds;
    ChoiceFilter* m_owners;
    ChoiceFilter* m_types;
    ChoiceFilter* m_servers;
    OrphanFilter* m_orphans;
};

} // namespace kindling
