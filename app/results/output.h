// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace kindling {

/// One entry of a MIME bundle. `json` is the value exactly as it came: JSON text (a string value keeps its quotes).
struct MimePart {
    QString mime;
    QByteArray json;

    friend bool operator==(const MimePart&, const MimePart&) = default;
};

/// What a statement gave (livy-protocol 3), lossless; `decodeOutput` of app/livy makes a Rendering of it.
struct Output {
    enum class Status { Ok, Error };

    Status status = Status::Ok;
    int executionCount = -1; ///< -1 = not said
    QList<MimePart> parts;   ///< for Ok, and for a printed part beside an error
    QString errorName;       ///< for Error: ename
    QString errorValue;      ///< for Error: evalue; may be many lines
    QStringList traceback;   ///< for Error: entries as sent, with or without line ends
    int rowLimit = 0;        ///< how many rows of a query's result its session gave at most; 0 = not known
    QByteArray fileFields = {}; ///< the members of a notebook file's output that are not above, a JSON object; empty = from a server

    friend bool operator==(const Output&, const Output&) = default;
};

} // namespace kindling
