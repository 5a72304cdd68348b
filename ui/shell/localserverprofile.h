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

} // namespace kindling
