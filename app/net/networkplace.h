// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace kindling {

/// Where this machine is in the network: its own addresses. Others mean that old connections may lead nowhere.
[[nodiscard]] QByteArray networkPlace();

} // namespace kindling
