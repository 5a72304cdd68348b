// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/notebook/notebookbench.h"
#include "ui/common/messagebar.h"
#include "ui/notebook/cellview.h"

#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
/// Runs the first cell on session 12, whose answer cannot be had for this reason.
void runWithout(NotebookBench& bench, ErrorKind why)
{
    bench.attach();
    bench.pane->show();
    bench.state->onFetch = [why](int) -> Script<Statement> { return std::unexpected(errorOf(why)); };
    bench.pane->runCell(0);
    bench.advance(2s);
}

QPushButton* saveButton(NotebookBench& bench)
{
    return bench.pane->cellView(0)->findChild<QPushButton*>(u"saveAnswer"_s);
}
}

/// What a cell offers whose result is too large to be shown.
class TestAnswerSaving final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void savesAnAnswerThatIsTooLarge()
    {
        const QTemporaryDir folder;
        NotebookBench bench({ { Kind::PySpark, u"big"_s } });
        runWithout(bench, ErrorKind::TooLarge);
        const QPointer<QPushButton> save = saveButton(bench);
        QVERIFY(save);
        QTRY_VERIFY(save->isVisible());
        bench.dialogs.path = folder.filePath(u"big.json"_s);
        save->click();
        QCOMPARE(QFileInfo(bench.dialogs.proposed).fileName(), u"statement-0.json"_s);
        QVERIFY2(bench.pane->messages()->text().contains(u"Saving the answer of statement 0"_s), qPrintable(bench.pane->messages()->text()));
        bench.advance();
        QVERIFY2(bench.pane->messages()->text().contains(u"was saved"_s), qPrintable(bench.pane->messages()->text()));
        QVERIFY(!bench.pane->messages()->isProblem());
        QFile file(bench.dialogs.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "{\"code\":\"big\"}"_ba);
        bench.state->onFetch = {};
        bench.pane->runCell(0);
        bench.advance();
        QVERIFY(!save || !save->isVisible());
    }

    void savingTellsHowFarItIsAndCanBeCancelled()
    {
        NotebookBench bench({ { Kind::PySpark, u"big"_s } });
        runWithout(bench, ErrorKind::TooLarge);
        AnswerTarget target;
        bench.state->onSave = [&target](int, const AnswerTarget& given) -> Script<qint64> {
            target = given;
            return std::nullopt; // it takes its time
        };
        auto* save = saveButton(bench);
        save->click();
        QCOMPARE(bench.state->countOf(u"SAVE"_s), 0); // nobody has named a file
        bench.dialogs.path = u"/tmp/none.json"_s;
        save->click();
        QCOMPARE(target.path, bench.dialogs.path);
        target.progress(3'000'000);
        QVERIFY2(bench.pane->messages()->text().contains(QLocale().formattedDataSize(3'000'000)), qPrintable(bench.pane->messages()->text()));
        save->click();
        QVERIFY(bench.pane->messages()->isProblem()); // one at a time
        QCOMPARE(bench.state->countOf(u"SAVE"_s), 1);
        auto* act = bench.pane->messages()->findChild<QPushButton*>(u"messageAction"_s);
        act->click();
        QVERIFY(bench.pane->messages()->text().contains(u"cancelled"_s));
        save->click();
        QCOMPARE(bench.state->countOf(u"SAVE"_s), 2);
        bench.workspace.setProfiles({});
        QVERIFY(bench.pane->messages()->isProblem());
        QVERIFY2(bench.pane->messages()->text().contains(u"connection"_s), qPrintable(bench.pane->messages()->text()));
        bench.advance();
    }

    void savingThatFailsSaysWhy()
    {
        NotebookBench bench({ { Kind::PySpark, u"big"_s } });
        runWithout(bench, ErrorKind::TooLarge);
        bench.state->onSave = [](int, const AnswerTarget&) -> Script<qint64> { return failure(ErrorKind::Io, u"The disk is full."_s); };
        bench.dialogs.path = u"/tmp/none.json"_s;
        saveButton(bench)->click();
        bench.advance();
        QVERIFY(bench.pane->messages()->isProblem());
        QVERIFY2(bench.pane->messages()->text().contains(u"The disk is full."_s), qPrintable(bench.pane->messages()->text()));
    }

    void whatHasNoAnswerOffersNoSaving()
    {
        NotebookBench bench({ { Kind::PySpark, u"big"_s } });
        runWithout(bench, ErrorKind::NotFound);
        QVERIFY(bench.pane->cellView(0)->findChild<QWidget*>(u"runProblem"_s));
        QVERIFY(!saveButton(bench));
    }
};

KINDLING_TEST(TestAnswerSaving)
#include "tst_answersaving.moc"
