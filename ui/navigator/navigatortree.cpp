// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigator/navigatortree.h"

#include "app/models/roles.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace kindling {

namespace {
constexpr int barWidth = 3;

/// Is this row what the item would be folded away in?
bool mayHold(const QModelIndex& index, const ItemKey& key)
{
    switch (static_cast<NodeType>(index.data(NodeRole).toInt())) {
    case NodeType::Server: return true;
    case NodeType::SessionGroup: return key.type == ItemType::Session;
    case NodeType::BatchGroup: return key.type == ItemType::Batch;
    case NodeType::Session:
    case NodeType::Batch: break;
    }
    return false;
}
}

void NavigatorTree::setMarked(const ItemKey& key)
{
    m_marked = key;
    viewport()->update();
}

bool NavigatorTree::isMarked(const QModelIndex& index) const
{
    if (!m_marked.isValid() || index.data(ServerIdRole).toString() != m_marked.server)
        return false;
    if (index.data(KeyRole).value<ItemKey>() == m_marked)
        return true;
    return mayHold(index, m_marked) && model()->hasChildren(index) && !isExpanded(index);
}

void NavigatorTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QTreeView::drawRow(painter, option, index);
    if (!isMarked(index))
        return;
    const QRect row = viewport()->rect();
    const QRect bar(row.left(), option.rect.top(), barWidth, option.rect.height());
    painter->fillRect(QStyle::visualRect(layoutDirection(), row, bar), themeColor(ColorRole::Accent, palette()));
}

} // namespace kindling
