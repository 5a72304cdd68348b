// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/answertexts.h"

#include "tests/livy/recordings.h"

#include <QJsonArray>

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostBytes = 20'000;

const QList<QByteArray>& oddities()
{
    static const QList<QByteArray> all{ "{}", "[]", "\"\"", "{\"msg\":\"x\"}", "\"java.lang.IllegalStateException: a\\n\\tat b.C(D.java:1)\"",
        "<html><head><title>Error 400</title></head><body>no</body></html>", "{\"servlet\":\"s\",\"message\":\"m\",\"status\":\"400\"}" };
    return all;
}
}

QList<QByteArray> answerBodies()
{
    QList<QByteArray> all = oddities();
    for (const Recording& each : allRecordings()) {
        if (const QByteArray body = responseOf(each.json).body; body.size() < mostBytes)
            all += body;
    }
    return all;
}

QList<QByteArray> statementOutputs()
{
    QList<QByteArray> all = oddities();
    for (const Recording& each : allRecordings()) {
        const QJsonValue output = each.json["json"_L1]["output"_L1];
        if (output.isObject() && bytesOf(output).size() < mostBytes)
            all += bytesOf(output);
    }
    return all;
}

QList<QByteArray> logTexts()
{
    QList<QByteArray> all{ "stdout: \na\nb\n\nstderr: \nc\nd\n", QByteArray("same\n").repeated(230) };
    for (const Recording& each : allRecordings()) {
        QByteArray text;
        for (const QJsonValue& line : each.json["json"_L1]["log"_L1].toArray())
            text += line.toString().toUtf8() + '\n';
        if (!text.isEmpty())
            all += text;
    }
    return all;
}

} // namespace kindling::test
