// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/httperror.h"
#include "app/livy/livyapi.h"
#include "tests/livy/faketransport.h"
#include "tests/livy/recordings.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// What becomes of a refusal: by its status and by what the server's words have in them.
struct Expected {
    int status;
    QString words;
    ErrorKind kind;
    QString title;
    QString detail; ///< a beginning; empty = no words
};

const QList<Expected>& expectations()
{
    using enum ErrorKind;
    static const QList<Expected> all{
        { 404, u"{\"msg\":\"Session '"_s, NotFound, u"livy:8998 does not have this session or batch, or no longer."_s, u"Session '"_s },
        { 404, u"Statement not found"_s, NotFound, u"livy:8998 keeps this statement no longer."_s, u"Statement not found"_s },
        { 404, {}, NotFound, u"livy:8998 does not know this, or no longer."_s, {} },
        { 405, {}, Rejected, u"livy:8998 refused the request."_s, {} },
        { 406, u"No value found"_s, Rejected, u"livy:8998 refused the request."_s, u"No value found for '9'"_s },
        { 400, u"File is required."_s, Rejected, u"A batch needs a file to run."_s, u"requirement failed: File is required."_s },
        { 400, u"cannot be added"_s, Rejected, u"livy:8998 takes no files from this folder."_s, {} },
        { 400, u"Duplicate session name"_s, Rejected, u"The name is taken. One that has just ended keeps its name for some minutes."_s, {} },
        { 400, u"Unrecognized field"_s, Rejected, u"livy:8998 does not know a field of this request. Perhaps it is an older version."_s, u"Unrecognized field \""_s },
        { 400, u"is not absolute"_s, Rejected, u"The path of a file has to be absolute, or to have a scheme."_s, u"requirement failed: Path '"_s },
        { 400, u"Unexpected character"_s, Rejected, u"The request is no valid JSON to livy:8998."_s, u"Unexpected character ('"_s },
        { 400, u"Cannot find Livy REPL jars"_s, Rejected,
            u"livy:8998 runs batches only: the part for interactive sessions is not installed there."_s, u"requirement failed: Cannot find Livy REPL jars."_s },
        { 400, u"Session isn't active"_s, Rejected, u"The session has ended."_s, u"requirement failed: Session isn't active."_s },
        { 400, u"For input string"_s, Rejected, u"livy:8998 expected a number in the request."_s, u"For input string: \""_s },
        { 400, u"Invalid kind: foo"_s, Rejected, u"livy:8998 does not know this language."_s, u"Invalid kind: foo"_s },
        { 400, u"Invalid time string"_s, Rejected, u"A time is not written as livy:8998 reads it. Write 90s, 30m or 8h."_s,
            u"Rejected, Reason: Invalid time string: abc"_s },
        { 400, u"Blacklisted"_s, Rejected, u"livy:8998 does not allow some of these settings to be changed."_s,
            u"Rejected, Reason: Blacklisted configuration values in session config: spark.submit.deployMode"_s },
        { 400, u"No jar sent!"_s, Rejected, u"livy:8998 found no file in the request."_s, u"No jar sent!"_s },
        { 400, u"Cannot deserialize"_s, Rejected, u"A value in the request is not of the type that livy:8998 reads."_s, u"Cannot deserialize value of type"_s },
        { 500, u"Code type should be specified"_s, Server, u"This session has no language of its own: the statement has to name one."_s,
            u"Code type should be specified if session kind is shared"_s },
        { 500, u"Invalid kind"_s, Server, u"livy:8998 does not know this language."_s, u"Invalid kind: "_s },
        { 500, u"Session is in state dead"_s, Server, u"The session has ended."_s, u"Session is in state dead"_s },
        { 500, u"Session is in state starting"_s, Server, u"The session is not ready yet."_s, u"Session is in state starting"_s },
        { 500, u"cannot be cast"_s, Server, u"A value in the request is not of the type that livy:8998 reads."_s, u"class java.lang."_s },
        { 500, u"Cannot invoke"_s, Server, u"livy:8998 misses a value in the request."_s, u"Cannot invoke \""_s },
        { 500, u"does not exist"_s, Server, u"livy:8998 cannot find the file."_s, u"File file:/srv/livy/none.jar does not exist"_s },
        { 500, u"key not found: 0"_s, Server, u"livy:8998 failed to do this."_s, u"key not found: 0"_s },
    };
    return all;
}
}

