// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <optional>

namespace kindling {

/// What the other side of a TLS connection, or the own one, had against our certificate, if it is that: `words` is what
/// Qt said of the end of the connection. `isShown`: there is one of ours. Nothing of a request was acted upon then.
[[nodiscard]] std::optional<Error> clientRefusal(const QString& words, const QUrl& url, bool isShown);

/// What to do where a server that hung up without a word perhaps did so for that.
[[nodiscard]] QString clientCertificateHint(bool isShown);

} // namespace kindling
