// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httptransport.h"
#include "tests/net/bothlines.h"
#include "tests/net/exchange.h"
#include "tests/net/faultserver.h"
#include "tests/net/peakmemory.h"
#include "tests/support/testmain.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr qint64 mebibyte = 1024LL * 1024;
constexpr qint64 cap = 16 * mebibyte;
const QByteArray block(64 * 1024, 'x');

qint64 pendingOf(const QTcpSocket* socket)
{
    const auto* secure = qobject_cast<const QSslSocket*>(socket);
    return socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

/// Sends `head` and then blocks while they are taken: `bytes` in all, or without an end.
FaultServer::Handler blocks(const QByteArray& head, std::optional<qint64> bytes)
{
    return [head, bytes](QTcpSocket* socket, const FaultServer::Seen&) {
        socket->write(head); // whose being written begins it
        const auto feed = [socket, sent = qint64(0), bytes]() mutable {
            while (pendingOf(socket) < block.size() && (!bytes || sent < *bytes)) {
                const qint64 step = bytes ? std::min<qint64>(block.size(), *bytes - sent) : block.size();
                socket->write(block.first(step));
                sent += step;
            }
        };
        QObject::connect(socket, &QTcpSocket::bytesWritten, socket, feed);
        if (auto* secure = qobject_cast<QSslSocket*>(socket))
            QObject::connect(secure, &QSslSocket::encryptedBytesWritten, socket, feed);
    };
}

QByteArray headOf(qint64 length)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n";
}
}

