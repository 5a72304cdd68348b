// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QTextDocument>
#include <QWidget>

namespace kindling::test {

/// What a person sees of a tooltip.
inline QString shownToolTip(const QString& toolTip)
{
    if (!Qt::mightBeRichText(toolTip))
        return toolTip;
    QTextDocument document;
    document.setHtml(toolTip);
    return document.toPlainText();
}

/// Where in `part` of a widget something is drawn on the paper, seen from the left; -1 = nowhere.
inline int inkLeft(QWidget& widget, const QRect& part)
{
    const QImage image = widget.grab(part).toImage();
    const QRgb paper = image.pixel(image.width() - 1, 0);
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixel(x, y) != paper)
                return part.left() + qRound(x / image.devicePixelRatio());
        }
    }
    return -1;
}

} // namespace kindling::test