/// Every refusal that real servers were recorded to give, and every exchange through LivyApi's own calls.
class TestRecordedErrors final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesOneErrorOfEveryRecordedRefusal()
    {
        int refusals = 0;
        QSet<qsizetype> used;
        for (const Recording& each : allRecordings()) {
            const HttpResponse response = responseOf(each.json);
            if (response.status < 400)
                continue;
            ++refusals;
            const QString words = QString::fromUtf8(response.body);
            const auto at = std::ranges::find_if(expectations(), [&](const Expected& expected) {
                const bool isEmpty = words.isEmpty();
                return expected.status == response.status && (isEmpty ? expected.words.isEmpty() : !expected.words.isEmpty() && words.contains(expected.words));
            });
            QVERIFY2(at != expectations().end(), qPrintable(each.name));
            used.insert(at - expectations().begin());
            const Error error = errorOf(response, QUrl(u"http://ann:S3CRET@livy:8998/sessions"_s));
            QVERIFY2(error.kind == at->kind && error.title == at->title, qPrintable(each.name + u": "_s + error.title));
            QVERIFY2(at->detail.isEmpty() ? words.isEmpty() == error.detail.isEmpty() : error.detail.startsWith(at->detail),
                qPrintable(each.name + u": "_s + error.detail));
            QCOMPARE(error.httpStatus, response.status);
            QCOMPARE(error.url.toString(), u"http://livy:8998/sessions"_s);
            QCOMPARE(error.bodySample, response.body.left(2048));
            QVERIFY(!error.detail.contains(u"\n\tat "_s) && !error.detail.contains(u"[Source:"_s) && !error.detail.startsWith(u'"'));
        }
        QVERIFY(refusals > 50);
        QCOMPARE(used.size(), expectations().size()); // none of them is only imagined
    }

    void takesEveryRecordedExchangeThroughItsOwnCall()
    {
        int asked = 0;
        for (const Recording& each : allRecordings()) {
            const HttpResponse response = responseOf(each.json);
            const QJsonObject request = each.json["request"_L1].toObject();
            const bool isLeftOut = each.json["note"_L1].toString().contains(u"left out"_s);
            const QString path = request["path"_L1].toString();
            const bool isOurs = path.startsWith("/sessions"_L1) || path.startsWith("/batches"_L1) || path == "/version"_L1;
            if (isLeftOut || !isOurs)
                continue;
            m_world.answer(response.status, response.body);
            const std::optional<bool> isRight = outcome(request["method"_L1].toString(), path, response.status);
            if (!isRight)
                continue;
            ++asked;
            QVERIFY2(*isRight, qPrintable(each.name));
            const QUrl sent = m_world.sent().last().url;
            const QByteArray recordedUrl = "http://h" + path.section(u'?', 0, 0).toUtf8();
            QCOMPARE(sent.path(QUrl::FullyEncoded), QUrl::fromEncoded(recordedUrl).path(QUrl::FullyEncoded));
        }
        QVERIFY2(asked > 300, qPrintable(QString::number(asked)));
    }

