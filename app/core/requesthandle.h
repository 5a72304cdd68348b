// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <utility>

namespace kindling {

/// Names one call under way. Copies share it; letting go of it does not cancel.
/// The contract of every asynchronous call: its callback comes exactly once, never before the call returned, on the
/// caller's thread, and not at all after `cancel()` or after the context object died.
class RequestHandle {
public:
    RequestHandle() = default;
    /// `onCancel` runs at the first `cancel()`.
    explicit RequestHandle(std::function<void()> onCancel)
        : m_onCancel(std::make_shared<std::function<void()>>(std::move(onCancel)))
    {
    }
    void cancel()
    {
        if (m_onCancel && *m_onCancel)
            std::exchange(*m_onCancel, {})();
    }

private:
    std::shared_ptr<std::function<void()>> m_onCancel;
};

} // namespace kindling
