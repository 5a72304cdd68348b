// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include <chrono>

namespace kindling {

/// A button "Orphans ▾": of which idle sessions of mine no activity was seen for how long; off at first.
class OrphanFilter final : public QPushButton {
    Q_OBJECT
public:
    explicit OrphanFilter(QWidget* parent);

    /// Zero = off.
    [[nodiscard]] std::chrono::hours hours() const { return m_hours; }
    void setHours(std::chrono::hours hours);

Q_SIGNALS:
    void hoursChanged();

private:
    void fill();

    std::chrono::hours m_hours{ 0 };
};

} // namespace kindling
