// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/httpserver.h"
#include "tests/local/scripteddriver.h"

#include <QTimer>
#include <QUrl>

#include <functional>

namespace kindling::test {

/// A Livy server on a real port whose drivers play by themselves: a session is ready at once, a cell with "fail" fails,
/// one with "hang" never ends, "slow" waits for `mayGoOn`, everything else is done at once.
class PlayedServer final : public QObject {
    Q_OBJECT
public:
    explicit PlayedServer(const QByteArray& token = {});

    [[nodiscard]] QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_http.port()); }
    /// Method and path of everything that was asked.
    [[nodiscard]] const QStringList& asked() const { return m_asked; }
    /// For whom each of these was asked; empty = for whoever asks.
    [[nodiscard]] const QStringList& users() const { return m_users; }
    [[nodiscard]] qsizetype countOf(const QString& request) const { return m_asked.count(request); }
    /// The code of everything that ran, in order.
    [[nodiscard]] const QStringList& ran() const { return m_ran; }
    [[nodiscard]] bool hasSessions() const;

    bool mayGoOn = false;
    bool isEverReady = true;
    /// A POST there is refused in words that repeat the client's own credentials.
    QString repeatsCredentialsAt;

private:
    void handle(const local::HttpRequest& request, const local::Responder& respond);
    void play();
    void play(ScriptedDriver& driver);

    ScriptedServer m_scripted;
    local::HttpServer m_http;
    QTimer m_timer;
    QStringList m_asked;
    QStringList m_users;
    QStringList m_ran;
    QList<QPointer<ScriptedDriver>> m_ready;
};

} // namespace kindling::test
