// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/requests.h"

#include <optional>

namespace kindling::local {

/// What one machine can carry, and how long a session may be idle.
struct MachineLimits {
    qint64 memoryBytes = 0; ///< of the machine; 0 = not known: no driver is too much
    int sessions = 1000; ///< at the same time
    QString driverMemory; ///< of a driver whose request names none; empty = Spark's own
    Clock::Duration idle{ 3'600'000 };

    /// What all drivers may hold: the machine's memory but for two gigabytes, or more where `sessions` asks for more.
    [[nodiscard]] qint64 driversBytes() const;
    /// The heap of one driver, whoever named it.
    [[nodiscard]] qint64 heapBytes(const Resources& resources) const;
    /// What one driver holds: its heap and what Java and Python need beside it.
    [[nodiscard]] qint64 driverBytes(const Resources& resources) const;
    /// The same request with the memory that its driver gets.
    template<typename Request>
    [[nodiscard]] Request withMemory(Request request) const
    {
        Resources& resources = request.resources;
        if (resources.driverMemory.isEmpty() && !resources.conf.contains(QStringLiteral("spark.driver.memory")))
            resources.driverMemory = driverMemory;
        return request;
    }
};

/// Half a gigabyte beside a driver's heap for each session, two gigabytes left for everything else; never less than one.
[[nodiscard]] MachineLimits limitsFor(qint64 memoryBytes);
/// The memory of this machine.
[[nodiscard]] qint64 machineMemoryBytes();
/// Spark's sizes ("512m", "2g", bare = MiB) in bytes; nothing for anything else.
[[nodiscard]] std::optional<qint64> sparkBytes(const QString& text);

} // namespace kindling::local
