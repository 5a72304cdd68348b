// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QIdentityProxyModel>

namespace kindling {

class Clock;
class Workspace;

/// Puts words on the navigator's tree: names of the groups, bold servers, tool tips, what a screen reader says, and
/// what stands at the right of a row.
class NavigatorLabels final : public QIdentityProxyModel {
    Q_OBJECT
public:
    explicit NavigatorLabels(Workspace* workspace, QObject* parent = nullptr);

    /// What a screen reader calls open; invalid = nothing.
    void setOpenItem(const ItemKey& key) { m_openItem = key; }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// "idle", "busy 8 s", "online · 12 ms", "12"
    [[nodiscard]] QString wordsOf(const QModelIndex& index) const;

private:
    [[nodiscard]] QString textOf(const QModelIndex& index) const;
    [[nodiscard]] QString serverWords(const QModelIndex& index) const;
    [[nodiscard]] QString itemWords(const QModelIndex& index) const;
    [[nodiscard]] QString spokenText(const QModelIndex& index) const;
    [[nodiscard]] QString toolTip(const QModelIndex& index) const;

    Workspace* m_workspace;
    ItemKey m_openItem;
};

} // namespace kindling
