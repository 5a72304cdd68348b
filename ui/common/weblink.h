// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace kindling {

/// What a server gave as a link, if it may be opened: absolute, http or https, with a host and without user information.
/// Anything else gives an empty URL.
[[nodiscard]] QUrl webLink(const QString& text);

} // namespace kindling
