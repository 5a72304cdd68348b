// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/tabstops.h"

namespace kindling {

QWidgetList tabStopsOf(QWidget& widget)
{
    QWidgetList stops = widget.findChildren<QWidget*>();
    stops.prepend(&widget);
    stops.removeIf([&widget](const QWidget* stop) {
        return (stop->focusPolicy() & Qt::TabFocus) == 0 || stop->focusProxy() || stop->window() != widget.window();
    });
    return stops;
}

void chainTabStops(QWidget& before, const QWidgetList& stops)
{
    QWidget* last = &before;
    for (QWidget* stop : stops) {
        QWidget::setTabOrder(last, stop);
        last = stop;
    }
}

} // namespace kindling
