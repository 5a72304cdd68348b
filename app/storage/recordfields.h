// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/observation.h"

#include <QTimeZone>

namespace kindling {

// How values are written in the database.

/// Milliseconds since 1970; 0 = invalid
[[nodiscard]] inline qint64 toField(const QDateTime& when)
{
    return when.isValid() ? when.toMSecsSinceEpoch() : 0;
}

[[nodiscard]] inline QDateTime whenFromField(qint64 field)
{
    return field > 0 ? QDateTime::fromMSecsSinceEpoch(field, QTimeZone::UTC) : QDateTime();
}

/// Never NULL
[[nodiscard]] inline QString toField(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

[[nodiscard]] QString toField(RunState state);
[[nodiscard]] RunState runStateFromField(QStringView field);
[[nodiscard]] QString toField(OwnAct::What what);
[[nodiscard]] OwnAct::What actFromField(QStringView field);

} // namespace kindling
