// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/tlstrust.h"
#include "app/net/transportoptions.h"

#include <memory>

class QNetworkAccessManager;
class QNetworkCookieJar;

namespace kindling {

/// What all exchanges with one server share.
struct Wire {
    std::shared_ptr<QNetworkAccessManager> reader; ///< carries safe requests; unsafe ones get a manager of their own
    QNetworkCookieJar* cookies;
    TransportOptions options;
    TlsTrust trust;
};

} // namespace kindling
