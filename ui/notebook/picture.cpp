// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/picture.h"

#include "ui/common/theme.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int margin = 12;
constexpr int tallest = 640;
constexpr qint64 mostPixels = 64'000'000;

QImage readImage(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    // Only what the protocol sends: a picture is no reason to run a rarely tried decoder.
    if (reader.format() != "png" && reader.format() != "jpeg")
        return {};
    const QSize size = reader.size();
    if (!size.isValid() || qint64(size.width()) * size.height() > mostPixels)
        return {};
    return reader.read();
}
}

Picture::Picture(const QByteArray& bytes, QWidget* parent)
    : QWidget(parent)
    , m_image(readImage(bytes))
{
    setObjectName(u"picture"_s);
    setAccessibleName(isReadable() ? tr("Picture, %1 by %2").arg(m_image.width()).arg(m_image.height()) : tr("This picture cannot be shown"));
    fitHeight();
}

QSize Picture::shownSize() const
{
    const QSize natural = m_image.size();
    const QSize room(qMax(40, width() - 2 * margin), tallest);
    return natural.width() > room.width() || natural.height() > room.height() ? natural.scaled(room, Qt::KeepAspectRatio) : natural;
}

void Picture::fitHeight()
{
    const int height = isReadable() ? shownSize().height() + 2 * margin : fontMetrics().height() + 2 * margin;
    if (height != maximumHeight())
        setFixedHeight(height);
}

void Picture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!isReadable()) {
        painter.setPen(themeColor(ColorRole::Secondary, palette()));
        painter.drawText(rect().adjusted(margin, 0, -margin, 0), Qt::AlignVCenter, accessibleName());
        return;
    }
    const QRect place(QPoint(margin, margin), shownSize());
    // what is drawn without a ground is drawn for paper: its black would be lost in a dark window
    if (m_image.hasAlphaChannel())
        painter.fillRect(place, Qt::white);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_image);
}

void Picture::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

} // namespace kindling
