// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/http.h"

#include <QJsonValue>

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

/// How our answer differs from the recorded one in status, headers' names, content type, keys and types of the body,
/// state and words of an error; one line each. Values are the user's or the moment's: not compared. Null goes with every
/// type, since a server may know more or less.
[[nodiscard]] QStringList differencesOf(const Record& record, const local::HttpResponse& answer);

} // namespace kindling::test
