// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/answerdifferences.h"

#include "tests/local/scripteddriver.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace kindling::test {

using namespace local;

namespace {
/// How an answer is cut into pieces on the wire, and when: no client sees it.
bool isOfTheWire(const QString& header)
{
    return header == u"content-length" || header == u"transfer-encoding" || header == u"date" || header == u"connection";
}

QMap<QString, QString> headersOf(const HttpResponse& answer)
{
    QMap<QString, QString> headers;
    const QByteArrayList lines = responseHead(answer, true).split('\n');
    for (const QByteArray& line : lines.mid(1)) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            headers.insert(QString::fromLatin1(line.left(colon)).toLower(), QString::fromLatin1(line.mid(colon + 1).trimmed()));
    }
    return headers;
}

void compareHeaders(const QMap<QString, QString>& real, const QMap<QString, QString>& ours, QStringList& found)
{
    for (auto it = real.begin(); it != real.end(); ++it) {
        if (!ours.contains(it.key()) && !isOfTheWire(it.key()))
            found += u"header %1: missing"_s.arg(it.key());
    }
    for (auto it = ours.begin(); it != ours.end(); ++it) {
        if (!real.contains(it.key()) && !isOfTheWire(it.key()))
            found += u"header %1: added"_s.arg(it.key());
    }
    const QString type = u"content-type"_s;
    if (real.value(type) != ours.value(type))
        found += u"content type: %1 for %2"_s.arg(ours.value(type), real.value(type));
}

void compareShape(const QJsonValue& real, const QJsonValue& ours, const QString& path, QStringList& found)
{
    const bool isOfTheUser = path.endsWith(u".conf") || path.endsWith(u".data") || path.endsWith(u".log");
    // The moment says whether a new statement has its output and which sessions a list holds, each with a name or none.
    const bool isOfTheMoment = path == u"$.output" || path == u"$.sessions[].name";
    if (real.isNull() != ours.isNull() && !isOfTheMoment)
        found += path + (ours.isNull() ? u": null"_s : u": not null"_s);
    if (real.isNull() || ours.isNull())
        return;
    if (real.type() != ours.type()) {
        found += path + u": another type"_s;
        return;
    }
    if (isOfTheUser)
        return;
    if (real.isArray()) {
        for (qsizetype i = 0; i < std::min(real.toArray().size(), ours.toArray().size()); ++i)
            compareShape(real[i], ours[i], path + u"[]"_s, found);
        return;
    }
    const QJsonObject realObject = real.toObject();
    const QJsonObject ourObject = ours.toObject();
    for (auto it = realObject.begin(); it != realObject.end(); ++it) {
        const QString deeper = path + u'.' + it.key();
        if (ourObject.contains(it.key()))
            compareShape(it.value(), ourObject.value(it.key()), deeper, found);
        else
            found += deeper + u": missing"_s;
    }
    for (auto it = ourObject.begin(); it != ourObject.end(); ++it) {
        if (!realObject.contains(it.key()))
            found += path + u'.' + it.key() + u": added"_s;
    }
}

/// Ids differ between two servers.
QString withoutNumbers(QString text)
{
    static const QRegularExpression number(u"\\d+"_s);
    return text.replace(number, u"#"_s);
}

/// What Livy's own code threw comes as Java's words and a stack trace: the first words say what happened.
bool areSameWords(const QJsonValue& realAnswer, const QJsonValue& ourAnswer)
{
    if (realAnswer.isObject())
        return withoutNumbers(realAnswer[u"msg"_s].toString()) == withoutNumbers(ourAnswer[u"msg"_s].toString());
    static const QRegularExpression end(u"\\n| \\("_s);
    const QString real = withoutNumbers(realAnswer.toString());
    const QString ours = withoutNumbers(ourAnswer.toString()).section(u'\n', 0, 0);
    return real.startsWith(ours) && ours.startsWith(real.section(end, 0, 0));
}

/// A state is what a client acts upon; that of a new statement depends on the moment.
bool hasComparableState(const Record& record)
{
    return record.method == "GET" && record.status == 200 && record.json[u"state"_s].isString();
}

void compareBody(const Record& record, const HttpResponse& answer, QStringList& found)
{
    const QJsonValue ours = parsedJson(answer.body);
    if (record.json.isUndefined()) {
        if (!record.text.isNull() && record.text.isEmpty() != answer.body.isEmpty() && record.method != "HEAD")
            found += u"body: %1"_s.arg(answer.body.isEmpty() ? u"missing"_s : u"added"_s);
        if (record.headers.value(u"content-type"_s).startsWith(u"text/plain") && record.text.toUtf8() != answer.body)
            found += u"body: another text"_s;
        return;
    }
    if (ours.isUndefined()) {
        found += u"body: no JSON"_s;
        return;
    }
    compareShape(record.json, ours, u"$"_s, found);
    if (record.status >= 400 && !areSameWords(record.json, ours))
        found += u"words: "_s + (ours.isObject() ? ours[u"msg"_s].toString() : ours.toString());
    if (hasComparableState(record) && record.json[u"state"_s] != ours[u"state"_s])
        found += u"state: %1 for %2"_s.arg(ours[u"state"_s].toString(), record.json[u"state"_s].toString());
}
}

QStringList differencesOf(const Record& record, const HttpResponse& answer)
{
    QStringList found;
    if (answer.status != record.status)
        found += u"status: %1 for %2"_s.arg(answer.status).arg(record.status);
    compareHeaders(record.headers, headersOf(answer), found);
    if (answer.status == record.status)
        compareBody(record, answer, found);
    return found;
}

} // namespace kindling::test
