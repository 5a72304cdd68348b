// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/servercheck.h"

#include <QByteArray>

namespace kindling {

/// A step as a line for people: "✓ TLS          TLS 1.3; certificate of …".
[[nodiscard]] QString stepLine(const CheckStep& step);
/// The whole check as one JSON object: `url`, `ok`, `steps`, and after a failure `error` and `next`.
[[nodiscard]] QByteArray checkJson(const QString& url, const QList<CheckStep>& steps);

} // namespace kindling
