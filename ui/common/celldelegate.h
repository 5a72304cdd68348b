// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QStyledItemDelegate>

class QTableView;

namespace kindling {

/// int of Qt::TextElideMode: where a text that is too long is cut; none = at its end. For what differs at the end, as ids do.
inline constexpr int ElideModeRole = Qt::UserRole + 2000;

/// Paints the cells of a dense table: padded text in the colour of ForegroundRole also where selected, a line at the
/// right of each cell, in the glyph column the state's shape (StateGlyphRole) instead of text, and an icon, where there is
/// one (DecorationRole), at the cell's end.
class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// `glyphColumn` -1 = none
    explicit CellDelegate(int glyphColumn, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    static void paintText(QPainter* painter, const QStyleOptionViewItem& option, QRect box, const QString& text);

    int m_glyphColumn;
};

/// Does the cell end where its table does? There is no need of a line then.
[[nodiscard]] bool isAtEdge(const QStyleOptionViewItem& item);
/// Rows, lines and headers as all dense tables of the window have them; sets a CellDelegate.
void makeDense(QTableView* table, int glyphColumn = -1);
/// Makes each column as wide as its sample text.
void setSampleWidths(QTableView* table, const QStringList& samples);

} // namespace kindling
