// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/shape.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

class TestShape final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFileAndFunctionIsSmall()
    {
        QStringList offences;
        for (const SourceFile& file : readSources({ u"app"_s, u"ui"_s, u"tests"_s, u"translations"_s }))
            offences += sizeOffences(file);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void findsTheFunctions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("functions");
        QTest::newRow("free") << u"int f(int a, QMap<int, int> b)\n{\n    return 1;\n}\n"_s << u"f/4/2/0"_s;
        QTest::newRow("none") << u"void f()\n{\n}\n"_s << u"f/3/0/0"_s;
        QTest::newRow("two") << u"void f() {}\nvoid g() {}\n"_s << u"f/1/0/0 g/1/0/0"_s;
        QTest::newRow("in scopes") << u"namespace a {\nclass B : public C {\npublic:\n    int f() const { return 1; }\n};\n}\n"_s
                                   << u"f/1/0/0"_s;
        QTest::newRow("constructor") << u"A::A(int x)\n    : m_a{ 1 }\n    , m_b(2)\n    , m_c{}\n{\n    if (x) {\n    }\n}\n"_s << u"A::A/8/1/1"_s;
        QTest::newRow("variables") << u"const QList<int> a{ 1 };\nint b[] = { f(1), 2 };\nvoid f() {}\n"_s << u"f/1/0/0"_s;
        QTest::newRow("nested") << u"void f()\n{\n    for (;;) {\n        if (a) {\n            while (b) {\n                switch (c) {\n"
                                   "                case A::B: {\n                }\n                }\n            }\n        }\n    }\n}\n"_s
                                << u"f/13/0/4"_s;
        QTest::newRow("lambda counts anew")
            << u"void f()\n{\n    if (a) {\n        g(this, [this](int x) {\n            if (b) {\n            }\n        });\n    }\n}\n"_s
            << u"f/9/0/1"_s;
        QTest::newRow("else") << u"void f()\n{\n    if (a) {\n    } else if (b) {\n    } else {\n    }\n}\n"_s << u"f/7/0/1"_s;
        QTest::newRow("default arguments") << u"void f(int a = g(1, 2), T b = {})\n{\n}\n"_s << u"f/3/2/0"_s;
        QTest::newRow("operator") << u"bool operator==(const A& a, const A& b)\n{\n}\n"_s << u"operator==/3/2/0"_s;
        QTest::newRow("call operator") << u"int A::operator()(int a) const\n{\n}\n"_s << u"operator()/3/1/0"_s;
        QTest::newRow("directives") << u"#define X {\nvoid f() {}\n"_s << u"f/1/0/0"_s;
        QTest::newRow("braces in strings") << u"void f()\n{\n    g(\"{{{\");\n}\n"_s << u"f/4/0/0"_s;
        QTest::newRow("broken") << u"}}} void f( {"_s << u""_s;
    }

    void findsTheFunctions()
    {
        QFETCH(QString, text);
        QFETCH(QString, functions);
        QStringList found;
        for (const Function& f : functionsOf(makeSource(u"app/core/a.cpp"_s, text)))
            found << u"%1/%2/%3/%4"_s.arg(f.name).arg(f.lines).arg(f.parameters).arg(f.nesting);
        QCOMPARE(found.join(u' '), functions);
    }

    void noticesWhatIsTooBig()
    {
        const auto count = [](const QString& path, const QString& text) { return sizeOffences(makeSource(path, text)).size(); };
        QCOMPARE(count(u"app/core/a.cpp"_s, QString(400, u'\n')), 0);
        QCOMPARE(count(u"app/core/a.cpp"_s, QString(401, u'\n')), 1);
        QCOMPARE(count(u"app/core/a.h"_s, QString(199, u'\n')), 0);
        QCOMPARE(count(u"app/core/a.h"_s, QString(200, u'\n')), 1);
        const auto function = [](const QString& head, int lines) { return head + u"\n{"_s + QString(lines - 2, u'\n') + u"}\n"_s; };
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"void f()"_s, 49)), 0);
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"void f()"_s, 50)), 1);
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"A::A()"_s, 59)), 0);
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"A::A()"_s, 60)), 1);
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"void f(int a, int b, int c, int d, int e)"_s, 3)), 0);
        QCOMPARE(count(u"app/core/a.cpp"_s, function(u"void f(int a, int b, int c, int d, int e, int g)"_s, 3)), 1);
    }
};

KINDLING_TEST(TestShape)
#include "tst_shape.moc"
