// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace kindling {

/// Splits as a shell would: spaces part, '…' and "…" keep together, a backslash takes the next character as it is
/// (not inside '…'). nullopt = a quote or a backslash is left open. No variables, no wildcards.
[[nodiscard]] std::optional<QStringList> splitArguments(const QString& text);

/// The text that splitArguments() takes apart into `arguments` again.
[[nodiscard]] QString joinArguments(const QStringList& arguments);

/// Settings as people type them: one `key=value` or `key value` a line, empty lines and lines with # ignored.
struct ConfText {
    QMap<QString, QString> conf;
    int badLine = 0; ///< counted from 1: the first line without a value; 0 = all fine
};
[[nodiscard]] ConfText parseConf(const QString& text);

} // namespace kindling
