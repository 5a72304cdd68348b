// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/statedelegate.h"

#include "app/models/roles.h"
#include "ui/common/stateglyph.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

#include <utility>

namespace kindling {

namespace {
constexpr int side = 12;
constexpr int gap = 6;
}

StateDelegate::StateDelegate(WordsOf secondary, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_secondary(std::move(secondary))
{
}

void StateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    item.icon = QIcon();
    item.features &= ~QStyleOptionViewItem::HasDecoration;
    QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    const bool isOwnPalette = toneOf(item.palette) == ThemeTone::HighContrast;
    const auto ink = [&](ColorRole role) {
        return isSelected && isOwnPalette ? item.palette.color(QPalette::HighlightedText) : themeColor(role, item.palette);
    };
    QRect rest = item.rect.adjusted(m_left, 0, -m_right, 0);
    painter->save();
    const QVariant glyph = index.data(StateGlyphRole);
    if (glyph.isValid()) {
        const auto role = static_cast<StateRole>(glyph.toInt());
        paintStateGlyph(*painter, QRectF(rest.left(), rest.center().y() + 0.5 - side / 2.0, side, side), role, ink(colorOf(role)));
        rest.setLeft(rest.left() + side + gap);
    }
    const QString words = m_secondary ? m_secondary(index) : QString();
    if (!words.isEmpty()) {
        QFont quiet = secondaryFont(item.font);
        quiet.setBold(false);
        painter->setFont(quiet);
        const QFontMetrics metrics(painter->font());
        const int width = qMin(metrics.horizontalAdvance(words) + 1, rest.width() / 2);
        painter->setPen(ink(ColorRole::Secondary));
        painter->drawText(QRect(rest.right() - width + 1, rest.top(), width, rest.height()), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
            metrics.elidedText(words, Qt::ElideRight, width));
        rest.setRight(rest.right() - width - gap);
    }
    painter->setFont(item.font);
    painter->setPen(ink(ColorRole::Text));
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, item.fontMetrics.elidedText(text, Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize StateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    return { item.fontMetrics.horizontalAdvance(item.text) + m_left + m_right + 2 * side, rowHeight(item.fontMetrics) };
}

int rowHeight(const QFontMetrics& metrics)
{
    return qMax(24, (metrics.height() + 8 + 1) / 2 * 2);
}

} // namespace kindling