private:
    /// Did the call that sends this request end as it should? Nothing where we have no such call.
    std::optional<bool> outcome(const QString& method, const QString& path, int status)
    {
        const QStringList parts = path.section(u'?', 0, 0).split(u'/').mid(1);
        const QString id = QUrl::fromPercentEncoding(parts.value(1).toUtf8());
        const bool isSession = parts.at(0) == "sessions"_L1;
        SparkApi& api = m_world.api();
        if (path == "/version"_L1)
            return check<ServerVersion>(status, [&](auto reply) { api.version(this, reply); });
        if (parts.size() == 1 && method == "GET"_L1) {
            return check<ItemPage>(status, [&](auto reply) {
                isSession ? api.sessions()->list(0, 100, this, reply) : api.batches()->list(0, 100, this, reply);
            });
        }
        if (parts.size() == 1 && method == "POST"_L1) {
            return check<SparkItem>(status, [&](auto reply) {
                isSession ? api.sessions()->createRaw("{}", this, reply) : api.batches()->createRaw("{}", this, reply);
            });
        }
        if (parts.size() == 2 && !id.isEmpty())
            return itemOutcome(method, id, isSession, status);
        return parts.size() > 2 ? partOutcome(method, parts, id, status) : std::nullopt;
    }
    std::optional<bool> itemOutcome(const QString& method, const QString& id, bool isSession, int status)
    {
        SparkApi& api = m_world.api();
        if (method == "GET"_L1) {
            return check<SparkItem>(status, [&](auto reply) {
                isSession ? api.sessions()->fetch(id, this, reply) : api.batches()->fetch(id, this, reply);
            });
        }
        if (method == "DELETE"_L1) {
            return check<Done>(status, [&](auto reply) {
                isSession ? api.sessions()->remove(id, this, reply) : api.batches()->remove(id, this, reply);
            });
        }
        return {};
    }
    std::optional<bool> partOutcome(const QString& method, const QStringList& parts, const QString& id, int status)
    {
        SparkApi& api = m_world.api();
        const bool isSession = parts.at(0) == "sessions"_L1;
        const QString call = method + u' ' + parts.at(2) + (parts.size() > 4 ? u'/' + parts.at(4) : QString());
        bool isNumber = false;
        const int number = parts.value(3).toInt(&isNumber);
        if (call == "GET log"_L1) {
            return check<LogSlice>(status, [&](auto reply) {
                isSession ? api.logs()->sessionLog(id, {}, this, reply) : api.logs()->batchLog(id, {}, this, reply);
            });
        }
        if (call == "GET state"_L1) {
            return check<ItemState>(status, [&](auto reply) {
                isSession ? api.sessions()->state(id, this, reply) : api.batches()->state(id, this, reply);
            });
        }
        if (call == "GET statements"_L1 && parts.size() == 3)
            return check<StatementPage>(status, [&](auto reply) { api.statements()->list(id, {}, this, reply); });
        if (call == "GET statements"_L1 && isNumber)
            return check<Statement>(status, [&](auto reply) { api.statements()->fetch(id, number, this, reply); });
        if (call == "POST statements"_L1)
            return check<Statement>(status, [&](auto reply) { api.statements()->run(id, u"1"_s, Kind::Sql, this, reply); });
        if (call == "POST statements/cancel"_L1)
            return check<Done>(status, [&](auto reply) { api.statements()->cancel(id, number, this, reply); });
        if (call == "POST completion"_L1)
            return check<QStringList>(status, [&](auto reply) { api.statements()->complete(id, {}, this, reply); });
        if (call == "POST connect"_L1)
            return check<SparkItem>(status, [&](auto reply) { api.sessions()->keepAlive(id, this, reply); });
        if (call == "POST stop"_L1)
            return check<Done>(status, [&](auto reply) { api.sessions()->stop(id, this, reply); });
        if (call == "POST interrupt"_L1)
            return check<Done>(status, [&](auto reply) { api.sessions()->endByInterrupt(id, this, reply); });
        return method == "POST"_L1 ? fileOutcome(parts.at(2), id, status) : std::nullopt;
    }
    std::optional<bool> fileOutcome(const QString& verb, const QString& id, int status)
    {
        static const QList<std::pair<QString, SessionFileKind>> kinds{ { u"jar"_s, SessionFileKind::Jar }, { u"pyfile"_s, SessionFileKind::PyFile },
            { u"file"_s, SessionFileKind::File } };
        for (const auto& [word, kind] : kinds) {
            if (verb == u"add-"_s + word)
                return check<Done>(status, [&](auto reply) { m_world.api().sessionFiles()->add(id, kind, u"/x"_s, this, reply); });
            if (verb == u"upload-"_s + word)
                return check<Done>(status, [&](auto reply) { m_world.api().sessionFiles()->upload(id, { kind, u"x"_s, "y" }, this, reply); });
        }
        return {};
    }
    /// A success is a value, a refusal an error; DELETE of what is gone is a success.
    template<typename T, typename Call>
    bool check(int status, Call call)
    {
        const Result<T> result = m_world.wait<T>(call);
        const bool isGoneAlready = std::is_same_v<T, Done> && status == 404 && m_world.sent().last().method == "DELETE";
        return result.has_value() == (status < 300 || isGoneAlready);
    }

    FakeLivyWorld m_world;
};

KINDLING_TEST(TestRecordedErrors)
#include "tst_recordederrors.moc"
