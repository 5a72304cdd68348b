// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QString>

namespace kindling {

class Server;
class Workspace;
struct TrackedItem;

/// Why nothing may be done to it from here, in a sentence or two; empty = it may.
[[nodiscard]] QString lockWords(const Workspace& workspace, const TrackedItem& item);
[[nodiscard]] QString lockWords(const Workspace& workspace, const ItemKey& key);
/// Why nothing may be made on the server; empty = it may.
[[nodiscard]] QString readOnlyWords(const Server& server);

} // namespace kindling
