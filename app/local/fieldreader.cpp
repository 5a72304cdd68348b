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

namespace {
/// What stands there, in the words of Livy's JSON parser.
QString valueWords(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String: return u"String value (token `JsonToken.VALUE_STRING`)"_s;
    case QJsonValue::Double: return u"Number value (token `JsonToken.VALUE_NUMBER_INT`)"_s;
    case QJsonValue::Bool: return u"Boolean value (token `JsonToken.VALUE_%1`)"_s.arg(value.toBool() ? u"TRUE" : u"FALSE");
    case QJsonValue::Array: return u"Array value (token `JsonToken.START_ARRAY`)"_s;
    case QJsonValue::Object: return u"Object value (token `JsonToken.START_OBJECT`)"_s;
    case QJsonValue::Null:
    case QJsonValue::Undefined: break;
    }
    return u"null value"_s;
}

/// Why that body is no JSON.
QString parseWords(const QByteArray& body, const QJsonParseError& error)
{
    if (error.error == QJsonParseError::IllegalUTF8String)
        return u"Invalid UTF-8 at column %1"_s.arg(error.offset);
    if (error.error == QJsonParseError::DeepNesting)
        return u"Document nesting is deeper than this server takes"_s;
    const QByteArray read = body.left(error.offset);
    if (read.isEmpty() || error.offset >= body.size())
        return u"Unexpected end-of-input: %1"_s.arg(error.errorString());
    const QByteArray before = read.chopped(1).trimmed();
    const bool wantsName = before.endsWith('{') || before.endsWith(',');
    const auto wrong = static_cast<uchar>(read.back());
    return u"Unexpected character ('%1' (code %2)): %3\n at column: %4"_s.arg(QChar::fromLatin1(static_cast<char>(wrong)))
        .arg(int{ wrong })
        .arg(wantsName ? u"was expecting double-quote to start field name"_s : error.errorString())
        .arg(error.offset + 1);
}
}

FieldReader::FieldReader(const QByteArray& body, QString className)
    : m_className(std::move(className))
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (body.trimmed().isEmpty())
        refuse(400, u"No content to map due to end-of-input"_s);
    else if (error.error != QJsonParseError::NoError)
        refuse(400, parseWords(body, error));
    else if (!document.isObject())
        refuse(400, u"Cannot deserialize value of type `%1` from Array value (token `JsonToken.START_ARRAY`)"_s.arg(m_className));
    m_object = document.object();
}

void FieldReader::refuse(int status, const QString& text)
{
    if (!m_refusal)
        m_refusal = Refusal{ status, text, true };
}

void FieldReader::refuseType(const QString& key, const QString& type, const QJsonValue& value)
{
    refuse(400, u"Cannot deserialize value of type `%1` from %2\n (through reference chain: %3[\"%4\"])"_s
                    .arg(type, valueWords(value), m_className, key));
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
        refuseType(key, u"java.lang.String"_s, *value);
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
        refuse(500, u"java.lang.NullPointerException: Cannot invoke \"scala.collection.Seq.filter(scala.Function1)\" because \"uris\" is null"_s);
        return;
    }
    if (!value->isArray()) {
        refuseType(key, u"scala.collection.immutable.List<java.lang.String>"_s, *value);
        return;
    }
    const QJsonArray items = value->toArray();
    for (const QJsonValue& item : items) {
        const auto text = scalarText(item);
        if (!text) {
            refuseType(key, u"java.lang.String"_s, item);
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
        refuseType(key, u"scala.collection.immutable.Map<java.lang.String,java.lang.String>"_s, *value);
        return;
    }
    const QJsonObject object = value->toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto text = scalarText(it.value());
        if (!text) {
            refuseType(key, u"java.lang.String"_s, it.value());
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
            u"Unrecognized field \"%1\" (class %2), not marked as ignorable\n (%3 known properties: %4)"_s
                .arg(it.key(), m_className, QString::number(m_known.size()), known),
            true };
    }
    return std::nullopt;
}

} // namespace kindling::local
