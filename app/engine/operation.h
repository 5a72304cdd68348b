// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"
#include "app/livy/sparkapi.h"

#include <QList>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace kindling {

/// One command of ours that must see its end even when whoever asked has gone: the answer is given at most once, and
/// only to one who still waits. `witness` sees the outcome in any case.
template<typename T>
class Operation final {
public:
    Operation(QObject* context, Reply<T> reply, std::function<void(const Result<T>&)> witness = {})
        : m_context(context)
        , m_reply(std::move(reply))
        , m_witness(std::move(witness))
    {
    }

    void answer(Result<T> result)
    {
        if (const auto witness = std::exchange(m_witness, {}))
            witness(result);
        const Reply<T> reply = std::exchange(m_reply, {});
        if (reply && m_context)
            reply(std::move(result));
    }
    [[nodiscard]] bool isAnswered() const { return !m_reply; }

    /// Cancelling stops the answer, not the request, which is on its way.
    [[nodiscard]] static RequestHandle handleOf(const std::shared_ptr<Operation>& operation)
    {
        return RequestHandle([operation] { operation->m_reply = {}; });
    }

private:
    QPointer<QObject> m_context;
    Reply<T> m_reply;
    std::function<void(const Result<T>&)> m_witness;
};

/// The replies that are waited for. What they call goes on as their answers come, or fails when all are taken.
class PendingReplies final {
public:
    using Fail = std::function<void(const Error&)>;

    /// The reply to hand to an api: `then` gets its answer, unless takeAll() has given `fail` away before. Must not come
    /// after this died.
    template<typename T>
    [[nodiscard]] Reply<T> expect(Fail fail, std::function<void(Result<T>)> then)
    {
        const int number = ++m_last;
        m_waiting.emplace(number, std::move(fail));
        return [this, number, then = std::move(then)](Result<T> answer) {
            if (m_waiting.erase(number) > 0)
                then(std::move(answer));
        };
    }
    /// How to fail those that wait, oldest first; their answers are ignored from now on.
    [[nodiscard]] QList<Fail> takeAll()
    {
        QList<Fail> all;
        for (auto& [number, fail] : std::exchange(m_waiting, {}))
            all += std::move(fail);
        return all;
    }

private:
    int m_last = 0;
    std::map<int, Fail> m_waiting;
};

} // namespace kindling
