// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/serversecrets.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
/// A store whose writes of one entry fail, or all reads.
class FailingStore final : public SecretStore {
public:
    explicit FailingStore(ServerId failing)
        : m_failing(std::move(failing))
    {
    }
    explicit FailingStore(std::unique_ptr<SecretStore> unreadable)
        : m_isReadable(false)
        , m_kept(std::move(unreadable))
    {
    }
    [[nodiscard]] std::unique_ptr<SecretStore> takeKept() { return std::move(m_kept); }
    RequestHandle read(const ServerId& server, QObject* context, ReadCallback callback) override
    {
        if (m_isReadable)
            return m_kept->read(server, context, std::move(callback));
        QMetaObject::invokeMethod(context, [callback] { callback(failure(ErrorKind::Io, u"locked"_s)); }, Qt::QueuedConnection);
        return {};
    }
    RequestHandle write(const ServerId& server, const QString& secret, QObject* context, WriteCallback callback) override
    {
        if (server != m_failing)
            return m_kept->write(server, secret, context, std::move(callback));
        QMetaObject::invokeMethod(context, [callback] { callback(failure(ErrorKind::Io, u"locked"_s)); }, Qt::QueuedConnection);
        return {};
    }
    RequestHandle remove(const ServerId& server, QObject* context, WriteCallback callback) override { return m_kept->remove(server, context, std::move(callback)); }
    [[nodiscard]] bool isPersistent() const override { return true; }

private:
    ServerId m_failing;
    bool m_isReadable = true;
    std::unique_ptr<SecretStore> m_kept = makeMemoryStore();
};
}

class TestServerSecrets final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_store = makeMemoryStore();
    }

    void keepsWhatWasTyped()
    {
        QVERIFY(store(profileWith({ u"X-Key"_s, u"X-Team"_s }), {}, { u"pw"_s, { { "X-Key", "k: 1" }, { "X-Team", "\xC3\xA4" } } }));
        QCOMPARE(read(u"srv"_s), u"pw"_s);
        QCOMPARE(headersFromEntry(read(headersEntry(u"srv"_s))), (QList<HeaderLine>{ { "X-Key", "k: 1" }, { "X-Team", "\xC3\xA4" } }));
    }

    void headersWithoutANewValueKeepTheirs()
    {
        QVERIFY(store(profileWith({ u"A"_s, u"B"_s, u"C"_s }), {}, { {}, { { "A", "1" }, { "B", "2" }, { "C", "3" } } }));
        QVERIFY(store(profileWith({ u"c"_s, u"A"_s, u"D"_s }), { u"A"_s, u"B"_s, u"C"_s }, { {}, { { "A", "9" }, { "D", "4" } } }));
        QCOMPARE(headersFromEntry(read(headersEntry(u"srv"_s))), (QList<HeaderLine>{ { "C", "3" }, { "A", "9" }, { "D", "4" } }));
        QCOMPARE(read(u"srv"_s), QString());
    }

    void headersThatAreGoneLeaveNothing()
    {
        QVERIFY(store(profileWith({ u"A"_s }), {}, { {}, { { "A", "1" } } }));
        QVERIFY(store(profileWith({}), { u"A"_s }, {}));
        QCOMPARE(read(headersEntry(u"srv"_s)), QString());
    }

    void removesAll()
    {
        QVERIFY(store(profileWith({ u"A"_s }), {}, { u"pw"_s, { { "A", "1" } } }));
        std::optional<Result<void>> removed;
        removeSecrets(*m_store, u"srv"_s, this, [&removed](const Result<void>& answer) { removed = answer; });
        QVERIFY(QTest::qWaitFor([&removed] { return removed.has_value(); }, 30'000));
        QVERIFY(removed->has_value());
        QCOMPARE(read(u"srv"_s) + read(headersEntry(u"srv"_s)), QString());
    }

    void aFailureIsToldAndTheRestIsStored_data()
    {
        QTest::addColumn<QString>("failing");
        QTest::newRow("password") << u"srv"_s;
        QTest::newRow("headers") << headersEntry(u"srv"_s);
    }
    void aFailureIsToldAndTheRestIsStored()
    {
        QFETCH(QString, failing);
        m_store = std::make_unique<FailingStore>(failing);
        const Result<void> answer = store(profileWith({ u"A"_s }), {}, { u"pw"_s, { { "A", "1" } } });
        QCOMPARE(answer.error().title, u"locked"_s);
        QCOMPARE(read(u"srv"_s), failing == "srv"_L1 ? QString() : u"pw"_s);
        QCOMPARE(read(headersEntry(u"srv"_s)), failing == "srv"_L1 ? u"A: 1"_s : QString());
    }

    void headersThatCannotBeReadAreNotWrittenOver()
    {
        QVERIFY(store(profileWith({ u"A"_s }), {}, { {}, { { "A", "1" } } }));
        m_store = std::make_unique<FailingStore>(std::move(m_store));
        const Result<void> answer = store(profileWith({ u"A"_s, u"B"_s }), { u"A"_s }, { u"pw"_s, { { "B", "2" } } });
        QCOMPARE(answer.error().title, u"locked"_s);
        m_store = static_cast<FailingStore*>(m_store.get())->takeKept();
        QCOMPARE(read(headersEntry(u"srv"_s)), u"A: 1"_s);
        QCOMPARE(read(u"srv"_s), u"pw"_s);
    }

    void noServerCanHaveTheIdOfAnEntryOfHeaders()
    {
        static const QRegularExpression idPattern(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s); // as the settings take it
        QVERIFY(!idPattern.match(headersEntry(u"srv"_s)).hasMatch());
    }

    void takesNothingFromADamagedEntry()
    {
        QVERIFY(headersFromEntry(QString()).isEmpty());
        const QString text = u"no header\nHost: evil\nA: \n: v\nX-Key: a\r\nB\x01: c\nX-Good: 1\nX-Bad: \x7f"_s;
        QCOMPARE(headersFromEntry(text), (QList<HeaderLine>{ { "X-Key", "a" }, { "X-Good", "1" } }));
        QVERIFY(headersFromEntry(QString(1'000'000, u'\n')).isEmpty());
    }

private:
    static ServerProfile profileWith(const QStringList& names)
    {
        ServerProfile profile;
        profile.id = u"srv"_s;
        profile.headerNames = names;
        return profile;
    }
    Result<void> store(const ServerProfile& profile, const QStringList& before, const TypedSecrets& typed)
    {
        std::optional<Result<void>> stored;
        storeSecrets(*m_store, { profile, before, typed }, this, [&stored](const Result<void>& answer) { stored = answer; });
        if (stored || !QTest::qWaitFor([&stored] { return stored.has_value(); }, 30'000))
            return failure(ErrorKind::Timeout, u"at once, or never"_s);
        return *stored;
    }
    QString read(const ServerId& entry)
    {
        std::optional<Result<QString>> answer;
        m_store->read(entry, this, [&answer](const Result<QString>& said) { answer = said; });
        (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000);
        return answer ? answer->value_or(QString()) : u"no answer"_s;
    }

    std::unique_ptr<SecretStore> m_store;
};

KINDLING_TEST(TestServerSecrets)
#include "tst_serversecrets.moc"
