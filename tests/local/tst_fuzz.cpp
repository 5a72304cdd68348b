// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/httpserver.h"
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr quint16 port = 8998;

/// Makes requests that are nearly right: words of the protocol, cut, doubled, swapped and spoilt.
class RequestMaker {
public:
    explicit RequestMaker(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray method() { return oneOf({ "GET", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "PUT", "CONNECT", "", "get" }); }

    QByteArray target()
    {
        QByteArray path = below(2) == 0 ? route() : QByteArray();
        for (int depth = path.isEmpty() ? below(6) : -1; depth >= 0; --depth)
            path += '/' + segment();
        if (below(3) == 0)
            path += '?' + oneOf({ "from", "size", "order", "_method", "" }) + '=' + oneOf({ "0", "-1", "desc", "2147483648", "%", "%ff", "a+b" });
        return spoil(path, 8);
    }

    QByteArray body()
    {
        QByteArray json = value(4);
        if (below(10) == 0)
            json = QByteArray(below(3000), '[') + json;
        return spoil(json, 4);
    }

    HttpHeaders headers()
    {
        HttpHeaders made{ { "Host", below(20) == 0 ? anything() : QByteArray("127.0.0.1:8998") } };
        made.emplaceBack("Content-Type",
            oneOf({ "application/json", "application/json", "multipart/form-data; boundary=x", "text/plain", "" }));
        if (below(10) == 0)
            made.emplaceBack(oneOf({ "Accept", "Origin", "Expect", "Authorization", "Sec-Fetch-Site" }), anything());
        return made;
    }

    QByteArray form()
    {
        return spoil("--x\r\nContent-Disposition: form-data; name=\"" + oneOf({ "file", "jar", "" }) + "\"; filename=\""
                + anything() + "\"\r\n\r\n" + anything() + "\r\n--x--\r\n", 2);
    }

    /// A request on the wire, or several, or half of one.
    QByteArray wire()
    {
        QByteArray bytes;
        for (int i = below(3); i >= 0; --i) {
            const QByteArray content = body();
            bytes += method() + ' ' + target() + " HTTP/1." + oneOf({ "1", "1", "1", "0", "7" }) + "\r\n";
            for (const auto& [name, text] : headers())
                bytes += name + ": " + text + "\r\n";
            if (below(4) == 0)
                bytes += "Transfer-Encoding: chunked\r\n\r\n" + QByteArray::number(content.size(), 16) + "\r\n" + content + "\r\n0\r\n\r\n";
            else
                bytes += "Content-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
        }
        return spoil(bytes, 2);
    }

    int below(int bound) { return m_random.bounded(bound); }

private:
    QByteArray oneOf(std::initializer_list<const char*> words) { return *(words.begin() + below(static_cast<int>(words.size()))); }

    QByteArray route()
    {
        return oneOf({ "/sessions", "/batches", "/sessions/0", "/sessions/n", "/sessions/0/statements", "/sessions/0/statements",
            "/sessions/1/statements/0", "/sessions/0/statements/0/cancel", "/sessions/0/completion", "/sessions/0/add-jar",
            "/sessions/0/upload-file", "/sessions/1/upload-jar", "/sessions/0/log", "/sessions/1/stop", "/sessions/0/connect", "/batches/0",
            "/batches/0/log", "/batches/0/state", "/sessions/0/jobs/0", "/ui", "/metrics/metrics" });
    }

    QByteArray segment()
    {
        return oneOf({ "sessions", "sessions", "batches", "0", "1", "n", "statements", "log", "state", "completion", "add-file", "upload-file",
            "upload-jar", "stop", "connect", "cancel", "jobs", "99999999999999999999", "-1", "..", "%2e%2e", "%00", "%", "%c3%28", "", "ui", "metrics",
            "ping", "version", "%F0%9F%98%80" });
    }

    QByteArray value(int depth)
    {
        switch (below(depth > 0 ? 9 : 7)) {
        case 0: return "null";
        case 1: return oneOf({ "0", "-1", "1e999", "2147483648", "9223372036854775808", "0.5", "NaN" });
        case 2: return oneOf({ "true", "false" });
        case 3: return '"' + anything().replace('"', "") + '"';
        case 4: return oneOf({ "\"pyspark\"", "\"sql\"", "\"1h\"", "\"/a.py\"", "\"n\"", "\"\\ud800\"", "\"\\u0000\"" });
        case 5: return "{}";
        case 6: return "[]";
        case 7: return '[' + value(depth - 1) + ',' + value(depth - 1) + ']';
        default: return '{' + pair(depth) + ',' + pair(depth) + '}';
        }
    }

    QByteArray pair(int depth)
    {
        return '"' + oneOf({ "kind", "code", "file", "name", "conf", "jars", "args", "ttl", "idleTimeout", "driverCores", "driverMemory", "uri",
                   "cursor", "heartbeatTimeoutInSecond", "x" })
            + "\":" + value(depth - 1);
    }

    QByteArray anything()
    {
        QByteArray bytes(below(30), Qt::Uninitialized);
        for (char& byte : bytes)
            byte = static_cast<char>(below(256));
        return bytes;
    }

    /// Spoils one in `odds`.
    QByteArray spoil(QByteArray bytes, int odds)
    {
        if (below(odds) != 0 || bytes.isEmpty())
            return bytes;
        for (int i = below(4); i >= 0 && !bytes.isEmpty(); --i) {
            const int at = below(static_cast<int>(bytes.size()));
            switch (below(4)) {
            case 0: bytes[at] = static_cast<char>(below(256)); break;
            case 1: bytes.remove(at, below(20)); break;
            case 2: bytes.insert(at, anything()); break;
            default: bytes.insert(at, bytes.mid(below(static_cast<int>(bytes.size())), 40)); break;
            }
        }
        return bytes;
    }

    QRandomGenerator m_random;
};
}

