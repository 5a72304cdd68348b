// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/kind.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestKind final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void understandsLivysAliases()
    {
        QCOMPARE(kindFromWire(u"scala"), Kind::Spark);
        QCOMPARE(kindFromWire(u"Python"), Kind::PySpark);
        QCOMPARE(kindFromWire(u"r"), Kind::SparkR);
        QCOMPARE(kindFromWire(u"pyspark4"), Kind::Unknown);
    }
    void writesTheCanonicalWord()
    {
        QCOMPARE(wireName(Kind::PySpark), u"pyspark"_s);
        QCOMPARE(wireName(Kind::Spark), u"spark"_s);
        QVERIFY(wireName(Kind::Unknown).isEmpty());
    }
};

KINDLING_TEST(TestKind)
#include "tst_kind.moc"
