// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"
#include "tests/net/faultserver.h"
#include "tests/support/awaited.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
/// As on a full disk: no file of this process may grow beyond `bytes`.
class FullDisk final {
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{ bytes, m_before.rlim_max };
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

QByteArray statementOf(qsizetype bytes)
{
    return "{\"id\":3,\"state\":\"available\",\"code\":\"" + QByteArray(bytes, 'x') + "\"}";
}
}

/// A statement's answer written to a file as it comes, over real sockets.
class TestAnswerFile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void keepsAllOfItHoweverLarge()
    {
        const QByteArray answer = statementOf(5 * 1024 * 1024 + 3);
        TransportOptions small;
        small.largestAnswerBytes = 1024 * 1024;
        FaultServer server([answer](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, answer)); });
        const auto api = makeApi(server, small);
        QList<qint64> told;
        const auto saved = save(*api, { path(), [&told](qint64 bytes) { told.append(bytes); } });
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().title));
        QCOMPARE(*saved, answer.size());
        QVERIFY(content() == answer);
        QCOMPARE(server.seen().size(), 1);
        QCOMPARE(server.seen().first().path, "/sessions/7/statements/3"_ba);
        QVERIFY2(told.size() >= 4 && told.size() <= 6, qPrintable(QString::number(told.size())));
        QVERIFY(std::ranges::is_sorted(told));
    }

    void whatIsNotWholeLeavesNothingBehind_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ErrorKind>("kind");
        const QByteArray half = statementOf(3'000'000);
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        QTest::newRow("cut") << head + "Content-Length: 9000000\r\n\r\n" + half << ErrorKind::Network;
        QTest::newRow("cut at once") << head + "Content-Length: 9000000\r\n\r\n" << ErrorKind::Network;
        QTest::newRow("chunk cut") << head + "Transfer-Encoding: chunked\r\n\r\nffffff\r\n" + half << ErrorKind::Network;
        QTest::newRow("refused") << FaultServer::answer(404, "\"Statement not found\"") << ErrorKind::NotFound;
        QTest::newRow("forbidden") << FaultServer::answer(403, "{}") << ErrorKind::Forbidden;
        QTest::newRow("sign-in") << FaultServer::answer(401, "{}") << ErrorKind::SignIn;
        QTest::newRow("a web page") << FaultServer::answer(200, "<!DOCTYPE html><html><body>Please sign in</body></html>") << ErrorKind::Protocol;
        QTest::newRow("a list") << FaultServer::answer(200, "[1,2]") << ErrorKind::Protocol;
        QTest::newRow("nothing") << FaultServer::answer(200, "") << ErrorKind::Protocol;
        QTest::newRow("no content") << "HTTP/1.1 204 No Content\r\n\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("elsewhere") << FaultServer::answer(302, "", "Location: http://elsewhere.invalid/\r\n") << ErrorKind::Rejected;
    }
    void whatIsNotWholeLeavesNothingBehind()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const ErrorKind, kind);
        FaultServer server([bytes](QTcpSocket* socket, const FaultServer::Seen&) { FaultServer::sendAndClose(socket, bytes); });
        const auto api = makeApi(server);
        const auto saved = save(*api, { path(), {} });
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, kind);
        QVERIFY(!saved.error().title.isEmpty());
        QVERIFY(names().isEmpty());
        write("as it was");
        QVERIFY(!save(*api, { path(), {} }));
        QCOMPARE(content(), "as it was"_ba);
        QCOMPARE(names(), QStringList{ u"answer.json"_s });
    }

    void aFullDiskIsSaidAndLeavesNothingBehind()
    {
        const QByteArray answer = statementOf(5'000'000);
        FaultServer server([answer](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, answer)); });
        const auto api = makeApi(server);
        const FullDisk full(1'000'000);
        const auto saved = save(*api, { path(), {} });
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::Io);
        QVERIFY(saved.error().title.contains(path()));
        QVERIFY2(!saved.error().detail.isEmpty(), qPrintable(saved.error().title));
        QVERIFY(names().isEmpty());
    }

    void aFolderThatIsNotThereIsSaid()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(200, statementOf(10))); });
        const auto api = makeApi(server);
        const auto saved = save(*api, { path() + u"/none/answer.json"_s, {} });
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::Io);
    }

    void whoCancelsHearsNoMoreAndKeepsNothing()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n" + statementOf(3'000'000));
        });
        const auto api = makeApi(server);
        qint64 seen = 0;
        int replies = 0;
        const AnswerTarget target{ path(), [&seen](qint64 bytes) { seen = bytes; } };
        RequestHandle handle = api->statements()->save(u"7"_s, 3, target, this, [&replies](const Result<qint64>&) { ++replies; });
        QTRY_VERIFY_WITH_TIMEOUT(seen >= 1024 * 1024, 30'000);
        handle.cancel();
        QVERIFY(names().isEmpty());
        QVERIFY(!save(*api, { path() + u"/none/a"_s, {} })); // and the event loop had its turns
        QCOMPARE(replies, 0);
    }

private:
    std::unique_ptr<SparkApi> makeApi(const FaultServer& server, const TransportOptions& options = {})
    {
        return makeLivyApi(server.url("/"), std::make_unique<HttpTransport>(u"s"_s, nullptr, m_clock, nullptr, options));
    }
    static Result<qint64> save(SparkApi& api, const AnswerTarget& target)
    {
        QObject context;
        return awaited<qint64>([&](auto reply) { api.statements()->save(u"7"_s, 3, target, &context, reply); });
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"answer.json"_s); }
    [[nodiscard]] QStringList names() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray& bytes) const
    {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

KINDLING_TEST(TestAnswerFile)
#include "tst_answerfile.moc"
