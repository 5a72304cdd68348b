// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/fieldreader.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace kindling::local {

std::optional<QString> scalarText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return value.toVariant().toString();
    return std::nullopt;
}

FieldReader::FieldReader(const QByteArray& body, QString className)
    : m_className(std::move(className))
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (body.trimmed().isEmpty())
        refuse(400, u"No content to map due to end-of-input"_s);
    else if (error.error != QJsonParseError::NoError)
        refuse(400, u"Unexpected character: %1\n at column: %2"_s.arg(error.errorString()).arg(error.offset + 1));
    else if (!document.isObject())
        refuse(400, u"Cannot deserialize value of type `%1` from Array value"_s.arg(m_className));
    m_object = document.object();
}

void FieldReader::refuse(int status, const QString& text)
{
    if (!m_refusal)
        m_refusal = Refusal{ status, text, true };
}

void FieldReader::refuseType(const QString& key, const QString& type)
{
    refuse(400, u"Cannot deserialize value of type `%1` (through reference chain: %2[\"%3\"])"_s
                    .arg(type, m_className, key));
}

std::optional<QJsonValue> FieldReader::take(const QString& key)
{
    m_known.append(key);
    const auto found = m_object.constFind(key);
    return found == m_object.constEnd() ? std::nullopt : std::optional<QJsonValue>(found.value());
}

bool FieldReader::isNull(const QString& key) const
{
    return m_object.contains(key) && m_object.value(key).isNull();
}

void FieldReader::read(const QString& key, QString& target)
{
    const auto value = take(key);
    if (!value || value->isNull())
        return;
    if (const auto text = scalarText(*value))
        target = *text;
    else
        refuseType(key, u"java.lang.String"_s);
}

void FieldReader::read(const QString& key, int& target)
{
    const auto value = take(key);
    if (!value || value->isNull())
        return;
    if (!value->isDouble()) {
        refuse(500, u"java.lang.ClassCastException: class java.lang.String cannot be cast to class java.lang.Integer"_s);
        return;
    }
    const double number = value->toDouble();
    if (number < 0 || number > 2147483647.0 || number != static_cast<int>(number))
        refuse(500, u"java.lang.ClassCastException: class java.lang.Double cannot be cast to class java.lang.Integer"_s);
    else
        target = static_cast<int>(number);
}

void FieldReader::read(const QString& key, QStringList& target)
{
    const auto value = take(key);
    if (!value)
        return;
    if (value->isNull()) {
        refuse(500, u"java.lang.NullPointerException: \"%1\" is null"_s.arg(key));
        return;
    }
    if (!value->isArray()) {
        refuseType(key, u"scala.collection.immutable.List<java.lang.String>"_s);
        return;
    }
    const QJsonArray items = value->toArray();
    for (const QJsonValue& item : items) {
        const auto text = scalarText(item);
        if (!text) {
            refuseType(key, u"java.lang.String"_s);
            return;
        }
        target.append(*text);
    }
}

void FieldReader::read(const QString& key, QMap<QString, QString>& target)
{
    const auto value = take(key);
    if (!value || value->isNull())
        return;
    if (!value->isObject()) {
        refuseType(key, u"scala.collection.immutable.Map<java.lang.String,java.lang.String>"_s);
        return;
    }
    const QJsonObject object = value->toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto text = scalarText(it.value());
        if (!text) {
            refuseType(key, u"java.lang.String"_s);
            return;
        }
        target.insert(it.key(), *text);
    }
}

void FieldReader::read(Resources& target)
{
    read(u"name"_s, target.name);
    read(u"proxyUser"_s, target.proxyUser);
    read(u"jars"_s, target.jars);
    read(u"pyFiles"_s, target.pyFiles);
    read(u"files"_s, target.files);
    read(u"archives"_s, target.archives);
    read(u"driverMemory"_s, target.driverMemory);
    read(u"driverCores"_s, target.driverCores);
    read(u"executorMemory"_s, target.executorMemory);
    read(u"executorCores"_s, target.executorCores);
    read(u"numExecutors"_s, target.numExecutors);
    read(u"queue"_s, target.queue);
    read(u"conf"_s, target.conf);
}

std::optional<Refusal> FieldReader::refusal() const
{
    if (m_refusal)
        return m_refusal;
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (m_known.contains(it.key()))
            continue;
        const QString known = u'"' + m_known.join(u"\", \""_s) + u'"';
        return Refusal{ 400,
            u"Unrecognized field \"%1\" (class %2), not marked as ignorable (%3 known properties: %4])"_s
                .arg(it.key(), m_className, QString::number(m_known.size()), known),
            true };
    }
    return std::nullopt;
}

} // namespace kindling::local
