// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/words.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

namespace {

QStringList offencesUnder(const QStringList& folders, QStringList (*rule)(const SourceFile&))
{
    QStringList offences;
    for (const SourceFile& file : readSources(folders))
        offences += rule(file);
    return offences;
}

} // namespace

class TestWords final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noForbiddenWordIsUsed()
    {
        const QStringList offences = offencesUnder({ u"app"_s, u"ui"_s, u"tests"_s, u"translations"_s }, wordOffences);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void noSwitchOverOurEnumsHasADefault()
    {
        const QStringList offences = offencesUnder({ u"app"_s, u"ui"_s }, defaultOffences);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void everyVisibleTextIsTranslated()
    {
        const QStringList offences = offencesUnder({ u"app"_s, u"ui"_s }, textOffences);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void everySentenceBelowTheWindowIsTranslated()
    {
        const QStringList offences = offencesUnder({ u"app"_s }, sentenceOffences);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void everyFileBearsItsLicence()
    {
        const QStringList offences = offencesUnder({ u"app"_s, u"ui"_s, u"tests"_s, u"cmake"_s, u"translations"_s }, headOffences);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void noticesAWord_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("offends");
        QTest::newRow("qWait") << u"tests/core/a.cpp"_s << u"QTest::qWait(5);"_s << true;
        QTest::newRow("qWaitForWindowExposed") << u"tests/core/a.cpp"_s << u"QTest::qWaitForWindowExposed(w);"_s << false;
        QTest::newRow("events") << u"ui/log/a.cpp"_s << u"QCoreApplication::processEvents();"_s << true;
        QTest::newRow("sender") << u"ui/log/a.cpp"_s << u"auto* s = sender();"_s << true;
        QTest::newRow("old connect") << u"ui/log/a.cpp"_s << u"connect(a, SIGNAL(b()), c, SLOT(d()));"_s << true;
        QTest::newRow("settings in ui") << u"ui/log/a.cpp"_s << u"QSettings s;"_s << true;
        QTest::newRow("settings in storage") << u"app/storage/a.cpp"_s << u"QSettings s;"_s << false;
        QTest::newRow("HTTP in engine") << u"app/engine/a.cpp"_s << u"QNetworkAccessManager m;"_s << true;
        QTest::newRow("HTTP in tests") << u"tests/live/a.cpp"_s << u"QNetworkAccessManager m;"_s << false;
        QTest::newRow("server in net") << u"app/net/a.cpp"_s << u"QTcpServer s;"_s << true;
        QTest::newRow("JSON in ui") << u"ui/log/a.cpp"_s << u"QJsonObject o;"_s << true;
        QTest::newRow("time in engine") << u"app/engine/a.cpp"_s << u"QDateTime::currentDateTime()"_s << true;
        QTest::newRow("timer in engine") << u"app/engine/a.cpp"_s << u"QTimer t;"_s << true;
        QTest::newRow("timer in ui") << u"ui/log/a.cpp"_s << u"QTimer t;"_s << false;
        QTest::newRow("our instance") << u"ui/log/a.cpp"_s << u"Theme::instance().x();"_s << true;
        QTest::newRow("Qt's instance") << u"ui/log/a.cpp"_s << u"QCoreApplication::instance()->quit();"_s << false;
        QTest::newRow("a static instance") << u"ui/log/a.h"_s << u"static Theme& instance();"_s << true;
        QTest::newRow("delete") << u"ui/log/a.cpp"_s << u"delete m_x;"_s << true;
        QTest::newRow("delete[]") << u"ui/log/a.cpp"_s << u"delete[] m_x;"_s << true;
        QTest::newRow("deleted") << u"ui/log/a.h"_s << u"A(const A&) = delete;"_s << false;
        QTest::newRow("deleteLater") << u"ui/log/a.cpp"_s << u"x->deleteLater();"_s << false;
        QTest::newRow("throw") << u"app/livy/a.cpp"_s << u"throw 1;"_s << true;
        QTest::newRow("context") << u"ui/log/a.cpp"_s << u"QTimer::singleShot(0, this, [] {});"_s << false;
        QTest::newRow("no context") << u"ui/log/a.cpp"_s << u"QTimer::singleShot(0, [] {});"_s << true;
        QTest::newRow("in a string") << u"ui/log/a.cpp"_s << u"f(\"sender()\");"_s << false;
        QTest::newRow("in a comment") << u"ui/log/a.cpp"_s << u"// sender() is not used\n/* delete x */"_s << false;
        QTest::newRow("in a raw string") << u"ui/log/a.cpp"_s << u"f(R\"x( \" sender() )x\");"_s << false;
        QTest::newRow("after a separator") << u"ui/log/a.cpp"_s << u"int x = 1'000; sender(); int y = 2'000;"_s << true;
        QTest::newRow("after a quote") << u"ui/log/a.cpp"_s << u"auto q = u'\"'; sender(); auto r = u'\"';"_s << true;
        QTest::newRow("unclosed string") << u"ui/log/a.cpp"_s << u"f(\"sender()"_s << false;
        QTest::newRow("ends in a backslash") << u"ui/log/a.cpp"_s << u"f(\"\\"_s << false;
        QTest::newRow("unclosed raw string") << u"ui/log/a.cpp"_s << u"f(R\"(sender()"_s << false;
    }

    void noticesAWord()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(bool, offends);
        const QStringList offences = wordOffences(makeSource(path, text));
        QVERIFY2(offences.isEmpty() != offends, listed(offences).constData());
    }

    void noticesADefault()
    {
        const auto offends = [](const QString& text) { return !defaultOffences(makeSource(u"ui/log/a.cpp"_s, text)).isEmpty(); };
        QVERIFY(offends(u"switch (k) { case Kind::Sql: return 1; default: return 2; }"_s));
        QVERIFY(!offends(u"switch (k) { case Kind::Sql: return 1; }"_s));
        QVERIFY(!offends(u"switch (r) { case Qt::DisplayRole: return 1; default: return 2; }"_s));
        QVERIFY(!offends(u"switch (c) { case 'a': return 1; default: return 2; }"_s));
    }

    void noticesAnUntranslatedText()
    {
        const auto offends = [](const QString& path, const QString& text) { return !textOffences(makeSource(path, text)).isEmpty(); };
        QVERIFY(offends(u"ui/log/a.cpp"_s, u"label->setText(u\"Hello\"_s);"_s));
        QVERIFY(offends(u"ui/log/a.cpp"_s, u"new QPushButton(\"Run\");"_s));
        QVERIFY(!offends(u"ui/log/a.cpp"_s, u"label->setText(tr(\"Hello\"));"_s));
        QVERIFY(!offends(u"ui/log/a.cpp"_s, u"label->setText(u\" - \"_s);"_s));
        QVERIFY(!offends(u"ui/log/a.cpp"_s, u"addAction(u\"deleteItem\"_s);"_s));
        QVERIFY(!offends(u"ui/log/a.cpp"_s, u"setPlaceholderText(u\"https://host\"_s);"_s));
        QVERIFY(offends(u"app/models/a.cpp"_s, u"title = tr(\"Hello\");"_s));
        QVERIFY(!offends(u"app/main.cpp"_s, u"title = tr(\"Hello\");"_s));
    }

    void noticesAnUntranslatedSentence_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("offends");
        const QString net = u"app/net/a.cpp"_s;
        QTest::newRow("a full sentence") << net << u"title = u\"Nothing answers at %1.\"_s.arg(place);"_s << true;
        QTest::newRow("begins with a place") << net << u"title = u\"%1 refused.\"_s.arg(place);"_s << true;
        QTest::newRow("ends in a mark of omission") << net << u"title = u\"Looking again…\"_s;"_s << true;
        QTest::newRow("no full stop") << net << u"title = u\"the answer was cut\"_s;"_s << true;
        QTest::newRow("a place amid words") << net << u"title = u\"%1: text was expected\"_s.arg(path);"_s << true;
        QTest::newRow("Latin-1") << net << u"title = \"The proxy does not answer.\"_L1;"_s << true;
        QTest::newRow("the long form") << net << u"title = QStringLiteral(\"It is not there.\");"_s << true;
        QTest::newRow("translated") << net << u"title = NetworkWords::tr(\"Nothing answers at %1.\").arg(place);"_s << false;
        QTest::newRow("translated by context") << net << u"QCoreApplication::translate(\"A\", \"The keychain refused.\")"_s << false;
        QTest::newRow("a pattern") << net << u"regex(u\"^v?(\\\\d{1,4})\\\\.(\\\\d{1,4})\"_s)"_s << false;
        QTest::newRow("a format") << net << u"u\"ddd, dd MMM yyyy hh:mm:ss 'GMT'\"_s"_s << false;
        QTest::newRow("a header") << net << u"u\"'Accept: application/json'\"_s"_s << false;
        QTest::newRow("a path") << net << u"u\"%1/serve.token\"_s"_s << false;
        QTest::newRow("in a comment") << net << u"// u\"Nothing answers.\"_s"_s << false;
        QTest::newRow("what is served") << u"app/local/a.cpp"_s << u"u\"Session 3 is not there.\"_s"_s << false;
    }

    void noticesAnUntranslatedSentence()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(bool, offends);
        const QStringList offences = sentenceOffences(makeSource(path, text));
        QVERIFY2(offences.isEmpty() != offends, listed(offences).constData());
    }

    void noticesAMissingHead()
    {
        const QString head = u"// SPDX-FileCopyrightText: The Kindling developers\n// SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
        QVERIFY(headOffences(makeSource(u"a.h"_s, head + u"#pragma once\n"_s)).isEmpty());
        QCOMPARE(headOffences(makeSource(u"a.h"_s, u"\n"_s)).size(), 2);
        QCOMPARE(headOffences(makeSource(u"a.h"_s, head)).size(), 1);
    }
};

KINDLING_TEST(TestWords)
#include "tst_words.moc"
