// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycodec.h"
#include "app/livy/outputcodec.h"
#include "tests/livy/recordings.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}
}

/// Every answer that real servers were recorded to give.
class TestRecordings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryRecordedAnswer_data()
    {
        QTest::addColumn<QJsonObject>("recorded");
        for (const Recording& each : allRecordings())
            QTest::newRow(qPrintable(each.name)) << each.json;
    }
    void readsEveryRecordedAnswer()
    {
        QFETCH(const QJsonObject, recorded);
        const auto request = recorded["request"_L1].toObject();
        const QString path = request["path"_L1].toString().section(u'?', 0, 0);
        const HttpResponse response = responseOf(recorded);
        if (response.status < 400 && recorded["json"_L1].isObject())
            checkValue(path, request["method"_L1].toString(), response.body, recorded["json"_L1].toObject());
    }
    void refusesEveryTruncatedAnswer()
    {
        QFile file(QStringLiteral(KINDLING_SOURCE_DIR "/tests/data/recordings/livy-0.9.0-interactive.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int cut = 0;
        while (!file.atEnd()) {
            const QJsonObject recorded = QJsonDocument::fromJson(file.readLine()).object();
            const QJsonValue value = recorded["json"_L1];
            const QByteArray body = value.isObject() ? bytesOf(value) : QByteArray();
            for (qsizetype size = 0; size < body.size(); size += 97, ++cut) {
                const QByteArray part = body.first(size);
                QVERIFY(!decodeItem(part) && !decodeItemPage(part) && !decodeStatement(part) && !decodeStatementPage(part)
                    && !decodeLog(part) && !decodeVersion(part) && !decodeCandidates(part) && !decodeState(part));
            }
        }
        QVERIFY(cut > 500);
    }

private:
    static void checkValue(const QString& path, const QString& method, const QByteArray& body, const QJsonObject& json)
    {
        static const QRegularExpression item(u"^/(sessions|batches)/[^/]+(/connect)?$"_s);
        const bool isCreated = method == "POST"_L1 && (path == "/sessions"_L1 || path == "/batches"_L1);
        if (path == "/version"_L1)
            checkVersion(body, json);
        else if (json.contains("candidates"_L1))
            checkCandidates(decodeCandidates(body).value(), json["candidates"_L1].toArray());
        else if (path.endsWith("/log"_L1))
            checkLog(body, json);
        else if (path.endsWith("/state"_L1))
            QCOMPARE(decodeState(body).value().raw, json["state"_L1].toString());
        else if (json.contains("statements"_L1))
            checkStatements(body, json);
        else if (json.contains("sessions"_L1))
            checkItems(body, json);
        else if (path.contains("/statements"_L1) && !path.endsWith("/cancel"_L1))
            checkStatement(decodeStatement(body).value(), json);
        else if (isCreated || (item.match(path).hasMatch() && method != "DELETE"_L1))
            checkItem(decodeItem(body).value(), json);
        else
            QVERIFY(json.contains("msg"_L1));
    }
    static void checkVersion(const QByteArray& body, const QJsonObject& json)
    {
        const ServerVersion version = decodeVersion(body).value();
        QCOMPARE(version.text, json["version"_L1].toString());
        QCOMPARE(version.major, 0);
        QVERIFY(version.minor == 7 || version.minor == 9);
        QCOMPARE(version.user, json["user"_L1].toString());
        QCOMPARE(version.revision, json["revision"_L1].toString());
        QCOMPARE(version.branch, json["branch"_L1].toString());
        QCOMPARE(version.date, json["date"_L1].toString());
        QCOMPARE(version.url, json["url"_L1].toString());
    }
    static void checkCandidates(const QStringList& candidates, const QJsonArray& json)
    {
        QStringList wanted;
        for (const QJsonValue& each : json)
            wanted += each.toString();
        wanted.removeDuplicates();
        QCOMPARE(candidates, wanted);
    }
    static void checkLog(const QByteArray& body, const QJsonObject& json)
    {
        const LogSlice slice = decodeLog(body).value();
        QCOMPARE(slice.from, json["from"_L1].toInt());
        QCOMPARE(slice.total, json["total"_L1].toInt());
        QCOMPARE(QJsonArray::fromStringList(slice.lines), json["log"_L1].toArray());
    }
    static void checkItems(const QByteArray& body, const QJsonObject& json)
    {
        const ItemPage page = decodeItemPage(body).value();
        const QJsonArray items = json["sessions"_L1].toArray();
        QCOMPARE(page.from, json["from"_L1].toInt());
        QCOMPARE(page.total, json["total"_L1].toInt());
        QCOMPARE(page.items.size(), items.size());
        for (qsizetype i = 0; i < items.size(); ++i)
            checkItem(page.items.at(i), items.at(i).toObject());
    }
    static void checkStatements(const QByteArray& body, const QJsonObject& json)
    {
        const StatementPage page = decodeStatementPage(body).value();
        const QJsonArray statements = json["statements"_L1].toArray();
        QCOMPARE(page.total, json["total_statements"_L1].toInt());
        QCOMPARE(page.statements.size(), statements.size());
        for (qsizetype i = 0; i < statements.size(); ++i)
            checkStatement(page.statements.at(i), statements.at(i).toObject());
    }
    static void checkItem(const SparkItem& item, const QJsonObject& json)
    {
        QCOMPARE(item.id, QString::number(json["id"_L1].toInt()));
        QCOMPARE(item.state.raw, json["state"_L1].toString());
        QVERIFY(item.state.value != ItemStateValue::Unknown);
        const QList<std::pair<QLatin1StringView, QString>> texts{ { "name"_L1, item.name }, { "appId"_L1, item.appId }, { "owner"_L1, item.owner },
            { "proxyUser"_L1, item.proxyUser }, { "kind"_L1, item.kindText }, { "ttl"_L1, item.ttl }, { "idleTimeout"_L1, item.idleTimeout },
            { "driverMemory"_L1, item.driverMemory }, { "executorMemory"_L1, item.executorMemory }, { "queue"_L1, item.queue } };
        for (const auto& [key, value] : texts)
            QCOMPARE(value, json[key].toString());
        QCOMPARE(orNull(item.sparkUiUrl), json["appInfo"_L1]["sparkUiUrl"_L1]);
        QCOMPARE(orNull(item.driverLogUrl), json["appInfo"_L1]["driverLogUrl"_L1]);
        QCOMPARE(item.driverCores, json["driverCores"_L1].toInt());
        QCOMPARE(item.executorCores, json["executorCores"_L1].toInt());
        QCOMPARE(item.numExecutors, json["numExecutors"_L1].toInt());
        const bool isAtWork = json.contains("kind"_L1) && item.state.acceptsStatements() && item.state.value != ItemStateValue::Error;
        QCOMPARE(QJsonArray::fromStringList(item.log.toStringList()), isAtWork ? QJsonArray() : json["log"_L1].toArray());
        QCOMPARE(orNull(item.executorLogUrls), json["appInfo"_L1]["executorLogUrls"_L1].isUndefined() ? QJsonValue(QJsonValue::Null) : json["appInfo"_L1]["executorLogUrls"_L1]);
        QCOMPARE(item.heartbeatTimeoutSeconds, json["heartbeatTimeoutInSecond"_L1].toInt());
        QCOMPARE(QJsonArray::fromStringList(item.jars), json["jars"_L1].toArray());
        QCOMPARE(QJsonArray::fromStringList(item.pyFiles), json["pyFiles"_L1].toArray());
        QCOMPARE(QJsonArray::fromStringList(item.files), json["files"_L1].toArray());
        QCOMPARE(QJsonArray::fromStringList(item.archives), json["archives"_L1].toArray());
        QVERIFY(item.problem.isEmpty());
        const QMap<QString, QString> conf = item.conf.toMap();
        QCOMPARE(conf.size(), json["conf"_L1].toObject().size());
        for (auto entry = conf.cbegin(); entry != conf.cend(); ++entry)
            QCOMPARE(entry.value(), json["conf"_L1][entry.key()].toString());
    }
    static void checkStatement(const Statement& statement, const QJsonObject& json)
    {
        QCOMPARE(statement.id, json["id"_L1].toInt());
        QCOMPARE(statement.code, json["code"_L1].toString());
        QCOMPARE(statement.rawState, json["state"_L1].toString());
        QVERIFY(statement.state != StatementState::Unknown);
        QCOMPARE(statement.progress, json["progress"_L1].toDouble());
        const qint64 started = json["started"_L1].toInteger();
        const qint64 completed = json["completed"_L1].toInteger();
        QCOMPARE(statement.started.isValid() ? statement.started.toMSecsSinceEpoch() : 0, started);
        QCOMPARE(statement.completed.isValid() ? statement.completed.toMSecsSinceEpoch() : 0, completed);
        QCOMPARE(statement.output.has_value(), json["output"_L1].isObject());
        if (statement.output)
            checkOutput(*statement.output, json["output"_L1].toObject());
    }
    static void checkOutput(const Output& output, const QJsonObject& json)
    {
        QCOMPARE(output.executionCount, json["execution_count"_L1].toInt());
        const QJsonObject data = json["data"_L1].toObject();
        QCOMPARE(output.parts.size(), data.size());
        for (const MimePart& part : output.parts)
            QCOMPARE(QJsonDocument::fromJson('[' + part.json + ']').array().first(), data[part.mime]);
        const bool isFailedMagic = data["content"_L1]["status"_L1].toString() == "error"_L1;
        QCOMPARE(output.status == Output::Status::Error, isFailedMagic || json["status"_L1].toString() == "error"_L1);
        if (data["application/json"_L1]["schema"_L1].isObject())
            checkTable(output, data["application/json"_L1].toObject());
        if (output.status == Output::Status::Ok)
            return;
        const QJsonObject source = isFailedMagic ? data["content"_L1].toObject() : json;
        QCOMPARE(output.errorName, source["ename"_L1].toString());
        QCOMPARE(output.errorValue, source["evalue"_L1].toString());
        QCOMPARE(QJsonArray::fromStringList(output.traceback), source["traceback"_L1].toArray());
    }
    static void checkTable(const Output& output, const QJsonObject& json)
    {
        const std::shared_ptr<const Table> table = renderOutput(output).table;
        const QJsonArray fields = json["schema"_L1]["fields"_L1].toArray();
        const QJsonArray rows = json["data"_L1].toArray();
        if (fields.isEmpty() && rows.isEmpty()) {
            QVERIFY(!table);
            return;
        }
        // a list that was shortened for the recording holds a mark among its rows, which is no row
        if (std::ranges::any_of(rows, [](const QJsonValue& row) { return !row.isArray(); })) {
            QVERIFY(!table && !renderOutput(output).note.isEmpty() && !renderOutput(output).json.isEmpty());
            return;
        }
        QVERIFY(table);
        QCOMPARE(table->columnCount(), fields.size());
        QCOMPARE(table->rowCount(), rows.size());
        QVERIFY(!table->isRagged());
        for (qsizetype column = 0; column < fields.size(); ++column)
            QCOMPARE(table->column(column).name, fields.at(column)["name"_L1].toString());
        for (qsizetype row = 0; row < rows.size(); ++row) {
            for (qsizetype column = 0; column < fields.size(); ++column)
                checkCell(table->cell(row, column), rows.at(row).toArray().at(column));
        }
    }
    static void checkCell(const Cell& cell, const QJsonValue& json)
    {
        if (json.isNull())
            QVERIFY(std::holds_alternative<std::monostate>(cell));
        else if (json.isBool())
            QCOMPARE(std::get<bool>(cell), json.toBool());
        else if (json.isArray() || json.isObject())
            QCOMPARE(std::get<QString>(cell).toUtf8(), bytesOf(json));
        else if (const auto* whole = std::get_if<std::int64_t>(&cell))
            QCOMPARE(QJsonValue(static_cast<qint64>(*whole)), json);
        else if (const auto* real = std::get_if<double>(&cell))
            QCOMPARE(std::isinf(*real) ? QJsonValue(*real > 0 ? u"Infinity"_s : u"-Infinity"_s) : QJsonValue(*real), json);
        else if (json.isString())
            QCOMPARE(std::get<QString>(cell), json.toString());
        else // a decimal: its digits as they came
            QCOMPARE(std::get<QString>(cell).toDouble(), json.toDouble());
    }
};

KINDLING_TEST(TestRecordings)
#include "tst_recordings.moc"
