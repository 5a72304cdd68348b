// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <functional>

namespace kindling {

/// Paints a row as: state glyph (by StateGlyphRole, if any), text, and smaller words at the right. Rows are 24 to 26 high.
class StateDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using WordsOf = std::function<QString(const QModelIndex&)>;

    /// `secondary`: the words at the right, or null for none.
    explicit StateDelegate(WordsOf secondary, QObject* parent = nullptr);
    /// At both sides of a row; for lists, whose rows nothing indents.
    void setPadding(int padding) { m_left = m_right = padding; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    WordsOf m_secondary;
    int m_left = 3;
    int m_right = 6;
};

/// The height of a list or table row for a font: 24 to 26 at the usual sizes.
[[nodiscard]] int rowHeight(const QFontMetrics& metrics);

} // namespace kindling
