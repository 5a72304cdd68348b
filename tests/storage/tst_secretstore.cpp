// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/keychainstore.h"
#include "app/storage/secretstore.h"
#include "tests/support/testmain.h"

#include <QHash>
#include <QRegularExpression>
#include <QTest>

// Qt's own QTRY macros narrow.

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
using Outcome = KeychainAnswer::Outcome;

// What the desktop's keychain is to the store; answers when told to.
struct Desk {
    QHash<QString, QString> secrets;
    Outcome outcome = Outcome::Ok;
    QStringList requests;
    QList<std::function<void()>> waiting;

    void answerAll()
    {
        while (!waiting.isEmpty())
            waiting.takeFirst()();
    }
};

class FakeKeychain final : public Keychain {
public:
    explicit FakeKeychain(std::shared_ptr<Desk> desk)
        : m_desk(std::move(desk))
    {
    }
    void read(const QString& key, Callback callback) override
    {
        later(u"read "_s + key, [desk = m_desk, key, callback] {
            const bool isThere = desk->secrets.contains(key);
            callback({ desk->outcome != Outcome::Ok ? desk->outcome : isThere ? Outcome::Ok : Outcome::NotFound, desk->secrets.value(key), u"said"_s });
        });
    }
    void write(const QString& key, const QString& secret, Callback callback) override
    {
        later(u"write "_s + key, [desk = m_desk, key, secret, callback] {
            if (desk->outcome == Outcome::Ok)
                desk->secrets.insert(key, secret);
            callback({ desk->outcome, {}, u"said"_s });
        });
    }
    void remove(const QString& key, Callback callback) override
    {
        later(u"remove "_s + key, [desk = m_desk, key, callback] {
            const bool wasThere = desk->secrets.remove(key);
            callback({ wasThere ? desk->outcome : Outcome::NotFound, {}, {} });
        });
    }

private:
    void later(const QString& request, std::function<void()> answer)
    {
        m_desk->requests.append(request);
        m_desk->waiting.append(std::move(answer));
    }
    std::shared_ptr<Desk> m_desk;
};
}

