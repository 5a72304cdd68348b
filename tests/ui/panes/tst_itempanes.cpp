// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/shown.h"
#include "ui/batch/batchpane.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/common/wrappedtext.h"
#include "ui/session/sessionpane.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
const ItemKey session13{ u"prod"_s, ItemType::Session, u"13"_s };
const ItemKey batch731{ u"prod"_s, ItemType::Batch, u"731"_s };

QStringList texts(const QWidget& pane)
{
    QStringList all;
    for (const QLabel* label : pane.findChildren<QLabel*>())
        all += label->text();
    return all;
}

QLabel* labelOf(const QWidget& pane, const QString& text)
{
    for (QLabel* label : pane.findChildren<QLabel*>()) {
        if (label->text() == text)
            return label;
    }
    return nullptr;
}
}

class TestItemPanes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void tellsWhatIsKnownOfASession()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.show();
        QCOMPARE(child<ElidedLabel>(pane, u"title"_s)->text(), u"Session 13 adhoc"_s);
        QCOMPARE(child<QLabel>(pane, u"stateWords"_s)->text(), u"busy"_s);
        const QStringList shown = texts(pane);
        for (const auto& expected : { u"PySpark"_s, u"bo"_s, u"8 s"_s, u"adhoc"_s, u"application_17_0413"_s })
            QVERIFY2(shown.contains(expected), qPrintable(expected));
        fixture.clock.advance(6s); // the last second is not over at once
        QVERIFY(texts(pane).contains(u"13 s"_s));
    }
    void tellsHowFarAStartIs()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SparkItem& item = fixture.state(u"prod"_s).sessions[3];
        item.state = ItemState::fromWire(u"starting"_s);
        item.appId.clear();
        item.log = {};
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        auto* words = child<QLabel>(pane, u"stateWords"_s);
        QCOMPARE(words->text(), u"starting · waiting for app id"_s);
        item.appId = u"application_17_0413"_s;
        fixture.poll();
        QCOMPARE(words->text(), u"starting · waiting for its driver"_s);
        item.log = TextList(QStringList{ u"24/05/01 INFO Client: Application report for application_17_0413 (state: RUNNING)"_s });
        fixture.poll();
        QCOMPARE(words->text(), u"starting · driver starts"_s);
        item.log = TextList(QStringList{ u"24/05/01 INFO SparkEntries: Created Spark session."_s });
        fixture.poll();
        QCOMPARE(words->text(), u"starting · interpreter starts"_s);
        item.state = ItemState::fromWire(u"idle"_s);
        fixture.poll();
        QCOMPARE(words->text(), u"idle"_s);
    }
    void followsTheStateAndRemembersIt()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        auto* history = child<QTableWidget>(pane, u"history"_s);
        QCOMPARE(history->rowCount(), 1);
        fixture.state(u"prod"_s).sessions[3].state = ItemState::fromWire(u"dead"_s);
        fixture.poll();
        QCOMPARE(child<QLabel>(pane, u"stateWords"_s)->text(), u"dead"_s);
        QCOMPARE(history->rowCount(), 2);
        QCOMPARE(history->item(0, 2)->text(), u"dead"_s);
        QCOMPARE(history->item(1, 2)->text(), u"busy"_s); // as it was found
        QVERIFY(!child<QPushButton>(pane, u"openNotebook"_s)->isEnabled());
        QVERIFY(child<QPushButton>(pane, u"deleteItem"_s)->isEnabled());
    }
    void aLongWordMakesNoPageWide()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        const QString jars = u"hdfs:///libs/"_s + QString(900, u'x');
        fixture.state(u"prod"_s).sessions[3].conf = { { u"spark.jars"_s, jars } };
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.resize(700, 500);
        pane.show();
        const auto* facts = child<QWidget>(pane, u"facts"_s);
        QTRY_VERIFY(facts->isVisible());
        QVERIFY2(facts->minimumSizeHint().width() < 500, qPrintable(QString::number(facts->minimumSizeHint().width())));
        const auto* text = facts->findChild<WrappedText*>();
        QVERIFY(text && text->text().contains(jars));
        QTRY_COMPARE(text->height(), text->heightForWidth(text->width()));
    }
    void keepsActsThatHaveNoRoomInAMenu()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        const auto* copy = child<QPushButton>(pane, u"copyItem"_s);
        const auto* stop = child<QPushButton>(pane, u"stopItem"_s);
        auto* more = child<QToolButton>(pane, u"moreActs"_s);
        pane.resize(1100, 500);
        pane.show();
        QTRY_VERIFY(copy->isVisible() && !more->isVisible());
        pane.resize(600, 500);
        QTRY_VERIFY(!copy->isVisible() && more->isVisible());
        QVERIFY(stop->isVisible());
        QCOMPARE(stop->mapTo(&pane, QPoint()).y(), child<QPushButton>(pane, u"openNotebook"_s)->mapTo(&pane, QPoint()).y());
        QCOMPARE(pane.width(), 600);
        Q_EMIT more->menu()->aboutToShow();
        const QList<QAction*> acts = more->menu()->actions();
        const auto act = std::ranges::find(acts, copy->text(), &QAction::text);
        QVERIFY(act != acts.end());
        const QSignalSpy wanted(&pane, &ItemPane::copyRequested);
        (*act)->trigger();
        QCOMPARE(wanted.size(), 1);
        QVERIFY(std::ranges::none_of(acts, [](const QAction* each) { return each->text().contains("Python"_L1); }));
    }
    void offersToRestartPythonWhereTheServerCan()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane without({ fixture.workspace.server(u"prod"_s), session13 });
        QVERIFY(child<QPushButton>(without, u"restartPython"_s)->isHidden());
        fixture.state(u"prod"_s).hasPython = true;
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        auto* restart = child<QPushButton>(pane, u"restartPython"_s);
        QVERIFY(!restart->isHidden() && restart->isEnabled());
        const QSignalSpy wanted(&pane, &SessionPane::pythonRestartRequested);
        restart->click();
        QCOMPARE(wanted.at(0).at(0).value<ItemKey>(), session13);
        for (const QString& state : { u"starting"_s, u"dead"_s }) {
            fixture.state(u"prod"_s).sessions[3].state = ItemState::fromWire(state);
            fixture.poll();
            QVERIFY2(!restart->isEnabled(), qPrintable(state));
        }
    }
    void asksForWhatItsButtonsSay()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane session({ fixture.workspace.server(u"prod"_s), session13 });
        QSignalSpy notebook(&session, &SessionPane::notebookRequested);
        QSignalSpy deleted(&session, &SessionPane::deleteRequested);
        const QSignalSpy log(&session, &ItemPane::logRequested);
        child<QPushButton>(session, u"showLog"_s)->click();
        QCOMPARE(log.at(0).at(0).value<ItemKey>(), session13);
        QCOMPARE(log.at(0).at(1).value<LifeNumber>(), 0);
        child<QPushButton>(session, u"openNotebook"_s)->click();
        child<QPushButton>(session, u"deleteItem"_s)->click();
        QCOMPARE(notebook.at(0).at(0).value<ItemKey>(), session13);
        QCOMPARE(deleted.at(0).at(0).value<QList<ItemKey>>(), QList{ session13 });
        BatchPane batch({ fixture.workspace.server(u"prod"_s), batch731 });
        const QSignalSpy logOfBatch(&batch, &ItemPane::logRequested);
        child<QPushButton>(batch, u"showLog"_s)->click();
        QCOMPARE(logOfBatch.at(0).at(0).value<ItemKey>(), batch731);
        QSignalSpy deletedBatch(&batch, &BatchPane::deleteRequested);
        child<QPushButton>(batch, u"deleteItem"_s)->click();
        QCOMPARE(deletedBatch.at(0).at(0).value<QList<ItemKey>>(), QList{ batch731 });
    }
    void asksForAnotherOneLikeIt()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane session({ fixture.workspace.server(u"prod"_s), session13 });
        QSignalSpy copied(&session, &SessionPane::copyRequested);
        fixture.state(u"prod"_s).sessions.removeAt(3);
        fixture.poll(); // also of one that is gone
        child<QPushButton>(session, u"copyItem"_s)->click();
        QCOMPARE(copied.at(0).at(0).value<ItemKey>(), session13);
        QCOMPARE(copied.at(0).at(1).value<SparkItem>().driverMemory, u"2g"_s);
        BatchPane batch({ fixture.workspace.server(u"prod"_s), batch731 });
        QSignalSpy copiedBatch(&batch, &BatchPane::copyRequested);
        child<QPushButton>(batch, u"copyItem"_s)->click();
        QCOMPARE(copiedBatch.size(), 1);
        SessionPane unseen({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"404"_s } });
        QVERIFY(!child<QPushButton>(unseen, u"copyItem"_s)->isEnabled());
    }
    void keepsWhatWasKnownAfterItIsGone()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.show();
        fixture.state(u"prod"_s).sessions.removeAt(3);
        fixture.poll();
        auto* messages = child<MessageBar>(pane, u"messages"_s);
        QVERIFY(messages->isVisible());
        QVERIFY(messages->text().startsWith("Gone: last seen"_L1));
        QCOMPARE(child<QLabel>(pane, u"stateWords"_s)->text(), u"gone, was busy"_s);
        QVERIFY(texts(pane).contains(u"application_17_0413"_s));
        QVERIFY(!child<QPushButton>(pane, u"deleteItem"_s)->isEnabled());
    }
    void survivesItsServer()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        BatchPane pane({ fixture.workspace.server(u"prod"_s), batch731 });
        pane.show();
        fixture.removeServer(u"prod"_s);
        fixture.clock.advance(0ms); // it goes after those who wait for it
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QTRY_VERIFY(child<MessageBar>(pane, u"messages"_s)->text().contains("removed"_L1));
        fixture.clock.advance(5s);
        QVERIFY(!child<QPushButton>(pane, u"deleteItem"_s)->isEnabled());
        QCOMPARE(child<ElidedLabel>(pane, u"title"_s)->text(), u"Batch 731 load-orders"_s);
    }
    void saysSoWhereItWasNeverSeen()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"404"_s } });
        pane.show();
        QVERIFY(child<MessageBar>(pane, u"messages"_s)->text().startsWith("Gone"_L1));
        QVERIFY(!child<QPushButton>(pane, u"deleteItem"_s)->isEnabled());
    }
    void tellsTheAgeOfWhatItShowsWhileOffline()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.show();
        fixture.state(u"prod"_s).outage = errorOf(ErrorKind::Network);
        fixture.poll();
        fixture.clock.advance(60s);
        QVERIFY(child<MessageBar>(pane, u"messages"_s)->text().contains("offline"_L1));
    }
    void keepsFocusAndSelectionWhileTheAgeGrows()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).sessions[3].sparkUiUrl = u"http://ui.example.org/a?b=1&c=2"_s;
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.show();
        auto* link = child<QAbstractButton>(pane, u"link"_s);
        link->setFocus();
        QCOMPARE(shownToolTip(link->toolTip()), u"http://ui.example.org/a?b=1&c=2"_s);
        QLabel* appId = labelOf(pane, u"application_17_0413"_s);
        appId->setSelection(0, 11);
        fixture.clock.advance(6s); // the last second is not over at once
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(labelOf(pane, u"13 s"_s) != nullptr);
        QCOMPARE(pane.focusWidget(), link);
        QCOMPARE(labelOf(pane, u"application_17_0413"_s)->selectedText(), u"application"_s);
    }
    void opensTheLinkThatItShowsNow()
    {
        SummaryPage page;
        QSignalSpy opened(&page, &SummaryPage::linkActivated);
        page.setFacts({ { u"Spark UI"_s, u"old"_s, QUrl(u"http://old.example.org/"_s), {} } });
        page.setFacts({ { u"Spark UI"_s, u"new"_s, QUrl(u"http://new.example.org/"_s), {} } });
        auto* link = child<QAbstractButton>(page, u"link"_s);
        link->click();
        QCOMPARE(link->text(), u"new"_s);
        QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(u"http://new.example.org/"_s));
        page.setFacts({ { u"Spark UI"_s, u"none"_s, {}, {} } });
        QVERIFY(labelOf(page, u"none"_s) != nullptr);
    }
    void showsSecretSettingsWhenAskedOnly()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).sessions[3].conf = { { u"fs.azure.account.key.sales"_s, u"c2VjcmV0"_s },
            { u"spark.driver.extraJavaOptions"_s, u"-Dtrust.password=hunter2"_s }, { u"spark.sql.shuffle.partitions"_s, u"64"_s } };
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        const QString shown = u"fs.azure.account.key.sales = •••\nspark.driver.extraJavaOptions = •••\nspark.sql.shuffle.partitions = 64"_s;
        QVERIFY(labelOf(pane, shown) != nullptr);
        for (const QWidget* widget : pane.findChildren<QWidget*>())
            QVERIFY(!QString(widget->toolTip() + widget->accessibleName()).contains("c2VjcmV0"_L1));
        auto* reveal = child<QAbstractButton>(pane, u"reveal"_s);
        QCOMPARE(reveal->accessibleName(), reveal->text());
        reveal->click();
        QVERIFY(texts(pane).join(u'\n').contains("sales = c2VjcmV0"_L1));
        reveal->click();
        QVERIFY(labelOf(pane, shown) != nullptr);
    }
    void offersNothingToRevealWhereNothingIsSecret()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).sessions[3].conf = { { u"spark.sql.shuffle.partitions"_s, u"64"_s } };
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        QVERIFY(texts(pane).contains(u"spark.sql.shuffle.partitions = 64"_s));
        QVERIFY(pane.findChildren<QAbstractButton*>(u"reveal"_s).isEmpty());
    }
    void takesNoLinkButWebLinksAndNoMarkup()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SparkItem& item = fixture.state(u"prod"_s).sessions[3];
        item.name = hostileName();
        item.sparkUiUrl = u"file:///etc/passwd"_s;
        item.driverLogUrl = u"http://logs.example.org/13"_s;
        item.conf = { { u"<b>k</b>"_s, hostileName() } };
        fixture.poll();
        SessionPane pane({ fixture.workspace.server(u"prod"_s), session13 });
        pane.show();
        const auto links = pane.findChildren<QAbstractButton*>(u"link"_s);
        QCOMPARE(links.size(), 1);
        QCOMPARE(links.at(0)->text(), u"http://logs.example.org/13"_s);
        for (const QLabel* label : pane.findChildren<QLabel*>()) {
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
            QVERIFY(label->text().size() <= 2000);
        }
        QVERIFY(!pane.grab().isNull());
    }
};

KINDLING_TEST(TestItemPanes)
#include "tst_itempanes.moc"
