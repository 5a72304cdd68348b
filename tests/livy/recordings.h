// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

#include <QJsonObject>

namespace kindling::test {

/// One exchange with a real server, as it was recorded (tests/data/recordings).
struct Recording {
    QString name; ///< file, line, method and path
    QJsonObject json;
};

[[nodiscard]] QList<Recording> allRecordings();
/// The recorded answer as the transport would give it.
[[nodiscard]] HttpResponse responseOf(const QJsonObject& recorded);
/// Any JSON value as text.
[[nodiscard]] QByteArray bytesOf(const QJsonValue& value);

} // namespace kindling::test
