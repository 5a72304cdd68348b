// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/credentialsource.h"
#include "app/core/ids.h"
#include "app/net/requestlog.h"
#include "app/net/transport.h"
#include "app/net/transportoptions.h"

#include <memory>

namespace kindling {

/// Transport over QNetworkAccessManager, as platform.md A prescribes: unsafe requests from a fresh manager with a
/// one-shot body, no automatic redirects (GET follows same-origin ones, at most 3), own deadlines, own byte cap, the
/// credential sent up front, few reads at a time (readlanes.h), `Accept: application/json` and `X-Requested-By: kindling` always.
class HttpTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    /// `credentials` may be null (no authentication). `log` may be null. Neither is owned except `credentials`.
    HttpTransport(ServerId server, std::unique_ptr<CredentialSource> credentials, const Clock& clock, RequestLog* log,
        const TransportOptions& options = {});
    ~HttpTransport() override;

    RequestHandle send(HttpRequest request, QObject* context, Callback callback) override;
    void dropConnections() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace kindling
