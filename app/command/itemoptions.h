// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/target.h"
#include "app/core/ids.h"

namespace kindling {

/// A session or a batch as typed: "12" or "session/12", "batch/7".
struct ItemName {
    ItemType type = ItemType::Session;
    QString id;

    friend bool operator==(const ItemName&, const ItemName&) = default;
};
[[nodiscard]] std::optional<ItemName> itemFromText(const QString& text);
[[nodiscard]] QString toText(const ItemName& item);

/// What `kindling list`, `kindling stop` or `kindling log` was asked for.
struct ItemOptions {
    Target target;
    QList<ItemName> items; ///< none for list, one for log
    bool isJson = false;   ///< list
    bool follows = false;  ///< log
};

enum class ItemCommand { List, Stop, Log };

/// Reads the words after the command's. The error is a sentence about wrong usage.
[[nodiscard]] std::expected<ItemOptions, QString> readItemOptions(ItemCommand command, const QStringList& words, const QProcessEnvironment& environment);

} // namespace kindling
