// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/accessiblelog.h"
#include "ui/log/loglinepainter.h"
#include "ui/log/seentext.h"

#include <QAbstractScrollArea>

namespace kindling {

/// Paints what is seen of a log of any size: one row each, never wrapped, coloured by level, matches marked. Lines are
/// selected by keyboard and click, characters by dragging, words by double click.
class LogView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);
    ~LogView() override;

    [[nodiscard]] LogDocument& log() { return *m_log; }
    [[nodiscard]] const LogDocument& log() const { return *m_log; }
    /// The same log with `earlier` rows before those that it had.
    void replaceText(const LogText& text, qsizetype earlier);
    /// Scrolls a row of the text into sight and selects it.
    void showRow(qsizetype row);
    void setFollowing(bool isFollowing);
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    [[nodiscard]] qsizetype currentRow() const { return m_selection.currentRow(); }
    /// The selected text, with line ends between lines; empty where it is more than can be copied.
    [[nodiscard]] QString selectedText() const;
    void selectAll();
    void select(const LogPlace& anchor, const LogPlace& cursor);
    void copy();

    [[nodiscard]] const LogSelection& selection() const { return m_selection; }
    [[nodiscard]] SeenText seenText() const;
    /// In the viewport.
    [[nodiscard]] LogPlace characterAt(const QPoint& where) const;
    [[nodiscard]] QRect boxOf(const LogPlace& character) const;

Q_SIGNALS:
    /// By the person: scrolled away from the end, or back to it.
    void followingChanged(bool isFollowing);
    /// More is selected than a clipboard should hold.
    void copyRefused();
    /// Wants what is shown written to a file.
    void saveWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void onChanged();
    void onSearched();
    void onScrolled();
    void updateScrollBars();
    /// The place of the log's document at that height; -1 = there is none.
    [[nodiscard]] qsizetype lineAt(int y) const;
    [[nodiscard]] int pageRows() const;
    [[nodiscard]] qsizetype currentPlace() const;
    void moveTo(qsizetype place, bool extends);
    bool moveBy(QKeyEvent* event);
    void scrollTo(qsizetype place);
    void selectionChanged();

    LogDocument* m_log;
    LogGrid m_grid;
    LogSelection m_selection;
    std::unique_ptr<TextMatcher> m_matcher;
    std::shared_ptr<const TextPattern> m_pattern; ///< of the matcher
    qsizetype m_topRow = 0;                       ///< stays in place while rows come and go
    LogPlace m_pressed;
    LogAnnouncer m_announcer{ *this };
    bool m_isFollowing = true;
    bool m_isAdjusting = false;
};

} // namespace kindling
