// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QString>

namespace kindling {

/// The part of a long text that is shown, and whether it was cut.
struct ShownText {
    QString text;
    bool isCut = false;
};

/// At most 10 000 lines of at most 10 000 characters, at most 2 million characters in all.
[[nodiscard]] ShownText cutToShow(const QString& text);

/// What a statement printed: fixed font, terminal colours in the theme's, as high as its text up to 24 lines.
class OutputText final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit OutputText(const QString& ansiText, const QString& label, QWidget* parent = nullptr);

    [[nodiscard]] bool isCut() const { return m_isCut; }

protected:
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void fitHeight();

    QString m_source;
    bool m_isCut = false;
};

} // namespace kindling
