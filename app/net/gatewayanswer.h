// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

namespace kindling {

/// Is the body a page for eyes, whatever its content type says?
[[nodiscard]] bool isWebPage(const HttpResponse& response);
/// Was the sign-in refused? By a 401, or by the 403 of a filter before Livy (a page, or Jetty's JSON, never Livy's own
/// object): a wrong LDAP password is refused so (livy-protocol 8, trap 25).
[[nodiscard]] bool isSignInRefused(const HttpResponse& response);

} // namespace kindling
