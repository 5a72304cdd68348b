// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsoncheck.h"

#include <QJsonDocument>

namespace kindling {

using namespace Qt::StringLiterals;

QString checkJsonObject(const QByteArray& json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (problem.error != QJsonParseError::NoError)
        return u"%1: %2"_s.arg(QString::number(problem.offset), problem.errorString());
    return document.isObject() ? QString() : u"0: not an object"_s;
}

} // namespace kindling
