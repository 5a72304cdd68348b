// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/sparkapi.h"
#include "tests/support/awaited.h"

#include <memory>

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

    template<typename T, typename Call>
    Result<T> wait(Call call)
    {
        return awaited<T>(std::move(call), [this] { pump(); });
    }
};

/// By name: "FakeSparkApi", or LivyApi over a server with these ways: "Local Spark", "Livy 0.7", "Livy 0.8", "Livy 0.9",
/// "Livy behind gzip", "Livy with CSRF protection".
[[nodiscard]] std::unique_ptr<ContractWorld> makeWorld(const QString& name);
[[nodiscard]] QStringList worldNames();

} // namespace kindling::test
