// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/replay.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kindling::test {

using namespace local;

namespace {
/// What the recordings do not tell, but the request must have had.
HttpHeaders headersFor(const Record& record)
{
    HttpHeaders headers{ { "Host", "127.0.0.1:8998" } };
    if (record.target.contains("/upload-"))
        headers.emplaceBack("Content-Type", "multipart/form-data; boundary=" + record.body.mid(2, record.body.indexOf('\r') - 2));
    else
        headers.emplaceBack("Content-Type", "application/json");
    if (record.status == 406)
        headers.emplaceBack("Accept", "application/vnd.livy.v9+json");
    if (record.headers.contains(u"content-encoding"_s))
        headers.emplaceBack("Accept-Encoding", "gzip");
    return headers;
}
}

HttpResponse Replay::answer(const Record& record)
{
    static const QRegularExpression pattern(u"^/(sessions|batches)/(\\d+)([^?]*)"_s);
    QString target = QString::fromUtf8(record.target);
    const auto match = pattern.match(target);
    const bool isSession = match.captured(1) == u"sessions";
    m_id = (isSession ? m_sessions : m_batches).value(match.captured(2).toInt(), -1);
    m_driver = isSession ? m_server.drivers.value(m_id) : nullptr;
    if (match.hasMatch() && m_id >= 0) {
        target.replace(match.capturedStart(2), match.capturedLength(2), QString::number(m_id));
        if (isSession)
            prepareSession(record, match.captured(3));
        else
            prepareBatch(record);
    }
    const auto answer = m_server.askLater(record.method, target.toUtf8(), record.body, headersFor(record));
    // What a stopped session answers comes in the event loop's next turn.
    m_server.clock.advance(1ms);
    if (record.status == 201 && !target.contains(u"/statements"_s)) {
        QMap<int, int>& ids = target == u"/sessions" ? m_sessions : m_batches;
        ids.insert(record.json[u"id"_s].toInt(), parsedJson(answer->body)[u"id"_s].toInt(-1));
    }
    return *answer;
}

void Replay::prepareSession(const Record& record, const QString& act)
{
    if (!m_driver)
        return;
    const QString words = record.json.isString() ? record.json.toString() : record.json[u"msg"_s].toString();
    if (record.note == u"after 104 statements")
        runStatements(104);
    if (act.isEmpty() && record.status == 200 && record.method == "GET")
        reach(record.json[u"state"_s].toString());
    else if (act.isEmpty() && record.status == 404)
        reach(u"removed"_s);
    else if (words.contains(u"isn't active"_s) || words.endsWith(u"state dead"_s))
        reach(u"dead"_s);
    else if (act.startsWith(u"/statements/") && record.status == 200 && record.method == "GET")
        settle(record.json);
    else if (!words.endsWith(u"state starting"_s) && stateOfSession() == u"starting")
        m_driver->becomeReady();
}

void Replay::prepareBatch(const Record& record)
{
    const QPointer<ScriptedBatch> batch = m_server.batches.value(m_id);
    const QString state = record.json[u"state"_s].toString();
    if (!batch || record.method != "GET")
        return;
    const QByteArray path = "/batches/" + QByteArray::number(m_id);
    if (m_server.json("GET", path)[u"state"_s].toString() == state)
        return;
    if (state == u"running")
        Q_EMIT batch->started();
    else if (state == u"success" || state == u"dead")
        Q_EMIT batch->ended(state == u"success" ? 0 : 1, false);
}

QString Replay::stateOfSession()
{
    return m_server.json("GET", "/sessions/" + QByteArray::number(m_id))[u"state"_s].toString();
}

void Replay::reach(const QString& state)
{
    const QString now = stateOfSession();
    if (state == u"idle" && now == u"starting")
        m_driver->becomeReady();
    while (state == u"idle" && m_driver->runningId >= 0)
        m_driver->finish();
    if (state == u"shutting_down" && now == u"idle")
        advanceUntilItEnds();
    if ((state == u"dead" || state == u"removed") && m_driver && now != u"dead" && !now.isEmpty())
        Q_EMIT m_driver->ended();
}

/// Its time is up at one of the server's next looks.
void Replay::advanceUntilItEnds()
{
    m_driver->endsWhenStopped = false;
    for (int minute = 0; minute < 5 && !m_driver->isStopped; ++minute)
        m_server.clock.advance(1min);
}

void Replay::settle(const QJsonValue& statement)
{
    const int id = statement[u"id"_s].toInt();
    const QString state = statement[u"state"_s].toString();
    const QJsonValue output = statement[u"output"_s];
    if (state == u"cancelled" && output.isNull() && m_driver->runningId == id) {
        m_server.clock.advance(31s);
        return;
    }
    const bool isEnded = state == u"available" || (state == u"cancelled" && m_driver->runningId == id);
    const bool isDeath = output[u"evalue"_s].toString().startsWith(u"Interpreter died");
    while (isEnded && m_driver->runningId >= 0 && m_driver->runningId <= id) {
        const int running = std::exchange(m_driver->runningId, -1);
        Q_EMIT m_driver->finished(running, QJsonDocument(output.toObject()).toJson(QJsonDocument::Compact), isDeath);
    }
}

void Replay::runStatements(int count)
{
    for (int i = 0; i < count; ++i) {
        m_server.ask("POST", "/sessions/" + QByteArray::number(m_id) + "/statements", R"({"code":"1","kind":"pyspark"})");
        m_driver->finish();
    }
}

} // namespace kindling::test
