// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QTimer>
#include <QWidget>
#include <QWindow>

namespace kindling::test {

/// What waits in the event loop is done, painting included.
inline void takeTurn()
{
    QEventLoop loop;
    QTimer::singleShot(0, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Shows a window and comes back when it is on the screen; before, nothing would be painted.
inline void showOnScreen(QWidget& window)
{
    window.show();
    while (!window.windowHandle()->isExposed())
        takeTurn();
    window.repaint();
}

} // namespace kindling::test
