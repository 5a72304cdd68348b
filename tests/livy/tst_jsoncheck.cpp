// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsoncheck.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestJsonCheck final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsAnObject() { QVERIFY(checkJsonObject("{\"kind\": \"sql\"}").isEmpty()); }
    void refusesWhatIsNoJson() { QVERIFY(!checkJsonObject("{\"kind\": }").isEmpty()); }
    void refusesWhatIsNoObject() { QVERIFY(checkJsonObject("[1]").contains("object"_L1)); }
    void findsTheNameThatWillBeSent()
    {
        QCOMPARE(nameInRequest("{\"name\": \"etl\"}"), u"etl"_s);
        QVERIFY(nameInRequest("{\"name\": 3}").isEmpty());
        QVERIFY(nameInRequest("nonsense").isEmpty());
    }
};

KINDLING_TEST(TestJsonCheck)
#include "tst_jsoncheck.moc"
