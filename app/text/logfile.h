// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/text/logdocument.h"

#include <QFuture>

namespace kindling {

/// What is to be written of a log.
struct LogFile {
    QString path;
    LogText text;
    std::vector<quint32> rows = {}; ///< only these
    bool isWhole = true;       ///< all rows, whatever `rows` says
    std::vector<QByteArray> markWords = {}; ///< of every mark of the text, in its order
};

/// Writes it in a thread; progress counts to 100. Empty = done, else what went wrong. Cancelled: the file, if there was
/// one, is as it was.
[[nodiscard]] QFuture<QString> writeLog(LogFile file);

} // namespace kindling
