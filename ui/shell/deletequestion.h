// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "ui/common/dialogs.h"

namespace kindling {

class Workspace;

/// Which one, in what state, whose and where: "Session 12 · etl · idle · of ann, on prod".
[[nodiscard]] QString describeItem(const Workspace& workspace, const TrackedItem& tracked);
/// Asks whether these are to be deleted: names a few, and of many counts the rest by owner. `locked`: how many were chosen
/// that may not be touched.
[[nodiscard]] Question deleteQuestion(const Workspace& workspace, const QList<TrackedItem>& items, int locked);

} // namespace kindling
