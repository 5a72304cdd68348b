// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QMap>

namespace kindling::test {

/// One exchange with a real Livy server, as it was recorded.
struct Record {
    QString file;
    QString note;
    QByteArray method;
    QByteArray target;
    QByteArray body;
    int status = 0;
    QMap<QString, QString> headers;
    QJsonValue json; ///< Undefined where the answer was no JSON or was left out
    QString text; ///< of an answer that was no JSON; null where it was left out

    /// "POST /sessions {…}", for people and patterns
    [[nodiscard]] QString title() const;
};

/// All exchanges of that file of tests/data/recordings, in their order.
[[nodiscard]] QList<Record> recordsOf(const QString& file);

} // namespace kindling::test
