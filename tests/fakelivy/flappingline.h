// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QUrl>

#include <memory>
#include <vector>

class QTcpSocket;

namespace kindling::test {

/// A line to a server on this machine that can go away with all its connections, and come back.
class FlappingLine final : public QObject {
    Q_OBJECT
public:
    explicit FlappingLine(const QUrl& server);

    [[nodiscard]] QUrl url() const { return m_url; }
    void goAway();
    /// At the same address. False = somebody else has it now.
    [[nodiscard]] bool comeBack();
    /// Those that are open now lead nowhere any more, and nobody says so; new ones do.
    void freeze();
    /// The next answer is lost with its connection; what was asked has arrived.
    void swallowNextAnswer() { m_swallows = true; }
    [[nodiscard]] bool swallows() const { return m_swallows; }

private:
    void accept();
    void forward(QTcpSocket* from, QTcpSocket* to, bool isAnswer);

    QUrl m_server;
    QUrl m_url;
    QTcpServer m_listener;
    std::vector<std::unique_ptr<QObject>> m_frozen;
    std::unique_ptr<QObject> m_connections = std::make_unique<QObject>(); ///< the sockets are its children
    bool m_swallows = false;
};

} // namespace kindling::test
