// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QLabel>
#include <QWidget>

#include <optional>

namespace kindling {

/// One line of plain text that is cut with an ellipsis where there is no room; all of it is in the tooltip then. Where
/// only a few letters of it would be seen, nothing is.
class ElidedLabel final : public QWidget {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    void setColorRole(ColorRole role);
    void setElideMode(Qt::TextElideMode mode);
    void setAlignment(Qt::Alignment alignment);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateToolTip();

    QString m_text;
    ColorRole m_role = ColorRole::Text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

/// A plain-text label in one of the theme's colours that keeps it when the palette changes.
class RoleLabel final : public QLabel {
    Q_OBJECT
public:
    explicit RoleLabel(const QString& text, ColorRole role, QWidget* parent = nullptr);

    void setColorRole(ColorRole role);
    /// Fills the label's rectangle, for notes.
    void setBackground(ColorRole role);
    /// One step smaller than the UI font.
    void setSmall();

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateColor();

    ColorRole m_role;
    std::optional<ColorRole> m_background;
};

} // namespace kindling
