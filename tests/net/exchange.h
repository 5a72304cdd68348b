// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

#include <QEventLoop>
#include <QTimer>

#include <memory>
#include <optional>

namespace kindling::test {

/// One request under test: what came back, and how often.
class Exchange final {
public:
    Exchange(Transport& transport, HttpRequest request)
    {
        handle = transport.send(std::move(request), &m_context, [state = m_state](Result<HttpResponse> result) {
            ++state->count;
            state->result = std::move(result);
            state->loop.quit();
        });
        m_cameTooEarly = m_state->count > 0;
    }
    [[nodiscard]] int count() const { return m_state->count; }
    [[nodiscard]] bool cameTooEarly() const { return m_cameTooEarly; }
    /// Waits for the answer; true if it came once, and not too early.
    bool finish()
    {
        if (count() == 0) {
            QTimer::singleShot(60'000, &m_state->loop, &QEventLoop::quit);
            m_state->loop.exec();
        }
        return !m_cameTooEarly && count() == 1;
    }
    [[nodiscard]] bool isError() const { return m_state->result && !*m_state->result; }
    [[nodiscard]] Error error() const { return isError() ? m_state->result->error() : Error{}; }
    [[nodiscard]] HttpResponse response() const { return m_state->result && *m_state->result ? **m_state->result : HttpResponse{}; }

    RequestHandle handle;

private:
    struct State {
        int count = 0;
        std::optional<Result<HttpResponse>> result;
        QEventLoop loop;
    };
    QObject m_context;
    std::shared_ptr<State> m_state = std::make_shared<State>();
    bool m_cameTooEarly = false;
};

[[nodiscard]] inline HttpRequest request(const QByteArray& method, const QUrl& url, const QByteArray& body = {})
{
    HttpRequest wanted;
    wanted.method = method;
    wanted.url = url;
    wanted.body = body;
    wanted.patience = std::chrono::milliseconds(5000);
    return wanted;
}

} // namespace kindling::test
