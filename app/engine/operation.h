// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/requesthandle.h"
#include "app/livy/sparkapi.h"

#include <QPointer>

#include <memory>

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

} // namespace kindling
