// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QTreeView>

namespace kindling {

/// The navigator's tree. A bar at the edge marks one item, or what it is folded away in.
class NavigatorTree final : public QTreeView {
    Q_OBJECT
public:
    using QTreeView::QTreeView;

    /// Invalid = none.
    void setMarked(const ItemKey& key);
    [[nodiscard]] const ItemKey& marked() const { return m_marked; }
    /// Does this row bear the mark?
    [[nodiscard]] bool isMarked(const QModelIndex& index) const;

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    ItemKey m_marked;
};

} // namespace kindling
