// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringList>

namespace kindling::test {

/// How a statement's output differs from the recorded one: status, words of an error (without numbers and addresses),
/// keys of the data, JSON types down to each value (null is one), numbers of rows, schemas, headers of tables, text without
/// numbers, addresses and paths; one line each. What the recording left out is not compared.
[[nodiscard]] QStringList outputDifferences(const QJsonValue& real, const QJsonValue& ours);

} // namespace kindling::test
