// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverapi.h"

#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "app/net/refusingtransport.h"

namespace kindling {

std::unique_ptr<SparkApi> makeServerApi(const ServerProfile& profile, const Result<TransportOptions>& options,
    std::unique_ptr<CredentialSource> credentials, const Clock& clock, RequestLog* log)
{
    if (!options)
        return makeLivyApi(profile.url, std::make_unique<RefusingTransport>(options.error()), profile.doAs);
    return makeLivyApi(profile.url, std::make_unique<HttpTransport>(profile.id, std::move(credentials), clock, log, *options), profile.doAs);
}

} // namespace kindling
