// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/net/transport.h"

#include <QDateTime>

namespace kindling {

/// An answer with a status that is no success, as one Error, whichever of the shapes of livy-protocol 5 its body has.
/// `now` is for a Retry-After given as a date.
[[nodiscard]] Error errorOf(const HttpResponse& response, const QUrl& url);
/// The words of an error body: of the object, the bare text, the page. A Java stack trace is cut to its reason.
[[nodiscard]] QString reasonOf(const HttpResponse& response);
/// At most 2 KiB of the body, with what looks like a secret replaced.
[[nodiscard]] QByteArray bodySample(const HttpResponse& response);

} // namespace kindling
