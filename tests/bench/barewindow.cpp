// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

/// A bare main window that says when it was first painted; what Kindling's start is compared with.
class BareWindow final : public QMainWindow {
protected:
    void paintEvent(QPaintEvent* event) override
    {
        QMainWindow::paintEvent(event);
        if (m_isPainted)
            return;
        m_isPainted = true;
        std::printf("first-paint 0\n");
        std::fflush(stdout);
        if (qEnvironmentVariableIsSet("KINDLING_FIRST_PAINT"))
            QTimer::singleShot(0, this, [] { QCoreApplication::quit(); });
    }

private:
    bool m_isPainted = false;
};

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    BareWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
