// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/serverprofile.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestServerProfile final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checksTypedAddresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("problem");
        QTest::newRow("plain") << u"http://host:8998"_s << u"http://host:8998"_s << QString();
        QTest::newRow("no scheme") << u"host:8998"_s << u"http://host:8998"_s << QString();
        QTest::newRow("prefix and slash") << u" https://gw/livy/v1/ "_s << u"https://gw/livy/v1"_s << QString();
        QTest::newRow("query dropped") << u"http://h/?a=b#c"_s << u"http://h"_s << QString();
        QTest::newRow("empty") << u"  "_s << QString() << u"empty"_s;
        QTest::newRow("scheme") << u"ftp://h"_s << QString() << u"scheme"_s;
        QTest::newRow("host") << u"http://"_s << QString() << u"host"_s;
        QTest::newRow("password") << u"http://a:b@h"_s << QString() << u"userinfo"_s;
        QTest::newRow("garbage") << u"http://[::"_s << QString() << u"host"_s;
    }
    void checksTypedAddresses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        QFETCH(QString, problem);
        const ServerUrlCheck check = checkServerUrl(typed);
        QCOMPARE(check.problem, problem);
        QCOMPARE(check.url.toString(), url);
    }
};

KINDLING_TEST(TestServerProfile)
#include "tst_serverprofile.moc"
