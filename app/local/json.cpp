// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace kindling::local {

QByteArray quoted(const QString& text)
{
    const QByteArray inArray = QJsonDocument(QJsonArray{ text }).toJson(QJsonDocument::Compact);
    return inArray.mid(1, inArray.size() - 2);
}

QByteArray quotedOrNull(const QString& text)
{
    return text.isNull() ? QByteArrayLiteral("null") : quoted(text);
}

QByteArray quotedList(const QStringList& list)
{
    return QJsonDocument(QJsonArray::fromStringList(list)).toJson(QJsonDocument::Compact);
}

JsonObjectWriter& JsonObjectWriter::raw(const char* key, const QByteArray& json)
{
    if (m_bytes.size() > 1)
        m_bytes += ',';
    m_bytes += '"' + QByteArray(key) + "\":" + json;
    return *this;
}

} // namespace kindling::local
