// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/notebook/rawjson.h"

namespace kindling {

/// A notebook of nbformat 3 (worksheets, inputs, pyout) in the words of nbformat 4.
[[nodiscard]] RawObject upgradedFromNbformat3(const RawObject& root);

} // namespace kindling
