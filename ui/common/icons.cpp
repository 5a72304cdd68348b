// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include <BreezeIcons>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>

#include <optional>

namespace kindling {

namespace {

/// Breeze's symbolic icons are drawn for a light palette; this paints only their shape, in the palette's own colour.
class SymbolEngine final : public QIconEngine {
public:
    SymbolEngine(QIcon shape, std::optional<QPalette> palette)
        : m_shape(std::move(shape))
        , m_palette(std::move(palette))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1.0); }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        QPixmap pixmap = m_shape.pixmap(size, 1.0, QIcon::Normal, state);
        if (pixmap.isNull())
            return pixmap;
        QPainter painter(&pixmap);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color(mode));
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SymbolEngine(m_shape, m_palette); }
    bool isNull() override { return m_shape.isNull(); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = m_palette.value_or(QGuiApplication::palette());
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        return palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active, QPalette::ButtonText);
    }

    QIcon m_shape;
    std::optional<QPalette> m_palette;
};

QIcon makeIcon(const QString& name, std::optional<QPalette> palette)
{
    const QIcon shape = QIcon::fromTheme(name);
    return shape.isNull() ? QIcon() : QIcon(new SymbolEngine(shape, std::move(palette)));
}

}

void initIcons()
{
    BreezeIcons::initIcons();
    QIcon::setThemeName(QStringLiteral("breeze"));
}

QIcon themedIcon(const QString& breezeName, const QPalette& palette)
{
    return makeIcon(breezeName, palette);
}

QIcon themedIcon(const QString& breezeName)
{
    return makeIcon(breezeName, {});
}

} // namespace kindling
