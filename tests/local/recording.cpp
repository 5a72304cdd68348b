// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/recording.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace kindling::test {

QString Record::title() const
{
    return QString::fromUtf8(method + ' ' + target + ' ' + body.simplified()).trimmed();
}

QList<Record> recordsOf(const QString& file)
{
    QFile source(QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/data/recordings/"_s + file + u".jsonl"_s);
    QList<Record> records;
    if (!source.open(QIODevice::ReadOnly))
        return records;
    const QByteArrayList lines = source.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (line.isEmpty())
            continue;
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QJsonValue request = object[u"request"_s];
        const QJsonValue body = request[u"body"_s];
        Record record{ .file = file, .note = object[u"note"_s].toString(), .method = request[u"method"_s].toString().toUtf8(),
            .target = request[u"path"_s].toString().toUtf8(), .body = {}, .status = object[u"status"_s].toInt(), .headers = {},
            .json = object.value(u"json"_s), .text = object[u"text"_s].toString() };
        record.body = body.isObject() ? QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact) : body.toString().toUtf8();
        const QJsonObject headers = object[u"headers"_s].toObject();
        for (auto it = headers.begin(); it != headers.end(); ++it)
            record.headers.insert(it.key().toLower(), it.value().toString());
        records.append(record);
    }
    return records;
}

} // namespace kindling::test
