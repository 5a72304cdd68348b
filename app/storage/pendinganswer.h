// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/requesthandle.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace kindling {

/// One asynchronous answer under the contract of RequestHandle. Copies share it; its handle does not keep it, so that
/// the callback may hold its own handle.
template<typename T>
class PendingAnswer {
public:
    PendingAnswer(QObject* context, std::function<void(Result<T>)> callback)
        : m_state(std::make_shared<State>(context, std::move(callback)))
    {
    }
    [[nodiscard]] RequestHandle handle() const
    {
        return RequestHandle([watched = std::weak_ptr(m_state)] {
            if (const auto state = watched.lock())
                state->callback = {};
        });
    }
    /// At the next turn of the context's event loop.
    void deliver(Result<T> result) const
    {
        if (!m_state->context)
            return;
        QMetaObject::invokeMethod(
            m_state->context,
            [state = m_state, result = std::move(result)] {
                if (const auto callback = std::exchange(state->callback, {}))
                    callback(result);
            },
            Qt::QueuedConnection);
    }

private:
    struct State {
        State(QObject* object, std::function<void(Result<T>)> function)
            : context(object)
            , callback(std::move(function))
        {
        }
        QPointer<QObject> context;
        std::function<void(Result<T>)> callback;
    };
    std::shared_ptr<State> m_state;
};

} // namespace kindling
