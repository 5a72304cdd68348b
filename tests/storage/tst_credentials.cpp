// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/credentials.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestCredentials final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_store = makeMemoryStore();
    }

    void makesTheHeaderOfItsKind()
    {
        keep(u"p\u00e4ss:word"_s);
        StoredCredential none(profileOf(AuthKind::None), m_store.get());
        QVERIFY(ask(none)->headers.isEmpty());
        StoredCredential basic(profileOf(AuthKind::Basic), m_store.get());
        QCOMPARE(header(basic), "Basic " + u"ann:p\u00e4ss:word"_s.toUtf8().toBase64());
        StoredCredential bearer(profileOf(AuthKind::Bearer), m_store.get());
        QCOMPARE(header(bearer), "Bearer " + u"p\u00e4ss:word"_s.toUtf8());
    }

    void needsAPersonWithoutASecret()
    {
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        source.setSecret(u"typed"_s);
        QCOMPARE(header(source), "Bearer typed"_ba);
    }

    void readsTheStoreOnce()
    {
        keep(u"one"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QCOMPARE(header(source), "Bearer one"_ba);
        keep(u"two"_s);
        QCOMPARE(header(source), "Bearer one"_ba);
    }

    void doesNotGiveARefusedSecretAgain()
    {
        keep(u"old"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QVERIFY(ask(source));
        source.wasRefused();
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        keep(u"new"_s);
        QCOMPARE(header(source), "Bearer new"_ba);
    }

    void takesARefusedSecretFromAPerson()
    {
        keep(u"same"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QVERIFY(ask(source));
        source.wasRefused();
        source.setSecret(u"same"_s);
        QCOMPARE(header(source), "Bearer same"_ba);
    }

    void survivesItsOwnDeathDuringARead()
    {
        keep(u"x"_s);
        auto source = std::make_unique<StoredCredential>(profileOf(AuthKind::Bearer), m_store.get());
        bool isAnswered = false;
        source->credential(this, [&](const Result<Credential>& result) { isAnswered = result.has_value(); });
        QVERIFY(!isAnswered);
        source.reset();
        QVERIFY(QTest::qWaitFor([&] { return isAnswered; }));
    }

    void givesAFixedCredentialUntilItIsRefused()
    {
        FixedCredential source(Credential::bearer(u"t1"_s));
        QCOMPARE(header(source), "Bearer t1"_ba);
        source.wasRefused();
        QCOMPARE(ask(source).error().kind, ErrorKind::SignIn);
        source.setCredential(Credential::bearer(u"t2"_s));
        QCOMPARE(header(source), "Bearer t2"_ba);
    }

    void doesNotAnswerAfterCancel()
    {
        FixedCredential source(Credential::bearer(u"t"_s));
        int answers = 0;
        RequestHandle handle = source.credential(this, [&](const Result<Credential>&) { answers += 10; });
        source.credential(this, [&](const Result<Credential>&) { ++answers; });
        handle.cancel();
        QVERIFY(QTest::qWaitFor([&] { return answers > 0; }));
        QCOMPARE(answers, 1);
    }

private:
    static ServerProfile profileOf(AuthKind auth) { return { u"srv"_s, u"n"_s, ServerKind::Livy, QUrl(u"http://h"_s), auth, u"ann"_s }; }
    void keep(const QString& secret)
    {
        bool isDone = false;
        m_store->write(u"srv"_s, secret, this, [&](const Result<void>&) { isDone = true; });
        QVERIFY(QTest::qWaitFor([&] { return isDone; }));
    }
    Result<Credential> ask(CredentialSource& source)
    {
        std::optional<Result<Credential>> answer;
        source.credential(this, [&](const Result<Credential>& result) { answer = result; });
        (void)QTest::qWaitFor([&] { return answer.has_value(); });
        return answer.value_or(failure(ErrorKind::Timeout, u"no answer"_s));
    }
    QByteArray header(CredentialSource& source)
    {
        const Result<Credential> answer = ask(source);
        return answer && !answer->headers.isEmpty() ? answer->headers.first().second : QByteArray();
    }

    std::unique_ptr<SecretStore> m_store;
};

KINDLING_TEST(TestCredentials)
#include "tst_credentials.moc"