/// Random requests against the routes and the HTTP front. KINDLING_FUZZ_SECONDS makes it longer, KINDLING_FUZZ_SEED
/// repeats a run.
class TestFuzz final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const int seconds = qEnvironmentVariableIntValue("KINDLING_FUZZ_SECONDS");
        m_milliseconds = (seconds > 0 ? seconds * 1000 : 5000) / 2;
        bool isGiven = false;
        const uint seed = qEnvironmentVariable("KINDLING_FUZZ_SEED").toUInt(&isGiven);
        m_seed = isGiven ? seed : QRandomGenerator::global()->generate();
        qInfo("seed %u", m_seed);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theRoutesAnswerEverythingOnce()
    {
        RequestMaker make(m_seed);
        auto server = std::make_unique<ScriptedServer>();
        int requests = 0;
        for (const QElapsedTimer timer = started(); timer.elapsed() < m_milliseconds; ++requests) {
            if (requests % 500 == 0)
                server = std::make_unique<ScriptedServer>();
            HttpRequest request;
            request.method = make.method();
            if (!request.setTarget(make.target()))
                continue;
            request.headers = make.headers();
            request.port = port;
            request.body = request.path.last().startsWith(u"upload-") ? make.form() : make.body();
            check(*server, request, make);
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("%d requests", requests);
        QVERIFY(requests > 100);
    }

    void theFrontOutlivesEverything()
    {
        RequestMaker make(m_seed);
        ScriptedServer tables;
        HttpServer front(tables.clock, { .headerBytes = 2000, .bodyBytes = 4000 },
            [&tables](HttpRequest request, const Responder& respond) {
                request.port = port;
                tables.router.handle(request, respond);
            });
        QVERIFY(front.listen(0));
        int connections = 0;
        for (const QElapsedTimer timer = started(); timer.elapsed() < m_milliseconds; ++connections) {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, front.port());
            QVERIFY(QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }, 30'000));
            socket.write(make.wire());
            QVERIFY(QTest::qWaitFor([&] { return socket.bytesToWrite() == 0 || socket.state() != QAbstractSocket::ConnectedState; }, 30'000));
            QCoreApplication::sendPostedEvents();
            tables.clock.advance(std::chrono::milliseconds(1));
            if (const QByteArray answer = socket.readAll(); !answer.isEmpty())
                QVERIFY2(answer.startsWith("HTTP/1.1 "), answer.left(200).constData());
            socket.abort();
        }
        qInfo("%d connections", connections);
        QVERIFY(connections > 20);
        QVERIFY(QTest::qWaitFor([&] { return front.findChildren<HttpConnection*>().isEmpty(); }, 30'000));
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, front.port());
        socket.write("GET /metrics/ping HTTP/1.1\r\nHost: 127.0.0.1:8998\r\n\r\n");
        QByteArray answer;
        QVERIFY(QTest::qWaitFor([&] { return (answer += socket.readAll()).endsWith("pong\n"); }, 30'000));
    }

private:
    static QElapsedTimer started()
    {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }

    /// One answer with a status of HTTP, JSON where it says so, and 500 only in the words that Livy has for it.
    static void check(ScriptedServer& server, const HttpRequest& request, RequestMaker& make)
    {
        const auto answers = std::make_shared<QList<HttpResponse>>();
        server.router.handle(request, [answers](const HttpResponse& response) { answers->append(response); });
        server.clock.advance(std::chrono::milliseconds(make.below(50) == 0 ? 70'000 : 1));
        for (const QPointer<ScriptedDriver>& driver : std::as_const(server.drivers)) {
            if (driver && make.below(3) == 0)
                driver->becomeReady();
            if (driver && driver->runningId >= 0 && make.below(2) == 0)
                driver->finish();
        }
        const QByteArray about = request.method + ' ' + request.path.join(u'/').toUtf8() + ' ' + request.body.left(300);
        QVERIFY2(answers->size() == 1, about.constData());
        const HttpResponse& answer = answers->first();
        QVERIFY2(answer.status >= 200 && answer.status <= 500, about.constData());
        const QByteArray type = answer.headers.first().second;
        QCOMPARE(answer.headers.first().first, QByteArray("Content-Type"));
        if (type.startsWith("application/json") && !answer.body.isEmpty())
            QVERIFY2(!parsedJson(answer.body).isUndefined(), QByteArray(about + " gave " + answer.body).constData());
        if (answer.status == 500)
            QVERIFY2(answer.body.startsWith("\"java."), QByteArray(about + " gave " + answer.body).constData());
        for (const auto& [name, value] : answer.headers)
            QVERIFY2(!value.contains('\r') && !value.contains('\n'), about.constData());
    }

    int m_milliseconds = 0;
    uint m_seed = 0;
};

KINDLING_TEST(TestFuzz)
#include "tst_fuzz.moc"
