// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr char formType[] = "multipart/form-data; boundary=x";

QByteArray form(const QByteArray& disposition, const QByteArray& content)
{
    return "--x\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--x--\r\n";
}
}

/// What a running session is given: files by path and by upload; and the server's few pages for people.
class TestResources final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void addsWhatIsNamed_data()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<ResourceKind>("kind");
        QTest::addColumn<QString>("path");
        QTest::newRow("jar") << QByteArray("add-jar") << QByteArray("/a/b.jar") << ResourceKind::Jar << u"/a/b.jar"_s;
        QTest::newRow("pyfile") << QByteArray("add-pyfile") << QByteArray("file:///a/b%20c.py") << ResourceKind::PyFile << u"/a/b c.py"_s;
        QTest::newRow("file") << QByteArray("add-file") << QByteArray("file:/a/ü") << ResourceKind::File << u"/a/ü"_s;
        QTest::newRow("elsewhere") << QByteArray("add-jar") << QByteArray("hdfs://h/x.jar") << ResourceKind::Jar << u"hdfs://h/x.jar"_s;
    }
    void addsWhatIsNamed()
    {
        QFETCH(QByteArray, act);
        QFETCH(QByteArray, uri);
        QFETCH(ResourceKind, kind);
        QFETCH(QString, path);
        ScriptedServer server;
        begin(server);
        for (const QByteArray& session : { QByteArray("0"), QByteArray("n") }) {
            const HttpResponse answer = server.ask("POST", "/sessions/" + session + '/' + act, "{\"uri\":\"" + uri + "\"}");
            QCOMPARE(answer.status, 200);
            QVERIFY(answer.body.isEmpty());
            const auto given = server.drivers[0]->additions.takeFirst();
            QCOMPARE(given.first, kind);
            QCOMPARE(given.second, path);
        }
    }

    void answersOnlyWhenTheDriverHasIt()
    {
        ScriptedServer server;
        begin(server);
        server.drivers[0]->answersAdditions = false;
        const auto ask = [&server] {
            return server.askLater("POST", "/sessions/0/add-file", R"({"uri":"/a"})", headersOf("application/json"));
        };
        const auto first = ask();
        QCOMPARE(first->status, 0);
        Q_EMIT server.drivers[0]->added(0, {});
        QCOMPARE(first->status, 200);
        Q_EMIT server.drivers[0]->added(0, {});
        const auto second = ask();
        Q_EMIT server.drivers[0]->ended();
        QCOMPARE(second->status, 500);
        QCOMPARE(parsedJson(second->body), u"java.util.concurrent.CancellationException"_s);
    }

    void refusesAsLivy_data()
    {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        QTest::newRow("not absolute") << QByteArray("add-jar") << QByteArray(R"({"uri":"nope.jar"})") << 400
                                      << u"{\"msg\":\"requirement failed: Path 'nope.jar' is not absolute.\"}"_s;
        QTest::newRow("nothing named") << QByteArray("add-file") << QByteArray("{}") << 500 << u"\"java.lang.NullPointerException: "_s;
        QTest::newRow("another field") << QByteArray("add-file") << QByteArray(R"({"url":"x"})") << 400
                                       << u"\"Unrecognized field \\\"url\\\" (class org.apache.livy.client.common.HttpMessages$AddResource)"_s;
        QTest::newRow("a list") << QByteArray("add-file") << QByteArray(R"({"uri":["/a"]})") << 400 << u"\"Cannot deserialize value"_s;
        QTest::newRow("nothing") << QByteArray("add-file") << QByteArray() << 400 << u"\"No content to map due to end-of-input"_s;
        QTest::newRow("missing") << QByteArray("add-jar") << QByteArray(R"({"uri":"/none.jar"})") << 500
                                 << u"\"java.util.concurrent.ExecutionException: java.lang.RuntimeException: java.io.FileNotFoundException: File file:/none.jar does not exist"_s;
        QTest::newRow("no jar") << QByteArray("upload-jar") << form("name=\"file\"; filename=\"a\"", "x") << 400 << u"\"No jar sent!\""_s;
        QTest::newRow("no file") << QByteArray("upload-pyfile") << form("name=\"jar\"; filename=\"a\"", "x") << 400 << u"\"No file sent!\""_s;
    }
    void refusesAsLivy()
    {
        QFETCH(QByteArray, act);
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, text);
        ScriptedServer server;
        begin(server);
        const HttpResponse answer = server.ask("POST", "/sessions/0/" + act, body, headersOf(act.startsWith("upload") ? formType : "application/json"));
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.body.startsWith(text.toUtf8()), answer.body.constData());
        QCOMPARE(server.ask("POST", "/sessions/9/" + act, body).status, 404);
    }

    void aSessionThatDoesNotRunTakesNothing()
    {
        ScriptedServer server;
        server.ask("POST", "/sessions", "{}");
        QCOMPARE(parsedJson(server.ask("POST", "/sessions/0/add-file", R"({"uri":"/a"})").body),
            u"java.lang.IllegalStateException: Session is in state starting"_s);
        const HttpResponse upload = server.ask("POST", "/sessions/0/upload-file", form("name=\"file\"; filename=\"a\"", "x"), headersOf(formType));
        QCOMPARE(upload.status, 500);
    }

    void takesUploads()
    {
        ScriptedServer server;
        begin(server);
        const QByteArray content("\0\r\n--y\r\n\xff", 9);
        const HttpResponse answer = server.ask("POST", "/sessions/0/upload-jar",
            form("name=\"jar\"; filename=\"lib.jar\"", content), headersOf(formType));
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.isEmpty());
        QCOMPARE(server.drivers[0]->uploads, QByteArrayList{ content });
        QCOMPARE(server.drivers[0]->additions.first().first, ResourceKind::Jar);
        QCOMPARE(server.drivers[0]->additions.first().second, u"/uploads/lib.jar"_s);
    }

    void readsForms_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        const QByteArray good = formType;
        const QByteArray named = "name=\"file\"; filename=\"a.py\"";
        QTest::newRow("usual") << good << form(named, "abc") << u"a.py"_s << QByteArray("abc");
        QTest::newRow("empty file") << good << form(named, "") << u"a.py"_s << QByteArray();
        QTest::newRow("quoted boundary") << QByteArray("Multipart/Form-Data; charset=utf-8; boundary=\"x\"") << form(named, "abc") << u"a.py"_s << QByteArray("abc");
        QTest::newRow("unquoted names") << good << form("name=file; filename=a.py", "abc") << u"a.py"_s << QByteArray("abc");
        QTest::newRow("line feeds alone") << good << QByteArray("--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\n\nabc\n--x--\n") << u"a"_s << QByteArray("abc");
        QTest::newRow("after another part") << good << QByteArray("--x\r\nContent-Disposition: form-data; name=\"o\"\r\n\r\n1\r\n" + form(named, "abc")) << u"a.py"_s << QByteArray("abc");
        QTest::newRow("preamble") << good << QByteArray("hello\r\n" + form(named, "abc")) << u"a.py"_s << QByteArray("abc");
        QTest::newRow("path tricks") << good << form("name=\"file\"; filename=\"../../etc/passwd\"", "abc") << u"passwd"_s << QByteArray("abc");
        QTest::newRow("Windows path") << good << form(R"(name="file"; filename="C:\dir\b.py")", "abc") << u"b.py"_s << QByteArray("abc");
        QTest::newRow("up") << good << form("name=\"file\"; filename=\"..\"", "abc") << u"upload"_s << QByteArray("abc");
        QTest::newRow("no name") << good << form("name=\"file\"; filename=\"\"", "abc") << u"upload"_s << QByteArray("abc");
        QTest::newRow("quote in the name") << good << form(R"(name="file"; filename="a\"b;c.py")", "abc") << u"a\"b;c.py"_s << QByteArray("abc");
        QTest::newRow("NUL in the name") << good << form(QByteArray("name=\"file\"; filename=\"a\0b\"", 26), "abc") << u"ab"_s << QByteArray("abc");
        QTest::newRow("umlaut") << good << form("name=\"file\"; filename=\"ü.py\"", "abc") << u"ü.py"_s << QByteArray("abc");
        QTest::newRow("umlaut as older clients send it")
            << good << form("name=\"file\"; filename*=utf-8''..%2F%C3%BC%20x.py", "abc") << u"ü x.py"_s << QByteArray("abc");
        QTest::newRow("a field, no file") << good << form("name=\"file\"", "abc") << QString() << QByteArray();
        QTest::newRow("cut short") << good << form(named, "abc").chopped(9) << QString() << QByteArray();
        QTest::newRow("no empty line") << good << QByteArray("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n--x--") << QString() << QByteArray();
        QTest::newRow("no boundary") << QByteArray("multipart/form-data") << form(named, "abc") << QString() << QByteArray();
        QTest::newRow("empty boundary") << QByteArray("multipart/form-data; boundary=\"\"") << form(named, "abc") << QString() << QByteArray();
        QTest::newRow("endless boundary") << QByteArray("multipart/form-data; boundary=" + QByteArray(9999, 'x')) << form(named, "abc") << QString() << QByteArray();
        QTest::newRow("unclosed quote") << QByteArray("multipart/form-data; boundary=\"x") << form("name=\"file\"; filename=\"a", "abc") << u"a"_s << QByteArray("abc");
        QTest::newRow("not a form") << QByteArray("application/json; boundary=x") << form(named, "abc") << QString() << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QString() << QByteArray();
    }
    void readsForms()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        const auto file = uploadedFile(type, body, "file");
        QCOMPARE(file.has_value(), !name.isNull());
        if (!file)
            return;
        QCOMPARE(file->name, name);
        QCOMPARE(file->content, content);
    }

    void anEndlessNameIsCutAtItsBegin()
    {
        const auto file = uploadedFile(formType, form("name=\"file\"; filename=\"" + QByteArray("ü").repeated(500) + ".py\"", ""), "file");
        QVERIFY(file && file->name.endsWith(u".py") && file->name.toUtf8().size() <= 200);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(uploadedFile(formType, form("name=\"file\"; filename=\"" + QByteArray(3'000'000, 'x') + ".py\"", ""), "file"));
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }

    void showsItsPages_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("ui") << QByteArray("/ui") << QByteArray("text/html;charset=utf-8") << QByteArray("in front of Spark 4.1.4 on this machine");
        QTest::newRow("ui/") << QByteArray("/ui/") << QByteArray("text/html;charset=utf-8") << QByteArray("Sessions: <a href=\"/sessions\">1</a>");
        QTest::newRow("metrics") << QByteArray("/metrics") << QByteArray("text/html;charset=utf-8") << QByteArray("/metrics/ping");
        QTest::newRow("ping") << QByteArray("/metrics/ping") << QByteArray("text/plain;charset=iso-8859-1") << QByteArray("pong\n");
        QTest::newRow("numbers") << QByteArray("/metrics/metrics") << QByteArray("application/json;charset=utf-8") << QByteArray(R"("livy.sessions":{"value":1})");
    }
    void showsItsPages()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, part);
        ScriptedServer server;
        begin(server);
        const HttpResponse answer = server.ask("GET", path);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.headers.contains(std::pair<QByteArray, QByteArray>("Content-Type", type)));
        QVERIFY2(answer.body.contains(part), answer.body.constData());
        QCOMPARE(server.ask("POST", path, "{}").status, 405);
    }

    void leadsFromTheRootToItsPage()
    {
        ScriptedServer server;
        const HttpResponse answer = server.ask("GET", "/");
        QCOMPARE(answer.status, 302);
        QVERIFY(answer.headers.contains(std::pair<QByteArray, QByteArray>("Location", "/ui")));
    }

    void jobsOfLivysOwnClientAreRefusedClearly()
    {
        ScriptedServer server;
        begin(server);
        QCOMPARE(server.ask("POST", "/sessions/0/submit-job", R"({"job":"AA=="})").status, 400);
        QCOMPARE(server.ask("POST", "/sessions/0/run-job", "{}").status, 400);
        QCOMPARE(parsedJson(server.ask("GET", "/sessions/0/jobs/7").body), u"java.util.NoSuchElementException: key not found: 7"_s);
        QCOMPARE(server.ask("GET", "/sessions/1/jobs/7").status, 404);
    }

    void knowsOneVersionOfTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<int>("status");
        QTest::newRow("none") << QByteArray() << 200;
        QTest::newRow("JSON") << QByteArray("application/json") << 200;
        QTest::newRow("the one") << QByteArray("application/vnd.livy.v0.1+json") << 200;
        QTest::newRow("another") << QByteArray("application/vnd.livy.v9+json") << 406;
        QTest::newRow("nonsense") << QByteArray("application/vnd.livy.v\xff\xfe") << 406;
    }
    void knowsOneVersionOfTheProtocol()
    {
        QFETCH(QByteArray, accept);
        QFETCH(int, status);
        ScriptedServer server;
        QCOMPARE(server.ask("GET", "/sessions", {}, { { "Host", "127.0.0.1:8998" }, { "Accept", accept } }).status, status);
    }

    void takesNoCompressedBody_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<int>("status");
        QTest::newRow("gzip") << QByteArray("gzip") << 415;
        QTest::newRow("deflate") << QByteArray("Deflate") << 415;
        QTest::newRow("two") << QByteArray("identity, gzip") << 415;
        QTest::newRow("as it is") << QByteArray("Identity") << 201;
        QTest::newRow("empty") << QByteArray() << 201;
    }
    void takesNoCompressedBody()
    {
        QFETCH(QByteArray, encoding);
        QFETCH(int, status);
        ScriptedServer server;
        const HttpResponse answer = server.ask("POST", "/sessions", "{}",
            { { "Host", "127.0.0.1:8998" }, { "Content-Type", "application/json" }, { "Content-Encoding", encoding } });
        QCOMPARE(answer.status, status);
        if (status == 415)
            QVERIFY(parsedJson(answer.body)[u"msg"].toString().startsWith(u"Compressed bodies are not taken here"));
        QCOMPARE(server.drivers.size(), status == 201 ? 1 : 0);
    }

private:
    static void begin(ScriptedServer& server)
    {
        server.ask("POST", "/sessions", R"({"name":"n"})");
        server.drivers[0]->becomeReady();
    }
    static HttpHeaders headersOf(const char* type) { return { { "Host", "127.0.0.1:8998" }, { "Content-Type", type } }; }
};

KINDLING_TEST(TestResources)
#include "tst_resources.moc"
