// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/machinelimits.h"

#include <memory>

namespace kindling::local {

/// The memory that the drivers of one server hold together, those of its sessions and those of its batches. Copies of it
/// are about the same memory.
class DriverRoom final {
public:
    /// What one driver holds while it lives.
    class Place {
    public:
        Place(std::shared_ptr<qint64> held, qint64 bytes);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        const std::shared_ptr<qint64> m_held;
        const qint64 m_bytes;
    };

    explicit DriverRoom(MachineLimits limits);

    [[nodiscard]] const MachineLimits& limits() const { return m_limits; }
    /// Why a session more is refused while so many of them live; nothing = it is not.
    [[nodiscard]] std::optional<Refusal> refusalOfSession(const Resources& resources, int running) const;
    [[nodiscard]] std::optional<Refusal> refusalOfBatch(const Resources& resources) const;
    [[nodiscard]] std::shared_ptr<Place> take(const Resources& resources) const;

private:
    const MachineLimits m_limits;
    const std::shared_ptr<qint64> m_held; ///< in bytes; places may outlive this object
};

} // namespace kindling::local
