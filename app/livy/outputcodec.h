// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/results/output.h"
#include "app/results/rendering.h"

#include <QByteArray>

namespace kindling {

/// Reads a statement's `output` object (livy-protocol 3). Errors: Protocol, naming the path.
[[nodiscard]] Result<Output> parseOutput(const QByteArray& json);
/// Makes an output ready to show. Never fails: what it cannot read is in `note`, and the raw parts stay in `output`.
/// Thread-safe; may be called in a worker for large outputs.
[[nodiscard]] Rendering renderOutput(const Output& output);
/// The raw bundle as indented JSON, for the "Raw" view.
[[nodiscard]] QString rawText(const Output& output);

} // namespace kindling
