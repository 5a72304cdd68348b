// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"

#include <QList>

#include <optional>

class QSettings;

namespace kindling {

/// The usable form of a profile whatever it came from: no secret in its address, no control characters, an id that may
/// name a keychain entry. Nothing if it has no usable id or address.
[[nodiscard]] std::optional<ServerProfile> cleanedProfile(ServerProfile profile);

/// The list as it is in a settings file.
struct StoredServers {
    QList<ServerProfile> servers;
    bool hasDropped = false; ///< an entry was unusable or doubled
};
[[nodiscard]] StoredServers readServers(QSettings& settings);
void writeServers(QSettings& settings, const QList<ServerProfile>& servers);

/// `ours`, and what another instance has made of `base` meanwhile: its new servers are added, and where we left one as it
/// was, its version counts, also where it has removed it.
[[nodiscard]] QList<ServerProfile> mergedServers(
    const QList<ServerProfile>& base, const QList<ServerProfile>& ours, const StoredServers& theirs);

} // namespace kindling
