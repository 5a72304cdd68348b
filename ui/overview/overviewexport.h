// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QTableView;

namespace kindling {

/// What a table of sessions and batches shows, as CSV (RFC 4180): its rows in their order, its columns as they stand, with
/// times instead of ages. What a spreadsheet would take for a formula is told as text.
[[nodiscard]] QString overviewCsv(const QTableView& table);

} // namespace kindling