class TestSecretStore final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_desk = std::make_shared<Desk>();
        m_store = makeKeychainStore(std::make_unique<FakeKeychain>(m_desk));
    }

    void keepsSecretsInMemory()
    {
        const auto store = makeMemoryStore();
        QVERIFY(!store->isPersistent());
        QCOMPARE(read(*store, u"a"_s).error().kind, ErrorKind::NotFound);
        QVERIFY(write(*store, u"a"_s, u"s1"_s));
        QVERIFY(write(*store, u"a"_s, u"s2"_s));
        QCOMPARE(read(*store, u"a"_s).value(), u"s2"_s);
        QVERIFY(remove(*store, u"a"_s));
        QVERIFY(!read(*store, u"a"_s));
    }

    void asksTheKeychainOnlyWhenNeededAndProbesOnce()
    {
        QVERIFY(m_desk->requests.isEmpty());
        QVERIFY(!m_store->isPersistent());
        m_desk->secrets.insert(u"a"_s, u"kept"_s);
        QCOMPARE(read(*m_store, u"a"_s).value(), u"kept"_s);
        QVERIFY(m_store->isPersistent());
        QCOMPARE(read(*m_store, u"b"_s).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_desk->requests, QStringList({ u"read probe"_s, u"read a"_s, u"read b"_s }));
    }

    void writesToAndRemovesFromTheKeychain()
    {
        QVERIFY(write(*m_store, u"a"_s, u"s"_s));
        QCOMPARE(m_desk->secrets.value(u"a"_s), u"s"_s);
        QCOMPARE(read(*m_store, u"a"_s).value(), u"s"_s);
        QVERIFY(remove(*m_store, u"a"_s));
        QVERIFY(m_desk->secrets.isEmpty());
        QVERIFY2(remove(*m_store, u"a"_s), "gone is gone");
    }

    void fallsBackToMemoryWithoutAKeychain_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("absent") << Outcome::Absent;
        QTest::newRow("refused") << Outcome::Refused;
    }
    void fallsBackToMemoryWithoutAKeychain()
    {
        QFETCH(Outcome, outcome);
        m_desk->outcome = outcome;
        QVERIFY(write(*m_store, u"a"_s, u"s"_s));
        QVERIFY(!m_store->isPersistent());
        QCOMPARE(read(*m_store, u"a"_s).value(), u"s"_s);
        QVERIFY(remove(*m_store, u"a"_s));
        QVERIFY(!read(*m_store, u"a"_s));
        QCOMPARE(m_desk->requests, QStringList{ u"read probe"_s });
    }

    void keepsARefusedSecretForThisStart()
    {
        QVERIFY(!read(*m_store, u"a"_s));
        m_desk->outcome = Outcome::Refused;
        const Result<void> refused = write(*m_store, u"a"_s, u"s"_s);
        QCOMPARE(refused.error().kind, ErrorKind::Io);
        QCOMPARE(refused.error().detail, u"said"_s);
        QCOMPARE(read(*m_store, u"a"_s).value(), u"s"_s);
        QCOMPARE(read(*m_store, u"b"_s).error().kind, ErrorKind::Io);
    }

    void neverAnswersBeforeTheCallReturned()
    {
        bool isAnswered = false;
        const auto memory = makeMemoryStore();
        memory->read(u"a"_s, this, [&](const Result<QString>&) { isAnswered = true; });
        QVERIFY(!isAnswered);
        QTRY_VERIFY(isAnswered);
    }

    void doesNotAnswerAfterCancelOrTheContextsDeath()
    {
        int answers = 0;
        auto context = std::make_unique<QObject>();
        RequestHandle cancelled = m_store->read(u"a"_s, this, [&](const Result<QString>&) { ++answers; });
        m_store->read(u"b"_s, context.get(), [&](const Result<QString>&) { ++answers; });
        m_store->read(u"c"_s, this, [&](const Result<QString>&) { answers += 10; });
        cancelled.cancel();
        context.reset();
        m_desk->answerAll();
        QTRY_COMPARE(answers, 10);
    }

    void survivesTheStoresDeathWhileTheKeychainThinks()
    {
        Result<QString> answer = failure(ErrorKind::Cancelled, {});
        m_store->read(u"a"_s, this, [&](const Result<QString>& result) { answer = result; });
        m_store.reset();
        m_desk->answerAll();
        QTRY_COMPARE(answer.error().kind, ErrorKind::NotFound);
    }

    void findsNoKeychainOnABareMachine()
    {
        if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
            QSKIP("a keychain may answer here");
        const auto store = makeKeychainStore();
        QVERIFY(write(*store, u"test-bare"_s, u"s"_s));
        QCOMPARE(read(*store, u"test-bare"_s).value(), u"s"_s);
    }

private:
    Result<QString> read(SecretStore& store, const QString& server)
    {
        std::optional<Result<QString>> answer;
        store.read(server, this, [&](const Result<QString>& result) { answer = result; });
        (void)QTest::qWaitFor([&] { m_desk->answerAll(); return answer.has_value(); });
        return answer.value_or(failure(ErrorKind::Timeout, u"no answer"_s));
    }
    Result<void> finish(const std::function<void(SecretStore::WriteCallback)>& start)
    {
        std::optional<Result<void>> answer;
        start([&](const Result<void>& result) { answer = result; });
        (void)QTest::qWaitFor([&] { m_desk->answerAll(); return answer.has_value(); });
        return answer.value_or(failure(ErrorKind::Timeout, u"no answer"_s));
    }
    Result<void> write(SecretStore& store, const QString& server, const QString& secret)
    {
        return finish([&](SecretStore::WriteCallback callback) { store.write(server, secret, this, std::move(callback)); });
    }
    Result<void> remove(SecretStore& store, const QString& server)
    {
        return finish([&](SecretStore::WriteCallback callback) { store.remove(server, this, std::move(callback)); });
    }

    std::shared_ptr<Desk> m_desk;
    std::unique_ptr<SecretStore> m_store;
};

KINDLING_TEST(TestSecretStore)
#include "tst_secretstore.moc"
