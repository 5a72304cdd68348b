// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/livyapi.h"
#include "tests/support/awaited.h"

#include <QCoreApplication>

#include <memory>

namespace kindling::test {

/// Keeps requests and answers each with what was scripted last, in a later turn of the event loop.
class FakeTransport final : public Transport {
public:
    struct Notes {
        QList<HttpRequest> sent;
        Result<HttpResponse> next;
    };
    explicit FakeTransport(std::shared_ptr<Notes> notes)
        : m_notes(std::move(notes))
    {
    }
    RequestHandle send(HttpRequest request, QObject* context, Callback callback) override
    {
        m_notes->sent += request;
        auto held = std::make_shared<Callback>(std::move(callback));
        if (request.sink && m_notes->next && m_notes->next->isSuccess()) {
            if (const Result<void> taken = request.sink(std::exchange(m_notes->next->body, {})); !taken)
                m_notes->next = std::unexpected(taken.error());
        }
        QMetaObject::invokeMethod(context, [held, answer = m_notes->next] {
            if (*held)
                (*held)(answer);
        }, Qt::QueuedConnection);
        return RequestHandle([held] { *held = {}; });
    }

private:
    std::shared_ptr<Notes> m_notes;
};

/// A LivyApi whose answers a test scripts.
class FakeLivyWorld final {
public:
    /// The api below `prefix`, made on first use.
    SparkApi& api(const QString& prefix = {}, const QString& doAs = {})
    {
        if (!m_api || prefix != m_prefix) {
            QUrl base(QStringLiteral("http://livy:8998"));
            base.setPath(prefix);
            m_prefix = prefix;
            m_api = makeLivyApi(base, std::make_unique<FakeTransport>(m_notes), doAs);
        }
        return *m_api;
    }
    void answer(int status, const QByteArray& body)
    {
        HttpResponse response;
        response.status = status;
        response.contentType = "application/json";
        response.body = body;
        m_notes->next = response;
    }
    void addHeader(const QByteArray& name, const QByteArray& value) { m_notes->next->headers.emplaceBack(name, value); }
    void receivedAt(const QDateTime& when) { m_notes->next->received = when; }
    [[nodiscard]] const QList<HttpRequest>& sent() const { return m_notes->sent; }
    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        return awaited<T>(std::move(call));
    }

private:
    std::shared_ptr<FakeTransport::Notes> m_notes = std::make_shared<FakeTransport::Notes>();
    std::unique_ptr<SparkApi> m_api;
    QString m_prefix;
};

} // namespace kindling::test
