// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <cstdlib>

using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr auto fault = "KINDLING_FUZZ_FAULT";

/// A reader with a fault, for the child process.
QByteArray complaintOfTheFaulty(const QByteArray& text)
{
    if (!text.contains("null"))
        return {};
    if (qEnvironmentVariable(fault) == "crash"_L1)
        std::abort();
    return "a fault";
}

struct Ended {
    bool isGood = false;
    QByteArray said;
};

/// Runs the faulty reader in a process of its own.
Ended runFaulty(const QString& kind, const QString& input = {})
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1StringView(fault), kind);
    environment.remove(u"KINDLING_FUZZ_SECONDS"_s);
    if (!input.isEmpty())
        environment.insert(u"KINDLING_FUZZ_INPUT"_s, input);
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(QCoreApplication::applicationFilePath(), { u"TestFuzzRun"_s });
    (void)child.waitForFinished(120'000);
    return { child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0, child.readAll() };
}
}

/// What the others run in.
class TestFuzzRun final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesTheTextThatEndedIt_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("complaint") << u"complaint"_s;
        QTest::newRow("crash") << u"crash"_s;
    }
    void leavesTheTextThatEndedIt()
    {
        if (qEnvironmentVariableIsSet(fault)) {
            fuzz({ "logs", { "a", "null" }, complaintOfTheFaulty });
            return;
        }
        QFETCH(QString, kind);
        const Ended ended = runFaulty(kind);
        QVERIFY(!ended.isGood);
        static const QRegularExpression path(u"stays in (\\S+)"_s);
        const QString file = path.match(QString::fromLocal8Bit(ended.said)).captured(1);
        QFile left(file);
        QVERIFY2(left.open(QIODevice::ReadOnly), ended.said.constData());
        const QByteArray text = left.readAll();
        QVERIFY2(text.contains("null"), text.constData());
        const Ended again = runFaulty(kind, file);
        QVERIFY2(!again.isGood, again.said.constData());
        QVERIFY(left.remove());
    }
    void choosesTheSameForTheSameText()
    {
        QCOMPARE(choicesOf("a").generate(), choicesOf("a").generate());
        QVERIFY(choicesOf("a").generate() != choicesOf("b").generate());
    }
};

KINDLING_TEST(TestFuzzRun)
#include "tst_fuzzrun.moc"
