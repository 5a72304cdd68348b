// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"

#include <QList>

namespace kindling {

/// The profile of Local Spark among `servers`; its id is empty where there is none.
[[nodiscard]] inline ServerProfile localSparkProfile(const QList<ServerProfile>& servers)
{
    for (const ServerProfile& profile : servers) {
        if (profile.kind == ServerKind::LocalSpark)
            return profile;
    }
    return {};
}

/// The same servers with that Python for Local Spark's next start.
[[nodiscard]] inline QList<ServerProfile> withLocalPython(QList<ServerProfile> servers, const QString& python)
{
    for (ServerProfile& profile : servers) {
        if (profile.kind == ServerKind::LocalSpark)
            profile.python = python;
    }
    return servers;
}

} // namespace kindling
