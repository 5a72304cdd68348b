// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/fieldreader.h"

#include "app/livy/livywords.h"

#include <QVarLengthArray>

#include <limits>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QByteArrayView booleanWord(bool isTrue)
{
    return isTrue ? "true" : "false";
}

using Views = QVarLengthArray<QByteArrayView, 64>; // few lists of sessions have longer ones
}

FieldReader::FieldReader(const JsonNode& object, QString path, QString& problem)
    : m_object(object)
    , m_path(std::move(path))
    , m_problem(problem)
{
    if (object.type() != JsonNode::Type::Object && !object.isAbsent() && m_problem.isEmpty())
        m_problem = m_path.isEmpty() ? LivyWords::tr("the answer: an object was expected") : LivyWords::tr("%1: an object was expected").arg(m_path);
}

QString FieldReader::pathOf(QStringView key) const
{
    return m_path.isEmpty() ? key.toString() : m_path + u'.' + key;
}

void FieldReader::complain(QStringView key, const QString& words) const
{
    if (m_problem.isEmpty())
        m_problem = words.arg(pathOf(key));
}

void FieldReader::require(QStringView key) const
{
    if (!has(key))
        complain(key, LivyWords::tr("%1: a value was expected"));
}

QByteArrayView FieldReader::utf8(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    const bool isText = node.type() == JsonNode::Type::String;
    if (!isText && !node.isAbsent())
        complain(key, LivyWords::tr("%1: text was expected"));
    return isText ? node.bytes() : QByteArrayView();
}

QString FieldReader::id(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (node.type() == JsonNode::Type::String && !node.bytes().isEmpty())
        return node.text();
    if (const auto number = node.toInteger())
        return QString::number(*number);
    complain(key, LivyWords::tr("%1: an id was expected"));
    return {};
}

int FieldReader::integer(QStringView key, int absent) const
{
    const JsonNode& node = m_object.at(key);
    if (node.isAbsent())
        return absent;
    const qint64 value = longInteger(node, key);
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
        complain(key, LivyWords::tr("%1: a whole number of 32 bits was expected"));
        return absent;
    }
    return static_cast<int>(value);
}

qint64 FieldReader::longInteger(QStringView key) const
{
    return longInteger(m_object.at(key), key);
}

qint64 FieldReader::longInteger(const JsonNode& node, QStringView key) const
{
    if (node.isAbsent())
        return 0;
    const auto value = node.toInteger();
    if (!value)
        complain(key, LivyWords::tr("%1: a whole number of 64 bits was expected"));
    return value.value_or(0);
}

double FieldReader::real(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (node.isAbsent())
        return 0;
    const auto value = node.toDouble();
    if (!value)
        complain(key, LivyWords::tr("%1: a number was expected"));
    return value.value_or(0);
}

TextList FieldReader::textList(QStringView key) const
{
    Views texts;
    for (const JsonNode& item : items(key)) {
        const bool isText = item.type() == JsonNode::Type::String;
        if (!isText && !item.isAbsent())
            complain(QString(key + u'[' + QString::number(texts.size()) + u']'), LivyWords::tr("%1: text was expected"));
        texts.append(isText ? item.bytes() : QByteArrayView());
    }
    return TextList(texts);
}

TextMap FieldReader::textMap(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (!node.isAbsent() && node.type() != JsonNode::Type::Object)
        complain(key, LivyWords::tr("%1: an object was expected"));
    Views texts;
    for (const JsonNode& value : node.type() == JsonNode::Type::Object ? node.children() : JsonNode::Children()) {
        if (value.type() == JsonNode::Type::Array || value.type() == JsonNode::Type::Object) {
            complain(QString(key + u'.' + value.name()), LivyWords::tr("%1: text was expected"));
            continue;
        }
        texts.append(value.nameBytes());
        texts.append(value.type() == JsonNode::Type::Boolean ? booleanWord(value.boolean()) : value.bytes());
    }
    return TextMap(texts);
}

FieldReader FieldReader::object(QStringView key) const
{
    return { m_object.at(key), pathOf(key), m_problem };
}

JsonNode::Children FieldReader::items(QStringView key) const
{
    const JsonNode& node = m_object.at(key);
    if (!node.isAbsent() && node.type() != JsonNode::Type::Array)
        complain(key, LivyWords::tr("%1: a list was expected"));
    return node.type() == JsonNode::Type::Array ? node.children() : JsonNode::Children();
}

} // namespace kindling
