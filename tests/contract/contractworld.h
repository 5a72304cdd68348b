// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/sparkapi.h"

#include <QTest>

#include <memory>
#include <optional>

namespace kindling::test {

/// One implementation of SparkApi with a server behind it that a test moves.
class ContractWorld {
public:
    ContractWorld() = default;
    ContractWorld(const ContractWorld&) = delete;
    ContractWorld& operator=(const ContractWorld&) = delete;
    virtual ~ContractWorld() = default;

    [[nodiscard]] virtual SparkApi& api() = 0;
    /// Its driver is up: the session is idle.
    virtual void becomeIdle(const QString& session) = 0;
    /// The code of that statement has ended and given this text.
    virtual void finish(const QString& session, int statement, const QByteArray& text) = 0;
    /// One more line of the session's log, in the section stdout.
    virtual void print(const QString& session, const QString& line) = 0;
    /// Lets time pass for what waits on a clock of the world's own.
    virtual void pump() { }

    /// The answer to one call; an error of kind Cancelled where none came, or one before the call returned.
    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        std::optional<Result<T>> result;
        call([&result](Result<T> value) { result = std::move(value); });
        const bool wasEarly = result.has_value();
        const auto hasCome = [this, &result] {
            pump();
            return result.has_value();
        };
        const bool came = QTest::qWaitFor(hasCome, std::chrono::seconds(30));
        return came && !wasEarly ? *result : Result<T>(failure(ErrorKind::Cancelled, QStringLiteral("no answer, or too early")));
    }
};

/// By name: "FakeSparkApi", or LivyApi over a server with these ways: "Local Spark", "Livy 0.7", "Livy 0.8", "Livy 0.9",
/// "Livy behind gzip", "Livy with CSRF protection".
[[nodiscard]] std::unique_ptr<ContractWorld> makeWorld(const QString& name);
[[nodiscard]] QStringList worldNames();

} // namespace kindling::test
