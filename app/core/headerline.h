// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>

#include <utility>

namespace kindling {

/// A header line to be sent: name and value.
using HeaderLine = std::pair<QByteArray, QByteArray>;

/// "Name: value" as a line that may be sent: no line end inside, and none of the headers that the transport itself
/// sets. The error (Rejected) never holds the value.
[[nodiscard]] Result<HeaderLine> headerFromText(const QByteArray& text);

} // namespace kindling
