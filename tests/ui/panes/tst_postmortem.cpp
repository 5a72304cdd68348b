// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/recordedpanes.h"
#include "ui/batch/batchpane.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/logexcerpt.h"
#include "ui/common/messagebar.h"
#include "ui/common/postmortempage.h"
#include "ui/common/wrappedtext.h"
#include "ui/session/sessionpane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const QString oom = u"26/11/22 08:00:00 ERROR Executor: java.lang.OutOfMemoryError: GC overhead limit exceeded"_s;

QStringList logWith(const QString& line)
{
    QStringList lines;
    for (int i = 0; i < 60; ++i)
        lines += u"26/11/22 08:00:00 INFO DAGScheduler: task %1"_s.arg(i);
    lines.insert(50, line);
    return lines;
}

bool isReportShown(const QWidget& pane)
{
    return child<QTabWidget>(pane, u"itemPages"_s)->currentWidget()->objectName() == "postMortemPage"_L1 && child<LogExcerpt>(pane, u"causeLog"_s)->isVisible();
}

QString emptyTitle(const QWidget& pane)
{
    return child<EmptyState>(pane, u"postMortemEmpty"_s)->findChild<QLabel*>(u"emptyTitle"_s)->text();
}
}

class TestPostMortem final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void whyADeadOneEndedIsShownFirst()
    {
        RecordedPanes fixture;
        fixture.seeLog(ItemType::Batch, u"729"_s, logWith(oom));
        BatchPane pane(fixture.subject(ItemType::Batch, u"729"_s));
        pane.show();
        QTRY_VERIFY(isReportShown(pane));
        QCOMPARE(child<QLabel>(pane, u"causeSays"_s)->text(), u"Java ran out of memory."_s);
        QVERIFY(child<QLabel>(pane, u"causeAdvice"_s)->text().contains("memory"_L1));
        QCOMPARE(child<WrappedText>(pane, u"causeLine"_s)->text(), oom);
        const auto* log = child<LogExcerpt>(pane, u"causeLog"_s);
        QCOMPARE(log->marked().size(), 1);
        QCOMPARE(log->toPlainText().split(u'\n').at(log->marked().constFirst()), oom);
        const auto* states = child<QTableWidget>(pane, u"lastStates"_s);
        QCOMPARE(states->item(0, 2)->text(), u"dead"_s);
        child<QPushButton>(pane, u"copyReport"_s)->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(oom));
    }
    void oneThatDiesWhileItIsLookedAtTellsWhy()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, u"13"_s));
        pane.show();
        const auto* pages = child<QTabWidget>(pane, u"itemPages"_s);
        fixture.state(u"prod"_s).sessions[3].state = ItemState::fromWire(u"dead"_s);
        fixture.poll();
        QTRY_VERIFY(isReportShown(pane) || pages->currentIndex() > 0);
        fixture.seeLog(ItemType::Session, u"13"_s, logWith(u"ModuleNotFoundError: No module named 'pandas'"_s));
        fixture.write(); // the last lines come after the end
        QTRY_COMPARE(child<QLabel>(pane, u"causeSays"_s)->text(), u"A Python module is not installed."_s);
    }
    void whatEndedBeforeAnybodyWatchedIsAskedForItsLogOnce()
    {
        RecordedPanes fixture;
        fixture.workspace.setWatchesLogs(true);
        fixture.state(u"prod"_s).onLog = [](ItemType) -> Script<LogSlice> { return LogSlice{ 0, 1, { oom } }; };
        SessionPane pane(fixture.subject(ItemType::Session, u"9"_s));
        pane.show();
        fixture.clock.advance(1s);
        fixture.write();
        QTRY_COMPARE(child<QLabel>(pane, u"causeSays"_s)->text(), u"Java ran out of memory."_s);
        fixture.poll();
        QCOMPARE(fixture.state(u"prod"_s).countOf(u"GET session log 9"_s), 1);
    }
    void whatLivesOrEndedWellHasNoReportInFront()
    {
        RecordedPanes fixture;
        SessionPane idle(fixture.subject(ItemType::Session, u"12"_s));
        BatchPane success(fixture.subject(ItemType::Batch, u"728"_s));
        SessionPane dead(fixture.subject(ItemType::Session, u"9"_s)); // answered last
        for (QWidget* pane : { static_cast<QWidget*>(&idle), static_cast<QWidget*>(&success), static_cast<QWidget*>(&dead) })
            pane->show();
        QTRY_VERIFY(child<QTabWidget>(dead, u"itemPages"_s)->currentIndex() > 0);
        QCOMPARE(child<QTabWidget>(idle, u"itemPages"_s)->currentIndex(), 0);
        QCOMPARE(child<QTabWidget>(idle, u"itemPages"_s)->indexOf(child<QWidget>(idle, u"postMortemPage"_s)), -1);
        QCOMPARE(child<QTabWidget>(success, u"itemPages"_s)->indexOf(child<QWidget>(success, u"postMortemPage"_s)), 1);
        QCOMPARE(child<QTabWidget>(success, u"itemPages"_s)->currentIndex(), 0);
    }
    void aDeletedOneNeedsNoExplanation()
    {
        RecordedPanes fixture;
        SessionPane pane(fixture.subject(ItemType::Session, u"13"_s));
        pane.show();
        fixture.prod()->remove(ItemType::Session, u"13"_s, &pane, [](const Result<Done>&) { });
        fixture.clock.advance(1s);
        const auto* pages = child<QTabWidget>(pane, u"itemPages"_s);
        QCOMPARE(pages->indexOf(child<QWidget>(pane, u"postMortemPage"_s)), 1);
        QCOMPARE(pages->currentIndex(), 0);
        pane.showPostMortem();
        QTRY_COMPARE(child<QLabel>(pane, u"causeSays"_s)->text(), u"It was deleted from here."_s);
    }
    void tellsOfOneThatOnlyTheRecordsKnow()
    {
        RecordedPanes fixture;
        fixture.seeLog(ItemType::Session, u"13"_s, logWith(oom));
        fixture.state(u"prod"_s).sessions.removeAt(3);
        fixture.poll();
        SessionPane pane(fixture.subject(ItemType::Session, u"13"_s));
        pane.show();
        QTRY_VERIFY(isReportShown(pane));
        QCOMPARE(child<ElidedLabel>(pane, u"title"_s)->text(), u"Session 13 adhoc"_s);
        QCOMPARE(child<QLabel>(pane, u"stateWords"_s)->text(), u"gone, was busy"_s);
        QVERIFY(child<MessageBar>(pane, u"messages"_s)->text().contains("as recorded until"_L1));
        QCOMPARE(child<QTableWidget>(pane, u"history"_s)->item(0, 2)->text(), u"gone"_s);
        QVERIFY(!child<QPushButton>(pane, u"deleteItem"_s)->isEnabled());
        QVERIFY(!child<QPushButton>(pane, u"openNotebook"_s)->isEnabled());
    }
    void tellsOfOneWhoseServerIsNotConfiguredAnyMore()
    {
        RecordedPanes fixture;
        fixture.seeLog(ItemType::Batch, u"729"_s, logWith(oom));
        ItemSubject subject = fixture.subject(ItemType::Batch, u"729"_s);
        subject.server = nullptr;
        BatchPane pane(subject);
        pane.show();
        QTRY_VERIFY(isReportShown(pane));
        QVERIFY(child<MessageBar>(pane, u"messages"_s)->text().contains("removed from Kindling"_L1));
    }
    void anotherOneOfItsIdIsNotTakenForIt()
    {
        RecordedPanes fixture;
        fixture.recorder->setPolicy({ .isOn = false });
        auto& session = fixture.state(u"prod"_s).sessions[3];
        session.name = u"another"_s;
        session.appId = u"application_99"_s;
        session.state = ItemState::fromWire(u"dead"_s);
        fixture.poll();
        SessionPane pane(fixture.subject(ItemType::Session, u"13"_s));
        pane.show();
        QTRY_COMPARE(emptyTitle(pane), u"Nothing was recorded of it"_s);
        QCOMPARE(child<QTableWidget>(pane, u"history"_s)->rowCount(), 1);
    }
    void saysSoWhereNothingWasRecorded()
    {
        RecordedPanes fixture;
        PostMortemPage page(*fixture.recorder);
        page.show();
        page.examine({ u"prod"_s, ItemType::Session, u"404"_s });
        const auto* empty = child<EmptyState>(page, u"postMortemEmpty"_s);
        QCOMPARE(emptyTitle(page), u"Looking into the records…"_s);
        QTRY_COMPARE(emptyTitle(page), u"Nothing was recorded of it"_s);
        QVERIFY(!empty->button()->isVisible());
    }
    void saysSoWhereTheRecordsCannotBeRead()
    {
        FakeClock clock;
        const QTemporaryDir folder;
        Recorder recorder(folder.path(), clock); // a folder is no database
        PostMortemPage page(recorder);
        page.show();
        page.examine({ u"prod"_s, ItemType::Session, u"1"_s });
        const auto* empty = child<EmptyState>(page, u"postMortemEmpty"_s);
        QTRY_VERIFY(empty->button()->isVisible());
        QCOMPARE(empty->button()->text(), u"Try again"_s);
        empty->button()->click();
        QTRY_VERIFY(empty->button()->isVisible());
    }
    void anUnknownCauseIsNotInvented()
    {
        RecordedPanes fixture;
        fixture.seeLog(ItemType::Batch, u"729"_s, { u"nothing to see"_s });
        BatchPane pane(fixture.subject(ItemType::Batch, u"729"_s));
        pane.show();
        QTRY_VERIFY(isReportShown(pane));
        QCOMPARE(child<QLabel>(pane, u"causeSays"_s)->text(), u"Why it ended was not recognised."_s);
        QVERIFY(!child<WrappedText>(pane, u"causeLine"_s)->isVisible());
    }
    void hostileLinesStayText()
    {
        RecordedPanes fixture;
        const QString line = u"java.lang.OutOfMemoryError <b>\u202egnp.exe\u0000\x1b[31m"_s + u"x"_s.repeated(100'000);
        fixture.seeLog(ItemType::Batch, u"729"_s, logWith(line));
        BatchPane pane(fixture.subject(ItemType::Batch, u"729"_s));
        pane.resize(900, 500);
        pane.show();
        QTRY_VERIFY(isReportShown(pane));
        const auto* shown = child<WrappedText>(pane, u"causeLine"_s);
        QVERIFY(shown->text().contains("<b>"_L1));
        QVERIFY(shown->text().size() <= 700);
        QVERIFY(!shown->text().contains(QChar(0x202e)));
        QVERIFY(!child<LogExcerpt>(pane, u"causeLog"_s)->toPlainText().contains(QChar(0x202e)));
        QVERIFY(!pane.grab().isNull());
    }
};

KINDLING_TEST(TestPostMortem)
#include "tst_postmortem.moc"
