// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/fieldreader.h"

#include <limits>

namespace kindling {

using namespace Qt::StringLiterals;

FieldReader::FieldReader(const JsonNode& object, QString path, QString& problem)
    : m_object(object)
    , m_path(std::move(path))
    , m_problem(problem)
{
    if (object.type != JsonNode::Type::Object && !object.isAbsent() && m_problem.isEmpty())
        m_problem = (m_path.isEmpty() ? u"the answer"_s : m_path) + u": an object was expected"_s;
}

QString FieldReader::pathOf(QStringView key) const
{
    return m_path.isEmpty() ? key.toString() : m_path + u'.' + key;
}

void FieldReader::complain(QStringView key, const QString& expected) const
{
    if (m_problem.isEmpty())
        m_problem = pathOf(key) + u": "_s + expected + u" was expected"_s;
}

void FieldReader::require(QStringView key) const
{
    if (!has(key))
        complain(key, u"a value"_s);
}

QString FieldReader::text(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (!node.isAbsent() && node.type != JsonNode::Type::String)
        complain(key, u"text"_s);
    return node.text;
}

QString FieldReader::id(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (node.type == JsonNode::Type::String && !node.text.isEmpty())
        return node.text;
    if (const auto number = node.toInteger())
        return QString::number(*number);
    complain(key, u"an id"_s);
    return {};
}

int FieldReader::integer(QStringView key, int absent) const
{
    if (!has(key))
        return absent;
    const qint64 value = longInteger(key);
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
        complain(key, u"a whole number of 32 bits"_s);
        return absent;
    }
    return static_cast<int>(value);
}

qint64 FieldReader::longInteger(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (node.isAbsent())
        return 0;
    const auto value = node.toInteger();
    if (!value)
        complain(key, u"a whole number of 64 bits"_s);
    return value.value_or(0);
}

double FieldReader::real(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (node.isAbsent())
        return 0;
    const auto value = node.toDouble();
    if (!value)
        complain(key, u"a number"_s);
    return value.value_or(0);
}

QStringList FieldReader::texts(QStringView key) const
{
    QStringList result;
    qsizetype index = 0;
    for (const JsonNode& item : items(key)) {
        if (!item.isAbsent() && item.type != JsonNode::Type::String)
            complain(QString(key + u'[' + QString::number(index) + u']'), u"text"_s);
        result += item.text;
        ++index;
    }
    return result;
}

QMap<QString, QString> FieldReader::textMap(QStringView key) const
{
    QMap<QString, QString> result;
    const JsonNode& node = m_object.at(key);
    if (!node.isAbsent() && node.type != JsonNode::Type::Object)
        complain(key, u"an object"_s);
    for (const auto& [name, value] : node.members) {
        if (value.type == JsonNode::Type::Array || value.type == JsonNode::Type::Object)
            complain(QString(key + u'.' + name), u"text"_s);
        else if (value.type == JsonNode::Type::Boolean)
            result.insert(name, value.boolean ? u"true"_s : u"false"_s);
        else
            result.insert(name, value.type == JsonNode::Type::Number ? QString::fromLatin1(value.bytes) : value.text);
    }
    return result;
}

FieldReader FieldReader::object(QStringView key) const
{
    return { m_object.at(key), pathOf(key), m_problem };
}

const std::vector<JsonNode>& FieldReader::items(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (!node.isAbsent() && node.type != JsonNode::Type::Array)
        complain(key, u"a list"_s);
    return node.items;
}

} // namespace kindling
