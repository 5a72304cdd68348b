// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace kindling::local {

/// The text as a JSON string, quotes included.
[[nodiscard]] QByteArray quoted(const QString& text);
/// The same, or `null` for a null string.
[[nodiscard]] QByteArray quotedOrNull(const QString& text);
[[nodiscard]] QByteArray quotedList(const QStringList& list);

/// Writes one JSON object with its keys in the order of the calls, as Livy's clients see them, and lets ready-made JSON
/// through untouched (numbers keep all their digits).
class JsonObjectWriter {
public:
    JsonObjectWriter& raw(const char* key, const QByteArray& json);
    JsonObjectWriter& text(const char* key, const QString& value) { return raw(key, quotedOrNull(value)); }
    JsonObjectWriter& number(const char* key, qint64 value) { return raw(key, QByteArray::number(value)); }
    JsonObjectWriter& list(const char* key, const QStringList& value) { return raw(key, quotedList(value)); }
    [[nodiscard]] QByteArray finish() const { return m_bytes + '}'; }

private:
    QByteArray m_bytes = QByteArrayLiteral("{");
};

} // namespace kindling::local
