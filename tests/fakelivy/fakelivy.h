// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/httpserver.h"
#include "tests/fakelivy/quirks.h"
#include "tests/local/scripteddriver.h"

#include <QUrl>

#include <memory>

namespace kindling {
class SparkApi;
}

namespace kindling::test {

/// A Livy at an address of this machine, whose drivers a test plays by hand and whose time it moves.
class FakeLivy final {
public:
    FakeLivy();

    [[nodiscard]] QUrl url() const;
    /// A client of it, with a transport of its own.
    [[nodiscard]] std::unique_ptr<SparkApi> makeApi();

    [[nodiscard]] ScriptedDriver& driver(int session) const { return *m_server->drivers.value(session); }
    [[nodiscard]] ScriptedBatch& batch(int id) const { return *m_server->batches.value(id); }
    [[nodiscard]] FakeClock& clock() const { return m_server->clock; }
    [[nodiscard]] int hangingCount() const { return m_decorator.hangingCount(); }
    /// Method and path of every request so far.
    [[nodiscard]] const QStringList& asked() const { return m_asked; }
    [[nodiscard]] int countOf(const QString& beginning) const;
    /// Forgets everything and begins again at id 0, at the same address.
    void restart();

    Quirks quirks;

private:
    void handle(const local::HttpRequest& request, const local::Responder& respond);

    SystemClock m_systemClock;
    std::unique_ptr<ScriptedServer> m_server = std::make_unique<ScriptedServer>();
    QuirkDecorator m_decorator;
    local::HttpServer m_http;
    QStringList m_asked;
};

} // namespace kindling::test
