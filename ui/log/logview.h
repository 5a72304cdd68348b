// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/loglines.h"

#include <QAbstractScrollArea>

namespace kindling {

/// Paints the visible lines of a log: one row each, never wrapped, coloured by level, matches marked. Lines can be
/// selected and copied whole.
class LogView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    [[nodiscard]] LogLines& lines() { return m_lines; }
    [[nodiscard]] const LogLines& lines() const { return m_lines; }
    /// After lines() changed; keeps what is seen in place, or the end in sight while following.
    void linesChanged();
    /// Scrolls a row into sight and selects it.
    void showRow(qsizetype row);
    void setFollowing(bool isFollowing);
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    [[nodiscard]] qsizetype currentRow() const { return m_cursor; }
    /// The selected lines, with line ends between them.
    [[nodiscard]] QString selectedText() const;
    void selectAll();
    void copy() const;

Q_SIGNALS:
    /// By the person: scrolled away from the end, or back to it.
    void followingChanged(bool isFollowing);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void setupMetrics();
    void updateScrollBars();
    void paintRow(QPainter& painter, qsizetype row, const QRect& box) const;
    void paintMatches(QPainter& painter, const QString& shown, const QRect& box) const;
    [[nodiscard]] qsizetype rowAt(const QPoint& where) const;
    [[nodiscard]] int pageRows() const;
    void moveCursor(qsizetype row, bool extends);
    void onScrolled();

    LogLines m_lines;
    int m_rowHeight = 16;
    int m_charWidth = 8;
    qsizetype m_anchor = -1; ///< -1 = nothing is selected
    qsizetype m_cursor = -1;
    bool m_isFollowing = true;
    bool m_isAdjusting = false;
};

} // namespace kindling
