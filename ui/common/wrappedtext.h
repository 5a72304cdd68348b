// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace kindling {

/// Plain text that can be selected and is as high as it needs. Wraps between words, and within one that is longer than
/// a line, so that no path or class name is cut, nor makes a pane wide.
class WrappedText final : public QTextEdit {
    Q_OBJECT
public:
    explicit WrappedText(QWidget* parent = nullptr);

    /// Hides QTextEdit's, which may take it for HTML.
    void setText(const QString& text);
    /// On the background of what is pointed out.
    void setMarked();
    [[nodiscard]] QString text() const { return toPlainText(); }
    /// How wide it would like to be: as its longest line.
    [[nodiscard]] int longestLine() const;

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    /// How wide and high it is when its lines are not longer than that; -1 = as long as they are.
    [[nodiscard]] QSizeF laidOut(double width) const;

    bool m_isMarked = false;
};

} // namespace kindling
