// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/launchphase.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestLaunchPhase final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowFarOneIs_data()
    {
        QTest::addColumn<QString>("appId");
        QTest::addColumn<QString>("driverLog");
        QTest::addColumn<QStringList>("log");
        QTest::addColumn<LaunchPhase>("phase");
        const QString id = u"application_1700000000000_0042"_s;
        const QString none;
        const auto report = [](const QString& state) { return u"24/05/01 INFO Client: Application report for application_1 (state: %1)"_s.arg(state); };
        QTest::newRow("just made") << none << none << QStringList{ u"stdout: "_s, u"\nstderr: "_s } << LaunchPhase::Accepted;
        QTest::newRow("an app id") << id << none << QStringList() << LaunchPhase::Submitted;
        QTest::newRow("queued by YARN") << id << none << QStringList{ report(u"ACCEPTED"_s) } << LaunchPhase::Submitted;
        QTest::newRow("queued, its id not told yet") << none << none << QStringList{ report(u"ACCEPTED"_s) } << LaunchPhase::Submitted;
        QTest::newRow("runs in YARN") << id << none << QStringList{ report(u"ACCEPTED"_s), report(u"RUNNING"_s) } << LaunchPhase::Driver;
        QTest::newRow("a driver's log") << id << u"http://node/log"_s << QStringList() << LaunchPhase::Driver;
        QTest::newRow("a driver's log and old lines") << id << u"http://node/log"_s << QStringList{ report(u"ACCEPTED"_s) } << LaunchPhase::Driver;
        QTest::newRow("a driver of Livy's own machine") << none << none
            << QStringList{ u"26/11/22 INFO SparkContext: Running Spark version 3.5.3"_s, u"something else"_s } << LaunchPhase::Driver;
        QTest::newRow("Spark is there") << none << none
            << QStringList{ u"26/11/22 INFO BlockManagerMaster: Registered"_s, u"26/11/22 09:03:26 INFO SparkEntries: Created Spark session."_s }
            << LaunchPhase::Interpreter;
        QTest::newRow("began again in the queue") << id << none << QStringList{ report(u"RUNNING"_s), report(u"ACCEPTED"_s) } << LaunchPhase::Submitted;
        QTest::newRow("words of no meaning") << none << none << QStringList{ u"my SparkContext is (state: unknown)"_s } << LaunchPhase::Accepted;
    }
    void tellsHowFarOneIs()
    {
        QFETCH(const QString, appId);
        QFETCH(const QString, driverLog);
        QFETCH(const QStringList, log);
        QFETCH(const LaunchPhase, phase);
        SparkItem item;
        item.state = ItemState::fromWire(u"starting"_s);
        item.appId = appId;
        item.driverLogUrl = driverLog;
        item.log = TextList(log);
        QCOMPARE(launchPhaseOf(item), phase);
    }
    void saysNothingOfOneThatDoesNotStart()
    {
        for (const QString& state : { u"idle"_s, u"busy"_s, u"running"_s, u"dead"_s, u"recovering"_s, u"word of tomorrow"_s }) {
            SparkItem item;
            item.state = ItemState::fromWire(state);
            item.log = TextList(QStringList{ u"INFO SparkEntries: Created Spark session."_s });
            QVERIFY2(!launchPhaseOf(item), qPrintable(state));
        }
    }
};

KINDLING_TEST(TestLaunchPhase)
#include "tst_launchphase.moc"
