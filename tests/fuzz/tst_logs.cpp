// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QByteArray complaintAbout(const QByteArray& text)
{
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    LogMerger merger;
    (void)merger.merge(lines.first(choicesOf(text).bounded(lines.size() + 1)));
    for (const LogLine& line : merger.merge(lines)) {
        if (!line.isGap && !lines.contains(line.text))
            return "a line that nobody wrote";
    }
    for (const LogLine& line : merger.merge(lines)) {
        if (!line.isGap)
            return "a line twice";
    }
    return {};
}
}

/// A log that is read in parts.
class TestFuzzLogs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void logsAreStitchedWithoutInventionOrRepetition() { fuzz({ "logs", logTexts(), complaintAbout }); }
};

KINDLING_TEST(TestFuzzLogs)
#include "tst_logs.moc"
