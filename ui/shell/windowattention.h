// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/server.h"

#include <QObject>

class QWidget;

namespace kindling {

class Workspace;

/// Lets the servers' lists be read seldom while nobody can see the window.
class WindowAttention final : public QObject {
    Q_OBJECT
public:
    WindowAttention(Workspace* workspace, QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] Server::Attention attention() const;
    void update();

    Workspace* m_workspace;
    QWidget* m_window;
};

} // namespace kindling
