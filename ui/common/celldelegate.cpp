// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/celldelegate.h"

#include "app/models/roles.h"
#include "ui/common/statedelegate.h"
#include "ui/common/stateglyph.h"

#include <QApplication>
#include <QHeaderView>
#include <QIcon>
#include <QPainter>
#include <QTableView>

#include <utility>

namespace kindling {

namespace {
constexpr int padding = 8;
constexpr int glyphSide = 12;
constexpr int iconSide = 14;
constexpr double iconOpacity = 0.6; ///< it is less important than the text

/// Is its selection in a colour that is not ours, and takes an ink of its own?
bool isForeign(const QStyleOptionViewItem& item)
{
    return item.state.testFlag(QStyle::State_Selected) && toneOf(item.palette) == ThemeTone::HighContrast;
}
}

bool isAtEdge(const QStyleOptionViewItem& item)
{
    const auto* view = qobject_cast<const QAbstractScrollArea*>(item.widget);
    return view && item.rect.right() >= view->viewport()->width() - 1;
}

CellDelegate::CellDelegate(int glyphColumn, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_glyphColumn(glyphColumn)
{
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    const QIcon icon = std::exchange(item.icon, QIcon());
    item.features &= ~QStyleOptionViewItem::HasDecoration;
    if (const QVariant mode = index.data(ElideModeRole); mode.isValid())
        item.textElideMode = static_cast<Qt::TextElideMode>(mode.toInt());
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    painter->save();
    painter->setPen(themeColor(ColorRole::Line, item.palette));
    if (!isAtEdge(item))
        painter->drawLine(item.rect.topRight(), item.rect.bottomRight());
    const QVariant glyph = index.column() == m_glyphColumn ? index.data(StateGlyphRole) : QVariant();
    if (glyph.isValid()) {
        const auto role = static_cast<StateRole>(glyph.toInt());
        QRectF box(0, 0, glyphSide, glyphSide);
        box.moveCenter(QRectF(item.rect).center());
        paintStateGlyph(*painter, box, role, isForeign(item) ? item.palette.color(QPalette::HighlightedText) : themeColor(colorOf(role), item.palette));
    } else {
        QRect box = item.rect.adjusted(padding, 0, -padding, 0);
        if (!icon.isNull()) {
            painter->setOpacity(iconOpacity);
            const QRect place(box.right() - iconSide + 1, box.center().y() + 1 - iconSide / 2, iconSide, iconSide);
            icon.paint(painter, place, Qt::AlignCenter, isForeign(item) ? QIcon::Selected : QIcon::Normal);
            painter->setOpacity(1);
            box.setRight(box.right() - iconSide - padding / 2);
        }
        paintText(painter, item, box, text);
    }
    painter->restore();
}

void CellDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& option, QRect box, const QString& text)
{
    // The row's colour role stays on the selection, which is light or dark enough for all of them.
    painter->setFont(option.font);
    painter->setPen(option.palette.color(isForeign(option) ? QPalette::HighlightedText : QPalette::Text));
    const QString shown = option.fontMetrics.elidedText(text, option.textElideMode, box.width());
    painter->drawText(box, static_cast<int>(option.displayAlignment) | Qt::TextSingleLine, shown);
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const int width = index.column() == m_glyphColumn ? glyphSide : item.fontMetrics.horizontalAdvance(item.text);
    return { width + 2 * padding + 1, rowHeight(item.fontMetrics) };
}

void makeDense(QTableView* table, int glyphColumn)
{
    table->setItemDelegate(new CellDelegate(glyphColumn, table));
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(rowHeight(table->fontMetrics()));
    auto* header = table->horizontalHeader();
    header->setProperty("isDense", true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setFixedHeight(rowHeight(table->fontMetrics()) + 2);
    QFont bold = header->font();
    bold.setBold(true);
    header->setFont(bold);
}

void setSampleWidths(QTableView* table, const QStringList& samples)
{
    QFont bold = table->font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    for (int column = 0; column < samples.size(); ++column) {
        const QString name = table->model()->headerData(column, Qt::Horizontal).toString();
        const int wanted = qMax(metrics.horizontalAdvance(samples.at(column)), metrics.horizontalAdvance(name));
        table->setColumnWidth(column, wanted + 2 * padding + 1);
    }
}

} // namespace kindling