/// Answers that are too large for memory: cut off in time, or handed on piece by piece.
class TestLargeAnswers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_hasTls = m_lines.make(); }
    void initTestCase_data() { BothLines::addTurns(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        QFETCH_GLOBAL(const bool, isSecure);
        if (isSecure && !m_hasTls)
            QSKIP("the openssl command is not installed");
    }

    void cutsOffWithLittleMemory_data()
    {
        QTest::addColumn<FaultServer::Handler>("handler");
        QTest::addColumn<bool>("isTooLarge");
        QTest::newRow("announced length") << blocks(headOf(20 * cap), {}) << true;
        QTest::newRow("endless") << blocks("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", {}) << true;
        const QByteArray bomb = packedZeros();
        QVERIFY2(bomb.size() < mebibyte, qPrintable(QString::number(bomb.size())));
        QTest::newRow("bomb") << FaultServer::Handler([bomb](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(200, bomb, "Content-Encoding: deflate\r\n"));
        }) << true;
        QTest::newRow("just not too large") << blocks(headOf(cap), cap) << false;
    }
    void cutsOffWithLittleMemory()
    {
        QFETCH(const FaultServer::Handler, handler);
        QFETCH(const bool, isTooLarge);
        if (const QString why = PeakMemory::whyNot(); !why.isEmpty())
            QSKIP(qPrintable(why));
        FaultServer server(handler, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        const PeakMemory peak;
        HttpRequest wanted = request("GET", server.url());
        wanted.maxBytes = cap;
        test::Exchange asked(transport, wanted);
        QVERIFY(asked.finish());
        const qint64 growth = peak.growth();
        QCOMPARE(asked.error().kind == ErrorKind::TooLarge, isTooLarge);
        QCOMPARE(asked.isError(), isTooLarge);
        QVERIFY2(growth * 2 <= cap * 7, qPrintable(u"%1 KiB of a cap of %2"_s.arg(growth / 1024).arg(cap / 1024)));
        if (!isTooLarge)
            QVERIFY2(growth >= cap / 2, qPrintable(u"what was kept was not measured: %1 KiB"_s.arg(growth / 1024)));
    }

    void handsOnWhatIsTooLargeForMemory()
    {
        if (const QString why = PeakMemory::whyNot(); !why.isEmpty())
            QSKIP(qPrintable(why));
        constexpr qint64 length = 10 * cap + 12'345;
        FaultServer server(blocks(headOf(length), length), tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        const PeakMemory peak;
        qint64 taken = 0;
        HttpRequest wanted = request("GET", server.url());
        wanted.maxBytes = mebibyte;
        wanted.sink = [&taken](QByteArrayView bytes) -> Result<void> {
            taken += bytes.size();
            return {};
        };
        test::Exchange asked(transport, wanted);
        QVERIFY(asked.finish());
        QVERIFY2(!asked.isError(), qPrintable(asked.error().title));
        QCOMPARE(taken, length);
        QVERIFY(asked.response().body.isEmpty());
        QVERIFY2(peak.growth() < cap, qPrintable(QString::number(peak.growth())));
    }

    void handsOnWhatWasPacked()
    {
        const QByteArray text = QByteArray("{\"n\":1},").repeated(500'000);
        FaultServer server([text](QTcpSocket* socket, const FaultServer::Seen&) {
            socket->write(FaultServer::answer(200, qCompress(text).sliced(4), "Content-Encoding: deflate\r\n"));
        }, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        QByteArray taken;
        HttpRequest wanted = request("GET", server.url());
        wanted.sink = [&taken](QByteArrayView bytes) -> Result<void> {
            taken += bytes;
            return {};
        };
        test::Exchange asked(transport, wanted);
        QVERIFY(asked.finish());
        QVERIFY(taken == text);
    }

    void aSinkThatIsFullEndsTheExchangeWithItsReason()
    {
        FaultServer server(blocks("HTTP/1.1 200 OK\r\n\r\n", {}), tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        int pieces = 0;
        HttpRequest wanted = request("GET", server.url());
        wanted.sink = [&pieces](QByteArrayView) -> Result<void> {
            return ++pieces < 3 ? Result<void>() : failure(ErrorKind::Io, u"full"_s);
        };
        test::Exchange asked(transport, wanted);
        QVERIFY(asked.finish());
        QCOMPARE(asked.error().title, u"full"_s);
        QCOMPARE(pieces, 3);
    }

    void aRefusalIsNoAnswerToHandOn()
    {
        FaultServer server([](QTcpSocket* socket, const FaultServer::Seen&) { socket->write(FaultServer::answer(404, "\"Statement not found\"")); }, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        bool wasAsked = false;
        HttpRequest wanted = request("GET", server.url());
        wanted.sink = [&wasAsked](QByteArrayView) -> Result<void> {
            wasAsked = true;
            return {};
        };
        test::Exchange asked(transport, wanted);
        QVERIFY(asked.finish());
        QCOMPARE(asked.response().status, 404);
        QCOMPARE(asked.response().body, "\"Statement not found\""_ba);
        QVERIFY(!wasAsked);
    }

    void whatWasHandedOnIsNotAskedForAgain()
    {
        QPointer<QTcpSocket> open;
        FaultServer server([&open](QTcpSocket* socket, const FaultServer::Seen&) {
            open = socket;
            socket->write(headOf(6) + "abc");
        }, tls());
        HttpTransport transport(u"s"_s, nullptr, m_clock, nullptr, m_lines.client());
        QByteArray taken;
        HttpRequest wanted = request("GET", server.url());
        wanted.patience = std::chrono::seconds(60);
        wanted.sink = [&taken](QByteArrayView bytes) -> Result<void> {
            taken += bytes;
            return {};
        };
        test::Exchange asked(transport, wanted);
        QTRY_COMPARE_WITH_TIMEOUT(taken, "abc"_ba, 30'000);
        transport.dropConnections();
        QVERIFY(open);
        open->write("def");
        QVERIFY(asked.finish());
        QVERIFY2(!asked.isError(), qPrintable(asked.error().title));
        QCOMPARE(taken, "abcdef"_ba);
        QCOMPARE(server.seen().size(), 1);
    }

private:
    [[nodiscard]] std::optional<QSslConfiguration> tls() const
    {
        QFETCH_GLOBAL(const bool, isSecure);
        return m_lines.server(isSecure);
    }
    static const QByteArray& packedZeros()
    {
        static const QByteArray packed = qCompress(QByteArray(10 * cap, '0')).sliced(4);
        return packed;
    }

    SystemClock m_clock;
    BothLines m_lines;
    bool m_hasTls = false;
};

KINDLING_TEST(TestLargeAnswers)
#include "tst_largeanswers.moc"
