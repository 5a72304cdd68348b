// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/layering.h"
#include "tests/support/testmain.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

class TestLayering final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noFileIncludesUpwardOrSideways()
    {
        QStringList offences;
        for (const SourceFile& file : readSources({ u"app"_s, u"ui"_s }))
            offences += layerOffences(file);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void everySourceIncludesItsOwnHeaderFirst()
    {
        QStringList offences;
        for (const SourceFile& file : readSources({ u"app"_s, u"ui"_s, u"tests"_s }))
            offences += includeOrderOffences(file);
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void noticesAnInclude_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("offends");
        QTest::newRow("down") << u"app/engine/a.cpp"_s << u"#include \"app/livy/b.h\"\n"_s << false;
        QTest::newRow("same folder") << u"ui/log/a.cpp"_s << u"#include \"ui/log/b.h\"\n"_s << false;
        QTest::newRow("up") << u"app/core/a.h"_s << u"#include \"app/engine/b.h\"\n"_s << true;
        QTest::newRow("ui from below") << u"app/models/a.h"_s << u"#include \"ui/common/theme.h\"\n"_s << true;
        QTest::newRow("pane to pane") << u"ui/log/a.cpp"_s << u"#include \"ui/batch/b.h\"\n"_s << true;
        QTest::newRow("pane to shell") << u"ui/log/a.cpp"_s << u"#include \"ui/shell/b.h\"\n"_s << true;
        QTest::newRow("shell to pane") << u"ui/shell/a.cpp"_s << u"#include \"ui/log/b.h\"\n"_s << false;
        QTest::newRow("ui to net") << u"ui/shell/a.cpp"_s << u"#include \"app/net/b.h\"\n"_s << true;
        QTest::newRow("ui to local") << u"ui/shell/a.cpp"_s << u"#include \"app/local/b.h\"\n"_s << true;
        QTest::newRow("local to livy") << u"app/local/a.cpp"_s << u"#include \"app/livy/b.h\"\n"_s << true;
        QTest::newRow("ui and JSON") << u"ui/log/a.cpp"_s << u"#include <QJsonObject>\n"_s << true;
        QTest::newRow("livy and JSON") << u"app/livy/a.cpp"_s << u"#include <QJsonObject>\n"_s << false;
        QTest::newRow("engine and HTTP") << u"app/engine/a.cpp"_s << u"#include <QNetworkReply>\n"_s << true;
        QTest::newRow("engine and icons") << u"app/engine/a.cpp"_s << u"#include <QIcon>\n"_s << true;
        QTest::newRow("relative") << u"app/engine/a.cpp"_s << u"#include \"b.h\"\n"_s << true;
        QTest::newRow("tests") << u"app/engine/a.cpp"_s << u"#include \"tests/support/fakeclock.h\"\n"_s << true;
        QTest::newRow("unknown layer") << u"app/misc/a.cpp"_s << u""_s << true;
        QTest::newRow("in a comment") << u"app/core/a.h"_s << u"// #include \"app/engine/b.h\"\n"_s << false;
        QTest::newRow("composition root") << u"app/main.cpp"_s << u"#include \"ui/shell/b.h\"\n"_s << false;
    }

    void noticesAnInclude()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(bool, offends);
        const QStringList offences = layerOffences(makeSource(path, text));
        QVERIFY2(offences.isEmpty() != offends, listed(offences).constData());
    }
};

KINDLING_TEST(TestLayering)
#include "tst_layering.moc"
