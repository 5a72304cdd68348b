// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/livy/recordings.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace kindling::test {

using namespace Qt::StringLiterals;

QByteArray bytesOf(const QJsonValue& value)
{
    return QJsonDocument(QJsonArray{ value }).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

QList<Recording> allRecordings()
{
    QList<Recording> all;
    const QDir folder(QStringLiteral(KINDLING_SOURCE_DIR "/tests/data/recordings"));
    for (const QString& name : folder.entryList({ u"*.jsonl"_s })) {
        QFile file(folder.filePath(name));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        for (int line = 1; isOpen && !file.atEnd(); ++line) {
            const QJsonObject recorded = QJsonDocument::fromJson(file.readLine()).object();
            const QJsonValue request = recorded["request"_L1];
            all.append({ u"%1:%2 %3 %4"_s.arg(name).arg(line).arg(request["method"_L1].toString(), request["path"_L1].toString()), recorded });
        }
    }
    return all;
}

HttpResponse responseOf(const QJsonObject& recorded)
{
    HttpResponse response;
    response.status = recorded["status"_L1].toInt();
    response.contentType = recorded["headers"_L1]["Content-Type"_L1].toString().toLatin1();
    response.body = recorded.contains("json"_L1) ? bytesOf(recorded["json"_L1]) : recorded["text"_L1].toString().toUtf8();
    return response;
}

} // namespace kindling::test
