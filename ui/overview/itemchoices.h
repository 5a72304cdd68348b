// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/choicefilter.h"

namespace kindling {

class Workspace;

/// The states that sessions and batches have now, by the servers' words, in the order of the words shown.
[[nodiscard]] QList<Choice> stateChoices(const Workspace& workspace);
/// Likewise their kinds; batches have none.
[[nodiscard]] QList<Choice> kindChoices(const Workspace& workspace);
/// Likewise whom they run as, else who made them.
[[nodiscard]] QList<Choice> ownerChoices(const Workspace& workspace);
inline constexpr QLatin1StringView sessionChoice{ "session" };
inline constexpr QLatin1StringView batchChoice{ "batch" };
[[nodiscard]] QList<Choice> typeChoices(const Workspace& workspace);
/// Values: the servers' ids.
[[nodiscard]] QList<Choice> serverChoices(const Workspace& workspace);

} // namespace kindling
