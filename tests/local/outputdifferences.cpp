// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/outputdifferences.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kindling::test {

namespace {
QString nameOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null: return u"null"_s;
    case QJsonValue::Bool: return u"bool"_s;
    case QJsonValue::Double: return u"number"_s;
    case QJsonValue::String: return u"string"_s;
    case QJsonValue::Array: return u"array"_s;
    case QJsonValue::Object: return u"object"_s;
    case QJsonValue::Undefined: break;
    }
    return u"nothing"_s;
}

/// Whether the recording holds a part of it only.
bool isCut(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().contains(u"…["_s);
    const QJsonArray items = value.toArray();
    return std::ranges::any_of(items, [](const QJsonValue& item) { return item.isString() && isCut(item); });
}

/// What both servers say in the same place, whatever moment and machine they ran on.
QString lasting(QString text)
{
    static const QRegularExpression moment(u"0x[0-9a-f]+|@[0-9a-f]+|\\d+"_s);
    static const QRegularExpression path(u"(?<=')/[\\w./-]+(?=')"_s);
    return text.replace(moment, u"#"_s).replace(path, u"/"_s);
}

QString wordsOf(const QJsonValue& output)
{
    const QString value = output[u"evalue"_s].toString().trimmed().section(u'\n', 0, 0);
    return lasting(output[u"ename"_s].toString() + u": "_s + value).trimmed();
}

void compareTypes(const QJsonValue& real, const QJsonValue& ours, const QString& path, QStringList& found)
{
    if (real.type() != ours.type()) {
        found += u"%1: %2 for %3"_s.arg(path, nameOf(ours), nameOf(real));
        return;
    }
    if (real.isArray()) {
        const QJsonArray items = real.toArray();
        if (!isCut(real) && items.size() != ours.toArray().size())
            found += u"%1: %2 items for %3"_s.arg(path).arg(ours.toArray().size()).arg(items.size());
        for (qsizetype i = 0; i < std::min(items.size(), ours.toArray().size()) && !isCut(items[i]); ++i)
            compareTypes(items[i], ours[i], path + u"[]"_s, found);
        return;
    }
    const QJsonObject realObject = real.toObject();
    const QJsonObject ourObject = ours.toObject();
    for (auto it = realObject.begin(); it != realObject.end(); ++it) {
        if (ourObject.contains(it.key()))
            compareTypes(it.value(), ourObject.value(it.key()), path + u'.' + it.key(), found);
        else
            found += path + u'.' + it.key() + u": missing"_s;
    }
    for (auto it = ourObject.begin(); it != ourObject.end(); ++it) {
        if (!realObject.contains(it.key()))
            found += path + u'.' + it.key() + u": added"_s;
    }
}

void compareError(const QJsonValue& real, const QJsonValue& ours, QStringList& found)
{
    if (real[u"traceback"_s].type() != ours[u"traceback"_s].type())
        found += u"traceback: another type"_s;
    else if (wordsOf(real) != wordsOf(ours))
        found += u"words: %1 for %2"_s.arg(wordsOf(ours), wordsOf(real));
    else if (real[u"traceback"_s].toArray().isEmpty() != ours[u"traceback"_s].toArray().isEmpty())
        found += u"traceback: %1"_s.arg(real[u"traceback"_s].toArray().isEmpty() ? u"added"_s : u"missing"_s);
}

void compareData(const QJsonValue& real, const QJsonValue& ours, QStringList& found)
{
    compareTypes(real, ours, u"data"_s, found);
    const QJsonValue text = real[u"text/plain"_s];
    if (!isCut(text) && lasting(text.toString()) != lasting(ours[u"text/plain"_s].toString()))
        found += u"text: %1 for %2"_s.arg(lasting(ours[u"text/plain"_s].toString()), lasting(text.toString()));
    const std::pair<QString, QString> descriptions[] = { { u"application/json"_s, u"schema"_s },
        { u"application/vnd.livy.table.v1+json"_s, u"headers"_s } };
    for (const auto& [type, key] : descriptions) {
        if (real[type][key] != ours[type][key])
            found += key + u": another"_s;
    }
}
}

QStringList outputDifferences(const QJsonValue& real, const QJsonValue& ours)
{
    if (real.type() != ours.type())
        return { u"output: %1 for %2"_s.arg(nameOf(ours), nameOf(real)) };
    const QString status = real[u"status"_s].toString();
    if (status != ours[u"status"_s].toString())
        return { u"status: %1 (%2) for %3 (%4)"_s.arg(ours[u"status"_s].toString(), wordsOf(ours), status, wordsOf(real)) };
    QStringList found;
    const QStringList realKeys = real.toObject().keys();
    const QStringList ourKeys = ours.toObject().keys();
    if (realKeys != ourKeys)
        found += u"keys: %1 for %2"_s.arg(ourKeys.join(u' '), realKeys.join(u' '));
    if (status == u"error")
        compareError(real, ours, found);
    else
        compareData(real[u"data"_s], ours[u"data"_s], found);
    return found;
}

} // namespace kindling::test
