// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "ui/common/dialogs.h"

namespace kindling {

class Workspace;

/// Names one, whose it is, and its server.
[[nodiscard]] QString itemLine(const Workspace& workspace, const TrackedItem& item);
/// Asks whether these are to be deleted: names a few, and of many counts the rest by owner. `locked`: how many were chosen
/// that may not be touched.
[[nodiscard]] Question deleteQuestion(const Workspace& workspace, const QList<TrackedItem>& items, int locked);

} // namespace kindling
