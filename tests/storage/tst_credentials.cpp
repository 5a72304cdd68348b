// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/credentials.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
/// Holds the same secret for everybody.
class CountingStore final : public SecretStore {
public:
    RequestHandle read(const ServerId&, QObject* context, ReadCallback callback) override
    {
        ++reads;
        QMetaObject::invokeMethod(context, [callback] { callback(u"one"_s); }, Qt::QueuedConnection);
        return {};
    }
    RequestHandle write(const ServerId&, const QString&, QObject*, WriteCallback) override { return {}; }
    RequestHandle remove(const ServerId&, QObject*, WriteCallback) override { return {}; }
    [[nodiscard]] bool isPersistent() const override { return true; }

    int reads = 0;
};
}

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
        source.use({ u"typed"_s, {} });
        QCOMPARE(header(source), "Bearer typed"_ba);
    }

    void readsTheStoreOnce()
    {
        CountingStore store;
        StoredCredential source(profileOf(AuthKind::Bearer), &store);
        QCOMPARE(header(source), "Bearer one"_ba);
        QCOMPARE(header(source), "Bearer one"_ba);
        QCOMPARE(store.reads, 1);
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

    void takesAnotherSecretAtOnceAndTheSameOnceMore()
    {
        keep(u"old"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QCOMPARE(header(source), "Bearer old"_ba);
        keep(u"new"_s);
        QCOMPARE(header(source), "Bearer new"_ba);
        source.wasRefused();
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        keep(u"new"_s); // typed again: the server may take it by now
        QCOMPARE(header(source), "Bearer new"_ba);
        source.wasRefused();
        keepHeaders(u"X-Of: nobody"_s); // and still the same password
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        ServerProfile other = profileOf(AuthKind::Bearer);
        other.id = u"other"_s;
        m_store->write(other.id, u"x"_s, this, [](const Result<void>&) {});
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded); // another server's secret says nothing
    }

    void takesARefusedSecretFromAPerson()
    {
        keep(u"same"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        QVERIFY(ask(source));
        source.wasRefused();
        source.use({ u"same"_s, {} });
        QCOMPARE(header(source), "Bearer same"_ba);
    }

    void sendsTheHeadersBesideTheSignIn()
    {
        keep(u"pw"_s);
        keepHeaders(u"X-Other: 0\nx-key: k3y\nX-Team: t"_s);
        StoredCredential both(withHeaders(AuthKind::Basic), m_store.get());
        QCOMPARE(ask(both)->headers, (QList<HeaderLine>{ Credential::basic(u"ann"_s, u"pw"_s).headers.first(), { "x-key", "k3y" }, { "X-Team", "t" } }));
        StoredCredential headersAlone(withHeaders(AuthKind::None), m_store.get());
        QCOMPARE(ask(headersAlone)->headers, (QList<HeaderLine>{ { "x-key", "k3y" }, { "X-Team", "t" } }));
    }

    void needsAPersonWhereAHeaderHasNoValue()
    {
        keepHeaders(u"X-Team: t"_s);
        StoredCredential source(withHeaders(AuthKind::None), m_store.get());
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        QVERIFY(ask(source).error().title.contains("X-Key"_L1));
        keepHeaders(u"X-Team: t\nX-Key: k"_s);
        QVERIFY(ask(source).has_value());
    }

    void typedHeadersCountBeforeStoredOnes()
    {
        keepHeaders(u"X-Team: t\nX-Key: old"_s);
        StoredCredential source(withHeaders(AuthKind::None), m_store.get());
        source.use({ {}, { { "X-Key", "new" } } });
        QCOMPARE(ask(source)->headers, (QList<HeaderLine>{ { "X-Key", "new" }, { "X-Team", "t" } }));
        source.use({ {}, { { "X-Key", "newer" }, { "X-Team", "u" } } });
        QCOMPARE(ask(source)->headers, (QList<HeaderLine>{ { "X-Key", "newer" }, { "X-Team", "u" } }));
    }

    void refusedHeadersAreNotGivenAgain()
    {
        keepHeaders(u"X-Team: t\nX-Key: k"_s);
        StoredCredential source(withHeaders(AuthKind::None), m_store.get());
        QVERIFY(ask(source));
        source.wasRefused();
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        keepHeaders(u"X-Team: t\nX-Key: k2"_s);
        QVERIFY(ask(source));
    }

    void withoutAnySecretNothingIsEverRefused()
    {
        StoredCredential source(profileOf(AuthKind::None), m_store.get());
        QVERIFY(ask(source));
        source.wasRefused();
        QVERIFY(ask(source));
    }

    void whatWasTypedAndRefusedDoesNotGiveWayToWhatIsStored()
    {
        keep(u"stored"_s);
        StoredCredential source(profileOf(AuthKind::Bearer), m_store.get());
        source.use({ u"typed"_s, {} });
        QCOMPARE(header(source), "Bearer typed"_ba);
        source.wasRefused();
        QCOMPARE(ask(source).error().kind, ErrorKind::PersonNeeded);
        QCOMPARE(ask(source).error().title, u"The server refused the password or token."_s);
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
    static ServerProfile withHeaders(AuthKind auth)
    {
        ServerProfile profile = profileOf(auth);
        profile.headerNames = { u"X-Key"_s, u"X-Team"_s };
        return profile;
    }
    void keep(const QString& secret) { keepEntry(u"srv"_s, secret); }
    void keepHeaders(const QString& text) { keepEntry(headersEntry(u"srv"_s), text); }
    void keepEntry(const ServerId& entry, const QString& secret)
    {
        bool isDone = false;
        m_store->write(entry, secret, this, [&](const Result<void>&) { isDone = true; });
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
