// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {

QList<QJsonObject> recordsOf(const QString& name)
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR) + u"/tests/data/recordings/"_s + name);
    QList<QJsonObject> records;
    if (!file.open(QIODevice::ReadOnly))
        return records;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        if (!line.isEmpty())
            records.append(QJsonDocument::fromJson(line).object());
    }
    return records;
}

QByteArray bodyOf(const QJsonObject& record)
{
    const QJsonValue body = record[u"request"_s][u"body"_s];
    if (body.isString())
        return body.toString().toUtf8();
    return body.isObject() ? QJsonDocument(body.toObject()).toJson() : QByteArray();
}

/// Where two answers differ in keys or types; empty = nowhere. Null goes with everything: a server may know more or less.
QString difference(const QJsonValue& real, const QJsonValue& ours, const QString& path = u"$"_s)
{
    // Their content is the user's.
    if (path.endsWith(u".conf") || path.endsWith(u".data") || real.isNull() || ours.isNull())
        return {};
    if (real.type() != ours.type())
        return path + u": another type"_s;
    if (real.isArray()) {
        const bool both = !real.toArray().isEmpty() && !ours.toArray().isEmpty();
        return both ? difference(real[0], ours[0], path + u"[0]"_s) : QString();
    }
    if (!real.isObject())
        return {};
    const QJsonObject realObject = real.toObject();
    const QJsonObject ourObject = ours.toObject();
    for (auto it = realObject.begin(); it != realObject.end(); ++it) {
        if (!ourObject.contains(it.key()))
            return path + u'.' + it.key() + u": missing"_s;
        const QString deeper = difference(it.value(), ourObject.value(it.key()), path + u'.' + it.key());
        if (!deeper.isEmpty())
            return deeper;
    }
    for (auto it = ourObject.begin(); it != ourObject.end(); ++it) {
        if (!realObject.contains(it.key()) && path != u"$.appInfo" && it.key() != u"server" && it.key() != u"sparkVersion")
            return path + u'.' + it.key() + u": not in the real answer"_s;
    }
    return {};
}

/// Where a local server on the user's own files means to differ.
bool isMeantToDiffer(const QJsonObject& record)
{
    const QString body = QString::fromUtf8(bodyOf(record));
    const QString path = record[u"request"_s][u"path"_s].toString();
    return body.contains(u"/etc/") || body.contains(u"\"float\"") || path == u'/';
}

}

/// Replays what was recorded from real Livy servers against the tables over scripted drivers.
class TestRecordings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void answersAWholeSessionAsTheRealServerDid()
    {
        const QList<QJsonObject> records = recordsOf(u"livy-0.9.0-interactive.jsonl"_s);
        QVERIFY(records.size() > 100);
        ScriptedServer server;
        int compared = 0;
        for (const QJsonObject& record : records) {
            prepare(server, record);
            if (isMeantToDiffer(record))
                continue;
            compare(server, record);
            if (QTest::currentTestFailed())
                return;
            ++compared;
        }
        QVERIFY(compared > 100);
    }

    void refusesAndTakesCreationsAsTheRealServersDid_data()
    {
        QTest::addColumn<QJsonObject>("record");
        int row = 0;
        for (const QString& file : { u"livy-0.9.0-operations.jsonl"_s, u"livy-0.7.1-batches.jsonl"_s }) {
            for (const QJsonObject& record : recordsOf(file)) {
                const QString path = record[u"request"_s][u"path"_s].toString();
                const bool isOld = file.contains(u"0.7.1"_s);
                const bool isCreation = record[u"request"_s][u"method"_s] == u"POST"_s
                    && (path == u"/batches"_s || (path == u"/sessions"_s && !isOld));
                if (isCreation && !isMeantToDiffer(record))
                    QTest::addRow("%d %s", row++, bodyOf(record).simplified().left(60).constData()) << record;
            }
        }
    }
    void refusesAndTakesCreationsAsTheRealServersDid()
    {
        QFETCH(QJsonObject, record);
        ScriptedServer server;
        // The name that the recordings refuse as a duplicate.
        if (record[u"status"_s] == 400 && bodyOf(record).contains("job-1"))
            server.ask("POST", "/batches", R"({"file":"/a.py","name":"job-1"})");
        compare(server, record);
    }

private:
    /// Brings the scripted driver to where the real one was when this record was made.
    static void prepare(ScriptedServer& server, const QJsonObject& record)
    {
        const QPointer<ScriptedDriver> driver = server.drivers.value(0);
        if (!driver)
            return;
        if (record[u"note"_s] == u"state idle"_s)
            driver->becomeReady();
        const QJsonValue statement = record[u"json"_s];
        const QString state = statement[u"state"_s].toString();
        const int id = statement[u"id"_s].toInt(-1);
        if (!record[u"request"_s][u"path"_s].toString().contains(u"/statements/"_s) || driver->runningId < 0)
            return;
        if (state == u"cancelled" && statement[u"output"_s].isNull() && driver->runningId == id)
            server.clock.advance(std::chrono::seconds(31));
        else if (state == u"available" || (state == u"cancelled" && driver->runningId == id)) {
            while (driver->runningId >= 0 && driver->runningId <= id)
                driver->finish(QJsonDocument(statement[u"output"_s].toObject()).toJson(QJsonDocument::Compact));
        }
    }

    static void compare(ScriptedServer& server, const QJsonObject& record)
    {
        const QJsonValue request = record[u"request"_s];
        const QByteArray target = request[u"path"_s].toString().toUtf8();
        const HttpResponse answer = server.ask(request[u"method"_s].toString().toUtf8(), target, bodyOf(record));
        const QByteArray about = request[u"method"_s].toString().toUtf8() + ' ' + target + ' ' + bodyOf(record).left(100)
            + " gave " + answer.body.left(300);
        QVERIFY2(answer.status == record[u"status"_s].toInt(),
            QByteArray(about + " with " + QByteArray::number(answer.status)).constData());
        if (!record.contains(u"json"_s))
            return;
        const QJsonValue ours = parsedJson(answer.body);
        QVERIFY2(!ours.isUndefined(), about.constData());
        const QString found = difference(record[u"json"_s], ours);
        QVERIFY2(found.isEmpty(), QByteArray(about + " differs at " + found.toUtf8()).constData());
        if (answer.status == 404)
            QCOMPARE(ours, record[u"json"_s]);
        if (answer.status >= 400 && ours.isString()) {
            // The first words say what happened; what follows is Java's own.
            QCOMPARE(ours.toString().left(18), record[u"json"_s].toString().left(18));
        }
    }
};

KINDLING_TEST(TestRecordings)
#include "tst_recordings.moc"
