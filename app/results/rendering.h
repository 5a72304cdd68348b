// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/results/output.h"
#include "app/results/table.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace kindling {

/// An Output made ready to show. Every part that came is here; several may be set at once.
struct Rendering {
    QString text;                       ///< text/plain, ANSI codes kept
    std::shared_ptr<const Table> table; ///< SQL's application/json, or application/vnd.livy.table.v1+json
    QByteArray image;                   ///< decoded bytes of image/png (or jpeg)
    QString json;                       ///< any other application/json, indented
    QString html;                       ///< text/html as sent: to be sanitised by whoever shows it
    bool isError = false;
    QString errorTitle;                 ///< "ZeroDivisionError: division by zero"
    QString errorText;                  ///< traceback joined to one text, ANSI codes kept
    QString note;                       ///< what was repaired or not understood; for the "Raw" reader
    bool isEmpty() const { return text.isEmpty() && !table && image.isEmpty() && json.isEmpty() && html.isEmpty() && !isError; }
};

} // namespace kindling
