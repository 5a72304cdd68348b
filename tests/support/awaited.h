// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QTest>

#include <chrono>
#include <optional>
#include <utility>

namespace kindling::test {

/// The answer to one asynchronous call: `call` gets the reply to hand on. An error of kind Cancelled where none came, or
/// one before the call returned. `pump` lets time pass for what waits on a clock of the test's own.
template<typename T, typename Call, typename Pump>
[[nodiscard]] Result<T> awaited(Call call, Pump pump, std::chrono::seconds limit = std::chrono::seconds(30))
{
    std::optional<Result<T>> result;
    call([&result](Result<T> value) { result = std::move(value); });
    const bool wasEarly = result.has_value();
    const auto hasCome = [&] {
        pump();
        return result.has_value();
    };
    const bool came = QTest::qWaitFor(hasCome, limit);
    return came && !wasEarly ? *result : Result<T>(failure(ErrorKind::Cancelled, QStringLiteral("no answer, or too early")));
}

template<typename T, typename Call>
[[nodiscard]] Result<T> awaited(Call call, std::chrono::seconds limit = std::chrono::seconds(30))
{
    return awaited<T>(std::move(call), [] { }, limit);
}

} // namespace kindling::test
