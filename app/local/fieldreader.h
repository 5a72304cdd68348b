// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/requests.h"

#include <QJsonObject>
#include <QSet>

#include <optional>

namespace kindling::local {

/// Reads the fields of one JSON object body and keeps the first thing that is wrong with it, worded as Livy's own
/// parser words it. Reading on after a mistake is harmless.
class FieldReader {
public:
    /// `className`: the Java class that Livy names in its messages.
    FieldReader(const QByteArray& body, QString className);

    void read(const QString& key, QString& target);
    void read(const QString& key, int& target);
    void read(const QString& key, QStringList& target);
    void read(const QString& key, QMap<QString, QString>& target);
    void read(Resources& target);
    [[nodiscard]] bool isNull(const QString& key) const;
    /// Nothing was wrong: then only unknown fields can be.
    [[nodiscard]] std::optional<Refusal> refusal() const;

private:
    void refuse(int status, const QString& text);
    void refuseType(const QString& key, const QString& type, const QJsonValue& value);
    std::optional<QJsonValue> take(const QString& key);

    QJsonObject m_object;
    QString m_className;
    QStringList m_known;
    std::optional<Refusal> m_refusal;
};

/// A JSON scalar as text, as Livy coerces it; nothing for arrays, objects and null.
[[nodiscard]] std::optional<QString> scalarText(const QJsonValue& value);

} // namespace kindling::local
