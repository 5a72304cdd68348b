// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/console.h"
#include "app/command/runoptions.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace kindling;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestArguments final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        for (const QString& name : { u"a.ipynb"_s, u"token"_s, u"two-lines"_s, u"empty"_s, u"junk.pem"_s }) {
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(name == "token"_L1 ? " t0ken-s3cret \n" : name == "two-lines"_L1 ? "s3cret\nmore\n" : "");
        }
        m_environment.insert(u"PW"_s, u"pä s3cret"_s);
        m_environment.insert(u"TOKEN"_s, u"t0ken-s3cret\n"_s);
        m_environment.insert(u"EMPTY"_s, QString());
        m_environment.insert(u"LINES"_s, u"s3cret\r\nX-Evil: 1"_s);
        m_environment.insert(u"HEADER"_s, u"X-Key: s3cret"_s);
        m_environment.insert(u"AUTH"_s, u"Authorization: s3cret"_s);
        m_environment.insert(u"HOST"_s, u"Host: s3cret"_s);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void refusesWrongUsage_data()
    {
        QTest::addColumn<QString>("line"); // NB = a notebook that is there
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << QString() << u"On which server"_s;
        QTest::newRow("no server") << u"NB"_s << u"On which server"_s;
        QTest::newRow("no notebook") << u"--server http://h"_s << u"Which notebook"_s;
        QTest::newRow("two notebooks") << u"NB NB --server http://h"_s << u"Only one notebook"_s;
        QTest::newRow("missing notebook") << u"none.ipynb --server http://h"_s << u"none.ipynb cannot be read"_s;
        QTest::newRow("a folder") << u"/ --server http://h"_s << u"cannot be read"_s;
        QTest::newRow("unknown option") << u"NB --server http://h --frobnicate"_s << u"--frobnicate is not known"_s;
        QTest::newRow("unknown short option") << u"NB --server http://h -x"_s << u"-x is not known"_s;
        QTest::newRow("a password on the line") << u"NB --server http://h --password=s3cret"_s << u"--password is not known"_s;
        QTest::newRow("missing value at the end") << u"NB --server"_s << u"--server needs a value"_s;
        QTest::newRow("missing value before an option") << u"NB --server --keep-session"_s << u"--server needs a value"_s;
        QTest::newRow("empty value") << u"NB --server="_s << u"--server needs a value"_s;
        QTest::newRow("value for a switch") << u"NB --server http://h --keep-session=yes"_s << u"--keep-session takes no value"_s;
        QTest::newRow("doubled") << u"NB --server http://h --server http://i"_s << u"--server may be given only once"_s;
        QTest::newRow("doubled switch") << u"NB --server http://h --keep-session --keep-session"_s << u"only once"_s;
        QTest::newRow("kind") << u"NB --server http://h --kind cobol"_s << u"--kind takes"_s;
        QTest::newRow("kind shared") << u"NB --server http://h --kind shared"_s << u"--kind takes"_s;
        QTest::newRow("conf without =") << u"NB --server http://h --conf a"_s << u"KEY=VALUE"_s;
        QTest::newRow("conf without key") << u"NB --server http://h --conf =a"_s << u"KEY=VALUE"_s;
        QTest::newRow("conf twice") << u"NB --server http://h --conf a=1 --conf a=2"_s << u"a is given twice"_s;
        QTest::newRow("timeout") << u"NB --server http://h --timeout soon"_s << u"--timeout takes a time"_s;
        QTest::newRow("timeout zero") << u"NB --server http://h --timeout 0"_s << u"--timeout takes a time"_s;
        QTest::newRow("output is the input") << u"NB --server http://h --output NB"_s << u"overwrite the notebook itself"_s;
        QTest::newRow("output by a detour") << u"NB --server http://h --output DIR/../DIRNAME/a.ipynb"_s << u"overwrite the notebook itself"_s;
        QTest::newRow("output by a link") << u"NB --server http://h --output DIR/link.ipynb"_s << u"overwrite the notebook itself"_s;
        QTest::newRow("output is a folder") << u"NB --server http://h --output DIR"_s << u"cannot be written"_s;
        QTest::newRow("output in no folder") << u"NB --server http://h --output DIR/none/o.ipynb"_s << u"cannot be written"_s;
        QTest::newRow("local kept") << u"NB --server local --keep-session"_s << u"cannot be kept"_s;
        QTest::newRow("local with a sign-in") << u"NB --server local --token-env TOKEN"_s << u"signs in by itself"_s;
        QTest::newRow("user alone") << u"NB --server http://h --user ann"_s << u"--user and --password-env belong together"_s;
        QTest::newRow("password alone") << u"NB --server http://h --password-env PW"_s << u"belong together"_s;
        QTest::newRow("two sign-ins") << u"NB --server http://h --user a --password-env PW --token-env TOKEN"_s << u"exclude each other"_s;
        QTest::newRow("two tokens") << u"NB --server http://h --token-env TOKEN --token-file DIR/token"_s << u"--token-env and --token-file exclude"_s;
        QTest::newRow("colon in the user") << u"NB --server http://h --user a:b --password-env PW"_s << u"colon"_s;
        QTest::newRow("unset variable") << u"NB --server http://h --token-env NOPE"_s << u"NOPE is not set"_s;
        QTest::newRow("empty variable") << u"NB --server http://h --token-env EMPTY"_s << u"EMPTY is not set"_s;
        QTest::newRow("token of two lines") << u"NB --server http://h --token-env LINES"_s << u"not one line"_s;
        QTest::newRow("token file missing") << u"NB --server http://h --token-file DIR/nope"_s << u"nope cannot be read"_s;
        QTest::newRow("token file of two lines") << u"NB --server http://h --token-file DIR/two-lines"_s << u"one line with a token"_s;
        QTest::newRow("token file empty") << u"NB --server http://h --token-file DIR/empty"_s << u"one line with a token"_s;
        QTest::newRow("no certificate") << u"NB --server https://h --cacert DIR/junk.pem"_s << u"holds no certificate"_s;
        QTest::newRow("pin") << u"NB --server https://h --pin abc"_s << u"64 hexadecimal digits"_s;
        QTest::newRow("client certificate missing") << u"NB --server https://h --client-cert DIR/nope.pem"_s << u"nope.pem cannot be read"_s;
        QTest::newRow("client certificate is none") << u"NB --server https://h --client-cert DIR/junk.pem"_s << u"holds no certificate"_s;
        QTest::newRow("client key alone") << u"NB --server https://h --client-key DIR/junk.pem"_s << u"--client-key needs --client-cert"_s;
        QTest::newRow("largest answer") << u"NB --server https://h --max-answer much"_s << u"1 to 2048"_s;
        QTest::newRow("largest answer too small") << u"NB --server https://h --max-answer 0"_s << u"1 to 2048"_s;
        QTest::newRow("largest answer too large") << u"NB --server https://h --max-answer 2049"_s << u"1 to 2048"_s;
        QTest::newRow("pin and plain http") << u"NB --server http://h --pin "_s + QString(64, u'a') << u"need an address with https"_s;
        QTest::newRow("header unset") << u"NB --server http://h --header-env NOPE"_s << u"NOPE is not set"_s;
        QTest::newRow("header of two lines") << u"NB --server http://h --header-env LINES"_s << u"LINES: A header is written"_s;
        QTest::newRow("header Host") << u"NB --server http://h --header-env HOST"_s << u"set by the connection itself"_s;
        QTest::newRow("two authorizations") << u"NB --server http://h --header-env AUTH --token-env TOKEN"_s << u"exclude each other"_s;
    }
    void refusesWrongUsage()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        QFile::link(path(u"a.ipynb"_s), path(u"link.ipynb"_s));
        const auto options = readRunOptions(wordsOf(line), m_environment);
        QVERIFY(!options);
        QVERIFY2(options.error().contains(words), qPrintable(options.error()));
        QVERIFY2(!options.error().contains(u"s3cret"_s), qPrintable(options.error()));
    }

    void readsARun()
    {
        const auto options = readRunOptions(wordsOf(u"--kind=scala NB --server https://h:8/x --name n --conf a=b=c --conf d= --timeout 15m"
                                                    " --keep-session --output DIR/o.ipynb --user ann --password-env PW --header-env HEADER --pin "_s
                                                + QString(64, u'a')), m_environment);
        QVERIFY2(options.has_value(), options ? "" : qPrintable(options.error()));
        QCOMPARE(options->notebook, path(u"a.ipynb"_s));
        QCOMPARE(options->output, path(u"o.ipynb"_s));
        QCOMPARE(options->kind, Kind::Spark);
        QCOMPARE(options->sessionName, u"n"_s);
        QCOMPARE(options->conf, (QMap<QString, QString>{ { u"a"_s, u"b=c"_s }, { u"d"_s, QString() } }));
        QCOMPARE(options->timeout, 900s);
        QVERIFY(options->keepsSession);
        QCOMPARE(options->target.signIn->auth, AuthKind::Basic);
        QCOMPARE(options->target.signIn->user, u"ann"_s);
        QCOMPARE(options->target.signIn->secret, u"pä s3cret"_s);
        QCOMPARE(options->target.transport.headers, (QList<HeaderLine>{ { "X-Key", "s3cret" } }));
        QCOMPARE(options->target.transport.fingerprint, QByteArray(32, '\xAA'));
        QCOMPARE(secretsOf(options->target), (QStringList{ u"pä s3cret"_s, u"Basic YW5uOnDDpCBzM2NyZXQ="_s, u"s3cret"_s }));
    }

    void readsForWhomToAsk()
    {
        const auto options = readRunOptions(wordsOf(u"NB --server http://h --do-as bob"_s), m_environment);
        QVERIFY(options.has_value());
        QCOMPARE(options->target.doAs, u"bob"_s);
        QVERIFY(readRunOptions(wordsOf(u"NB --server http://h"_s), m_environment)->target.doAs.isEmpty());
    }

    void namesTheOutputAfterTheNotebook()
    {
        const auto options = readRunOptions(wordsOf(u"--server local -- NB"_s), m_environment);
        QVERIFY(options.has_value());
        QCOMPARE(options->output, path(u"a.out.ipynb"_s));
        QVERIFY(!options->kind && !options->target.signIn && options->timeout == 0s);
    }

    void readsTokens()
    {
        for (const QString& how : { u"--token-env TOKEN"_s, u"--token-file DIR/token"_s }) {
            const auto options = readRunOptions(wordsOf(u"NB --server http://h "_s + how), m_environment);
            QVERIFY(options.has_value());
            QCOMPARE(options->target.signIn->auth, AuthKind::Bearer);
            QCOMPARE(options->target.signIn->secret, u"t0ken-s3cret"_s);
        }
    }

    void readsATokenFileAgain()
    {
        const auto write = [this](const QByteArray& text) {
            QFile file(path(u"renewed"_s));
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        QVERIFY(write("first\n"));
        const auto options = readRunOptions(wordsOf(u"NB --server http://h --token-file DIR/renewed"_s), m_environment);
        QVERIFY(options.has_value());
        const SignIn signIn = *options->target.signIn;
        QCOMPARE(currentSecret(signIn), u"first"_s);
        QVERIFY(write("second\n"));
        QCOMPARE(currentSecret(signIn), u"second"_s);
        // what is no token any more leaves the old one
        QVERIFY(write("two\nlines\n"));
        QCOMPARE(currentSecret(signIn), u"first"_s);
        QVERIFY(QFile::remove(path(u"renewed"_s)));
        QCOMPARE(currentSecret(signIn), u"first"_s);
        const auto typed = readRunOptions(wordsOf(u"NB --server http://h --token-env TOKEN"_s), m_environment);
        QCOMPARE(currentSecret(*typed->target.signIn), u"t0ken-s3cret"_s);
    }

    void readsTimes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seconds"); // 0 = refused
        QTest::newRow("bare") << u"90"_s << 90LL;
        QTest::newRow("s") << u"90s"_s << 90LL;
        QTest::newRow("m") << u"15m"_s << 900LL;
        QTest::newRow("h") << u"2h"_s << 7200LL;
        QTest::newRow("d") << u"1d"_s << 86'400LL;
        QTest::newRow("too long") << u"21d"_s << 0LL;
        QTest::newRow("huge") << u"99999999999"_s << 0LL;
        QTest::newRow("negative") << u"-5"_s << 0LL;
        QTest::newRow("fraction") << u"1.5h"_s << 0LL;
        QTest::newRow("unit") << u"5w"_s << 0LL;
        QTest::newRow("empty") << QString() << 0LL;
    }
    void readsTimes()
    {
        QFETCH(QString, text);
        QFETCH(qint64, seconds);
        QCOMPARE(durationFromText(text).value_or(0s), std::chrono::seconds(seconds));
    }

    void findsTheServer()
    {
        ServerProfile stored;
        stored.id = u"1"_s;
        stored.name = u"prod"_s;
        stored.url = QUrl(u"https://prod.example/livy"_s);
        stored.auth = AuthKind::Basic;
        stored.user = u"ann"_s;
        const auto found = [&stored](const QString& typed, std::optional<SignIn> signIn = {}) {
            Target target;
            target.server = typed;
            target.signIn = std::move(signIn);
            return resolveServer(target, { stored }).transform([](const NamedServer& server) { return server.profile; });
        };
        QCOMPARE(found(u"prod"_s)->url, stored.url);
        QCOMPARE(found(u"prod"_s)->auth, AuthKind::Basic);
        QCOMPARE(found(u"prod"_s)->id, stored.id);
        QCOMPARE(found(u"prod"_s, SignIn{ AuthKind::Bearer, {}, u"t"_s })->auth, AuthKind::Bearer);
        QCOMPARE(found(u"local"_s)->kind, ServerKind::LocalSpark);
        QCOMPARE(found(u"http://h:8998/x/"_s)->url, QUrl(u"http://h:8998/x"_s));
        QCOMPARE(found(u"http://h"_s)->auth, AuthKind::None);
        QVERIFY(found(u"Prod"_s).error().contains(u"Stored are: prod."_s));
        QVERIFY(found(u"http://ann:s3cret@h"_s).error().contains(u"--password-env"_s));
        for (const QString& bad : { u"http://ann:s3cret@h"_s, u"ftp://ann:s3cret@h"_s, u"http://"_s })
            QVERIFY2(!found(bad) && !found(bad).error().contains(u"s3cret"_s), qPrintable(bad));
        QVERIFY(resolveServer(Target{ u"prod"_s, {}, {} }, {}).error().contains(u"http://"_s));
    }

    void whatIsDoneIsRecordedOfTheServerThatAWindowKnows_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("recordedAs");
        QTest::addColumn<QString>("besideOthers");
        QTest::newRow("its name") << u"prod"_s << u"1"_s << u"1"_s;
        QTest::newRow("its address") << u"https://PROD.example:443/livy/"_s << u"1"_s << u"1"_s;
        QTest::newRow("another path there") << u"https://prod.example/other"_s << u"https://prod.example/other"_s << u"https://prod.example/other"_s;
        QTest::newRow("another server") << u"http://h:8998/x/"_s << u"http://h:8998/x"_s << u"http://h:8998/x"_s;
        QTest::newRow("a Local Spark of its own") << u"local"_s << u"local"_s << u"local-77"_s;
    }
    void whatIsDoneIsRecordedOfTheServerThatAWindowKnows()
    {
        QFETCH(QString, typed);
        ServerProfile stored;
        stored.id = u"1"_s;
        stored.name = u"prod"_s;
        stored.url = QUrl(u"https://prod.example/livy"_s);
        Target target;
        target.server = typed;
        const auto named = resolveServer(target, { stored });
        QTEST(named->recordedAs, "recordedAs");
        QTEST(recordedBesideOthers(*named, 77), "besideOthers");
    }

    void whatIsTypedCountsBeforeWhatIsStored()
    {
        ServerProfile stored;
        stored.id = u"1"_s;
        stored.name = u"prod"_s;
        stored.url = QUrl(u"https://prod.example/livy"_s);
        stored.auth = AuthKind::Bearer;
        stored.doAs = u"etl"_s;
        stored.fingerprint = QByteArray(32, '\x5A');
        stored.usesSystemProxy = false;
        stored.headerNames = { u"X-Key"_s, u"X-Team"_s };
        stored.largestAnswerMiB = 100;
        Target target;
        target.server = u"prod"_s;
        const auto asStored = resolveServer(target, { stored });
        QCOMPARE(asStored->profile.doAs, u"etl"_s);
        QCOMPARE(asStored->profile.headerNames, stored.headerNames);
        QCOMPARE(asStored->transport.fingerprint, stored.fingerprint);
        QVERIFY(!asStored->transport.usesSystemProxy && !asStored->signIn);

        target.doAs = u"bob"_s;
        target.transport.fingerprint = QByteArray(32, '\x11');
        target.transport.headers = { { "x-key", "v" }, { "authorization", "Custom v" } };
        const auto asTyped = resolveServer(target, { stored });
        QCOMPARE(asTyped->profile.doAs, u"bob"_s);
        QCOMPARE(asTyped->profile.headerNames, QStringList{ u"X-Team"_s });
        QCOMPARE(asTyped->profile.auth, AuthKind::None);
        QCOMPARE(asTyped->transport.fingerprint, target.transport.fingerprint);
        QCOMPARE(asTyped->transport.headers, target.transport.headers);
        QVERIFY(!asTyped->transport.usesSystemProxy);

        QCOMPARE(asStored->transport.largestAnswerBytes, 100 * 1024 * 1024);
        target.largestAnswerMiB = 7;
        QCOMPARE(resolveServer(target, { stored })->transport.largestAnswerBytes, 7 * 1024 * 1024);
    }

    void aStoredAuthorityThatCannotBeReadIsNoReasonToTrustAnother()
    {
        ServerProfile stored;
        stored.name = u"prod"_s;
        stored.url = QUrl(u"https://prod.example"_s);
        stored.authorityFile = u"/no/such/file.pem"_s;
        Target target;
        target.server = u"prod"_s;
        QVERIFY(resolveServer(target, { stored }).error().contains(stored.authorityFile));
        target.transport.fingerprint = QByteArray(32, '\x11');
        QCOMPARE(resolveServer(target, { stored })->transport.fingerprint, target.transport.fingerprint);
    }

    void readsACheck()
    {
        const auto options = readCheckOptions(wordsOf(u"https://h --json --token-env TOKEN"_s), m_environment);
        QVERIFY(options.has_value());
        QVERIFY(options->isJson);
        QCOMPARE(options->target.server, u"https://h"_s);
        QVERIFY(!readCheckOptions({}, m_environment));
        QVERIFY(!readCheckOptions({ u"http://a"_s, u"http://b"_s }, m_environment));
        QVERIFY(!readCheckOptions({ u"http://a"_s, u"--kind"_s, u"sql"_s }, m_environment));
        QVERIFY(!readCheckOptions({ u"local"_s }, m_environment));
        QVERIFY(!readCheckOptions({ u"http://a"_s, u"--json"_s, u"--json"_s }, m_environment));
    }

    void theConsoleHidesSecrets()
    {
        const QByteArray written = saidBy([](StandardConsole& console) {
            console.hide({ u"s3cret"_s, u"a"_s });
            console.say(u"a line with s3cret"_s);
            console.show(u"status s3cret"_s);
            console.complain(u"bad s3cret"_s, u"no s3cret"_s);
            console.complain(u"only this"_s, {});
        });
        QCOMPARE(written, "a line with ***\n\r\x1b[K\x1b[?7lstatus ***\x1b[?7h\r\x1b[Kkindling: bad ***\n  no ***\nkindling: only this\n"_ba);
    }

    void nobodySteersTheTerminal()
    {
        const auto evil = u"a\x1b[31mb\x1b]0;title\x07 \x1b[2Jc\x08\x9b"_s;
        const QByteArray written = saidBy([&evil](StandardConsole& console) {
            console.say(evil);
            console.complain(evil, evil);
        });
        QCOMPARE(written.count('\x1b') + written.count('\x07') + written.count('\x08'), 0);
        QVERIFY(!written.contains("\xc2\x9b"));
        QVERIFY(written.startsWith("ab"));
    }

    void theConsoleKnowsThatNobodyReads()
    {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe(ends.data()), 0);
        std::FILE* out = ::fdopen(ends[1], "w");
        std::FILE* err = std::tmpfile();
        const auto before = std::signal(SIGPIPE, SIG_IGN);
        {
            StandardConsole console(out, err, false);
            console.say(u"read"_s);
            QVERIFY(console.isHeard());
            ::close(ends[0]);
            console.say(u"not read"_s);
            QVERIFY(!console.isHeard());
            console.say(u"nor this"_s);
            QVERIFY(!console.isHeard());
        }
        QCOMPARE(std::ftell(err), 0);
        std::fclose(out);
        std::fclose(err);
        std::signal(SIGPIPE, before);
    }

    void theConsoleSaysWhyItCannotWrite()
    {
        std::FILE* full = std::fopen("/dev/full", "w");
        if (!full)
            QSKIP("This system has no /dev/full.");
        std::FILE* err = std::tmpfile();
        {
            StandardConsole console(full, err, false);
            console.say(u"a"_s);
            QVERIFY(!console.isHeard());
            const long once = std::ftell(err);
            QVERIFY(once > 0);
            console.say(u"b"_s);
            QCOMPARE(std::ftell(err), once);
        }
        std::fclose(full);
        std::fclose(err);
    }

private:
    [[nodiscard]] QByteArray saidBy(const std::function<void(StandardConsole&)>& speak) const
    {
        const QString name = path(u"console"_s);
        std::FILE* file = std::fopen(qPrintable(name), "w");
        {
            StandardConsole console(file, file, true);
            speak(console);
        }
        std::fclose(file);
        QFile written(name);
        return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
    }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList wordsOf(QString line) const
    {
        line.replace(u"NB"_s, path(u"a.ipynb"_s)).replace(u"DIRNAME"_s, m_folder.path().section(u'/', -1)).replace(u"DIR"_s, m_folder.path());
        return line.split(u' ', Qt::SkipEmptyParts);
    }

    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

KINDLING_TEST(TestArguments)
#include "tst_arguments.moc"
