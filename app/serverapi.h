// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/credentialsource.h"
#include "app/core/serverprofile.h"
#include "app/livy/sparkapi.h"
#include "app/net/requestlog.h"
#include "app/net/transportoptions.h"

#include <memory>

namespace kindling {

/// The api of a server. Where `options` are an error, every request gets that error and nothing is sent: without its
/// certificate authority a server must not be reached by another trust. `log` may be null.
[[nodiscard]] std::unique_ptr<SparkApi> makeServerApi(const ServerProfile& profile, const Result<TransportOptions>& options,
    std::unique_ptr<CredentialSource> credentials, const Clock& clock, RequestLog* log);

} // namespace kindling
