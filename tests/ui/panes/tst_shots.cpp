// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsonnode.h"
#include "app/livy/requestcodec.h"
#include "app/models/eventsmodel.h"
#include "app/models/historymodel.h"
#include "app/models/requestsmodel.h"
#include "app/models/timelinemodel.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/panes/recordedpanes.h"
#include "ui/batch/batchpane.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/newsessiondialog.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/dialogs/submitbatchdialog.h"
#include "ui/log/eventspane.h"
#include "ui/log/historypane.h"
#include "ui/log/logpane.h"
#include "ui/log/requestspane.h"
#include "ui/log/timelinepane.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/overview/overviewpane.h"
#include "ui/session/sessionpane.h"
#include "ui/shell/notebookoutputs.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLineEdit>
#include <QPalette>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolTip>
#include <QTranslator>
#include <QVBoxLayout>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Grabs every pane and dialog, light and dark; into the folder KINDLING_SHOTS where it is set, to be looked at.
class TestShots final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_plurals.load(u":/i18n/kindling_en.qm"_s));
        QCoreApplication::installTranslator(&m_plurals);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void everyPaneFillsItsPlace_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << themePalette(Qt::ColorScheme::Light);
        QTest::newRow("dark") << themePalette(Qt::ColorScheme::Dark);
        QTest::newRow("contrast") << contrastPalette();
    }
    void everyPaneFillsItsPlace()
    {
        QFETCH(QPalette, palette);
        m_tone = QString::fromLatin1(QTest::currentDataTag());
        applyTheme(*qApp, Qt::ColorScheme::Light);
        QApplication::setPalette(palette);
        PanesFixture fixture;
        EventsModel events(&fixture.workspace);
        TimelineModel timeline(&fixture.workspace);
        fillLikeTheDrawing(fixture);
        shootLists(fixture);
        shootItems(fixture);
        shootEnds();
        shootPages();
        shootHistory();
        shootTimeline(fixture, timeline);
        shootDocks(fixture, events);
        shootDialogs();
    }
    void cleanupTestCase()
    {
        QCoreApplication::removeTranslator(&m_plurals);
        applyTheme(*qApp, Qt::ColorScheme::Light);
    }

private:
    /// As a desktop's high contrast is.
    static QPalette contrastPalette()
    {
        QPalette palette(Qt::white, Qt::black, Qt::white, Qt::darkGray, Qt::gray, Qt::white, Qt::white, Qt::black, Qt::black);
        palette.setColor(QPalette::AlternateBase, Qt::black);
        palette.setColor(QPalette::Highlight, QColor(u"#ffff00"_s));
        palette.setColor(QPalette::HighlightedText, Qt::black);
        palette.setColor(QPalette::Link, QColor(u"#80c0ff"_s));
        for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
            palette.setColor(QPalette::Disabled, role, QColor(u"#a0a0a0"_s));
        return palette;
    }
    void shoot(QWidget& widget, const QString& name, QSize size)
    {
        if (size.isValid())
            widget.resize(size);
        widget.show();
        QVERIFY(widget.isVisible());
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents();
        const QImage image = widget.grab().toImage();
        QVERIFY(!image.isNull());
        // A blank pane has one colour.
        QSet<QRgb> colors;
        for (int x = 0; x < image.width(); x += 3) {
            for (int y = 0; y < image.height(); y += 3)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 4, qPrintable(name));
        const QString folder = qEnvironmentVariable("KINDLING_SHOTS");
        if (!folder.isEmpty())
            QVERIFY(QDir().mkpath(folder) && image.save(u"%1/%2-%3.png"_s.arg(folder, name, m_tone)));
    }
    void shootLists(PanesFixture& fixture)
    {
        NavigatorPane navigator(&fixture.workspace);
        navigator.selectItem({ u"prod"_s, ItemType::Session, u"12"_s });
        shoot(navigator, u"navigator"_s, { 268, 600 });
        OverviewPane overview(&fixture.workspace);
        auto* table = child<QTableView>(overview, u"overviewTable"_s);
        table->setCurrentIndex(table->model()->index(0, 1));
        shoot(overview, u"overview"_s, { 1172, 560 });
        shoot(overview, u"overview-narrow"_s, { 720, 400 });
        shoot(overview, u"overview-900"_s, { 900, 540 });
        child<QPushButton>(overview, u"totalsMore"_s)->click();
        shoot(*child<QWidget>(overview, u"totalsPopup"_s), u"overview-totals"_s, {});
        child<QWidget>(overview, u"totalsPopup"_s)->close();
        shootCrowd();
        PanesFixture empty;
        OverviewPane blank(&empty.workspace);
        shoot(blank, u"overview-empty"_s, { 900, 400 });
        NavigatorPane blankNavigator(&empty.workspace);
        shoot(blankNavigator, u"navigator-empty"_s, { 268, 400 });
    }
    void shootCrowd()
    {
        PanesFixture crowd;
        crowd.addServer(u"prod"_s, u"production in the second data centre"_s);
        const QStringList states{ u"idle"_s, u"busy"_s, u"dead"_s, u"starting"_s };
        for (int number = 0; number < 10'000; ++number) {
            SparkItem item = sparkItem(QString::number(number), states.at(number % 4), u"a-session-with-quite-a-long-name-%1"_s.arg(number));
            item.owner = number % 3 == 0 ? u"an-owner-with-a-very-long-name@EXAMPLE.ORG"_s : u"ann"_s;
            item.queue = u"root.departments.analytics.adhoc"_s;
            crowd.state(u"prod"_s).sessions += item;
        }
        OverviewPane overview(&crowd.workspace);
        crowd.workspace.server(u"prod"_s)->refresh();
        crowd.clock.advance(60s);
        QCOMPARE(child<QTableView>(overview, u"overviewTable"_s)->model()->rowCount(), 10'000);
        shoot(overview, u"overview-crowd"_s, { 1172, 560 });
    }
    void shootItems(PanesFixture& fixture)
    {
        SessionPane session({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"13"_s } });
        shoot(session, u"session"_s, { 1172, 560 });
        BatchPane batch({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Batch, u"729"_s } });
        shoot(batch, u"batch"_s, { 720, 500 });
        SessionPane gone({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"77"_s } });
        shoot(gone, u"session-gone"_s, { 720, 400 });
    }
    /// Why things ended: recognised, not recognised, not recorded.
    void shootEnds()
    {
        RecordedPanes fixture;
        QStringList lines;
        for (int i = 0; i < 30; ++i)
            lines += u"26/11/22 07:59:%1 INFO TaskSetManager: Finished task %2.0 in stage 7.0 (TID 214) in 318 ms on 10.0.3.7"_s.arg(i + 10).arg(i);
        lines += u"26/11/22 08:00:00 ERROR YarnScheduler: Lost executor 3 on 10.0.3.7: Container killed by YARN for exceeding physical memory limits. "
                 "5.6 GB of 5.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead."_s;
        lines += u"26/11/22 08:00:01 WARN TaskSetManager: Lost task 14.0 in stage 7.0"_s;
        fixture.seeLog(ItemType::Batch, u"729"_s, lines);
        BatchPane known(fixture.subject(ItemType::Batch, u"729"_s));
        shootReport(known, u"end-known"_s, { 1172, 560 });
        shootReport(known, u"end-known-small"_s, { 640, 420 });
        shootReport(known, u"end-known-narrow"_s, { 640, 640 });
        SessionPane unknown(fixture.subject(ItemType::Session, u"9"_s));
        shootReport(unknown, u"end-unknown"_s, { 900, 460 });
        SessionPane unrecorded(fixture.subject(ItemType::Session, u"77"_s));
        unrecorded.showPostMortem();
        unrecorded.show();
        QTRY_VERIFY(child<QWidget>(*child<QWidget>(unrecorded, u"postMortemPage"_s), u"emptyProgress"_s)->isHidden());
        shoot(unrecorded, u"end-unrecorded"_s, { 900, 400 });
    }
    static void recordRuns(RecordedPanes& fixture)
    {
        const QStringList codes{ u"df = spark.read.parquet('/sales')"_s, u"df.groupBy('country').sum('amount').show()"_s, u"1/0"_s };
        for (int i = 0; i < codes.size(); ++i) {
            StatementSeen seen;
            seen.id = i;
            seen.code = codes.at(i) + u"\n# and so on"_s;
            seen.kind = Kind::PySpark;
            seen.state = i == 2 ? RunState::Failed : RunState::Finished;
            seen.submitted = seen.started = fixture.clock.now();
            seen.completed = fixture.clock.now().addMSecs(340 + i * 1970);
            if (i == 2)
                seen.output = errorOutput(u"ZeroDivisionError"_s, u"division by zero"_s);
            fixture.record(ItemType::Session, u"12"_s, seen);
        }
    }
    /// The further pages of sessions and batches.
    void shootPages()
    {
        RecordedPanes fixture;
        fixture.state(u"prod"_s).sessions[2].idleTimeout = u"1h"_s;
        fixture.poll();
        fixture.prod()->setKeptAlive(u"12"_s, true);
        fixture.clock.advance(1min);
        recordRuns(fixture);
        SessionPane session(fixture.subject(ItemType::Session, u"12"_s), notebookOutputs());
        shoot(session, u"session-kept"_s, { 1172, 560 });
        auto* pages = child<QTabWidget>(session, u"itemPages"_s);
        pages->setCurrentIndex(1);
        shoot(session, u"statements-none"_s, { 900, 400 });
        auto* table = child<QTableView>(session, u"statementsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        table->selectRow(0);
        fixture.state(u"prod"_s).statements = { statement(3, StatementState::Running, u"train(model, epochs=20)"_s) };
        fixture.state(u"prod"_s).statements[0].progress = 0.62;
        child<QPushButton>(session, u"attachStatements"_s)->click();
        fixture.clock.advance(1s);
        QTRY_VERIFY(child<QWidget>(session, u"statementNote"_s)->isHidden());
        shoot(session, u"statements"_s, { 1172, 480 });
        shoot(session, u"statements-small"_s, { 640, 360 });
        pages->setCurrentIndex(2);
        shoot(session, u"configuration"_s, { 900, 400 });
        fixture.seeLog(ItemType::Batch, u"729"_s, { u"08:00:01 INFO start"_s, u"08:00:02 INFO read 17 rows"_s, u"08:00:03 ERROR no such table"_s });
        fixture.seeLog(ItemType::Batch, u"731"_s, { u"09:10:11 INFO start"_s, u"09:10:12 INFO read 4 rows"_s, u"09:10:13 INFO done"_s });
        BatchPane batch(fixture.subject(ItemType::Batch, u"729"_s));
        batch.show();
        child<QTabWidget>(batch, u"itemPages"_s)->setCurrentWidget(child<QWidget>(batch, u"comparePage"_s));
        shoot(batch, u"compare-none"_s, { 900, 400 });
        auto* choice = child<QComboBox>(batch, u"compareWith"_s);
        QTRY_VERIFY(choice->count() > 1);
        choice->setCurrentIndex(1);
        Q_EMIT choice->activated(1);
        QTRY_VERIFY(child<QWidget>(batch, u"compareFacts"_s)->isVisible());
        shoot(batch, u"compare"_s, { 1172, 560 });
        shoot(batch, u"compare-small"_s, { 640, 420 });
    }
    void shootHistory()
    {
        RecordedPanes fixture;
        HistoryModel none(*fixture.recorder, fixture.workspace);
        HistoryPane empty(&none, *fixture.recorder, notebookOutputs());
        empty.show();
        QTRY_VERIFY(!none.isLoading());
        shoot(empty, u"history-empty"_s, { 1172, 230 });
        recordRuns(fixture);
        HistoryModel model(*fixture.recorder, fixture.workspace);
        HistoryPane history(&model, *fixture.recorder, notebookOutputs());
        history.show();
        QTRY_COMPARE(model.rowCount(), 3);
        child<QTableView>(history, u"historyTable"_s)->selectRow(0);
        QTRY_VERIFY(child<QWidget>(history, u"statementNote"_s)->isHidden());
        shoot(history, u"history"_s, { 1172, 230 });
        shoot(history, u"history-small"_s, { 640, 230 });
    }
    void shootReport(QWidget& pane, const QString& name, QSize size)
    {
        pane.show();
        QTRY_VERIFY(child<QWidget>(pane, u"lastStates"_s)->isVisible());
        shoot(pane, name, size);
    }
    void shootDocks(PanesFixture& fixture, EventsModel& events)
    {
        QStringList lines{ u"stdout: "_s, u"\nstderr: "_s };
        for (int i = 0; i < 30; ++i)
            lines += u"26/11/22 14:02:%1 INFO DAGScheduler: Submitting %2 missing tasks from ShuffleMapStage 7"_s.arg(i + 10).arg(200 - i);
        lines += u"26/11/22 14:02:10 WARN TaskSetManager: Lost task 14.0 in stage 7.0 (TID 214) (10.0.3.7 executor 3): FetchFailed"_s;
        lines += u"26/11/22 14:02:11 ERROR TaskSetManager: Task 14 in stage 7.0 failed 4 times; aborting job"_s;
        lines += u"26/11/22 14:02:12 INFO CodeGenerator: Code generated in 38.9 ms"_s;
        fixture.state(u"prod"_s).onLog
            = [lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
        LogPane log(&fixture.workspace);
        shoot(log, u"log-empty"_s, { 1172, 230 });
        log.showItem({ u"prod"_s, ItemType::Session, u"12"_s });
        fixture.clock.advance(2s);
        child<QLineEdit>(log, u"logSearch"_s)->setText(u"executor 3"_s);
        shoot(log, u"log"_s, { 1172, 230 });
        EventsPane eventsPane(&events);
        shoot(eventsPane, u"events"_s, { 1172, 230 });
        fixture.state(u"prod"_s).onRemove = [](ItemType, const QString& id) -> Script<Done> {
            return id == "12"_L1 ? Script<Done>(std::unexpected(errorOf(ErrorKind::Forbidden))) : Script<Done>(Done{});
        };
        for (const auto& id : { u"12"_s, u"9"_s })
            fixture.workspace.server(u"prod"_s)->remove(ItemType::Session, id, &eventsPane, [](const Result<Done>&) {});
        fixture.clock.advance(1s);
        child<QPushButton>(eventsPane, u"eventsOwnActs"_s)->click();
        shoot(eventsPane, u"events-own-acts"_s, { 1172, 230 });
        RequestLog requests;
        RequestsModel model(&requests);
        for (int i = 0; i < 6; ++i) {
            Exchange exchange;
            exchange.when = fixture.clock.now().addMSecs(i * 137);
            exchange.method = i == 2 ? "POST" : "GET";
            exchange.server = i == 3 ? u"fabric"_s : u"prod"_s;
            exchange.url = QUrl(u"https://prod.example.org:8998/sessions?from=0&size=100"_s);
            exchange.status = i == 4 ? 503 : 200;
            exchange.elapsed = std::chrono::milliseconds(12 + i);
            exchange.receivedBytes = 14'210 * i;
            exchange.problem = i == 4 ? u"The server asks to try again later"_s : QString();
            requests.record(exchange);
        }
        RequestsPane requestsPane(&model, &fixture.workspace);
        shoot(requestsPane, u"requests"_s, { 1172, 230 });
        shoot(requestsPane, u"requests-narrow"_s, { 640, 230 });
    }
    void shootTimeline(PanesFixture& fixture, TimelineModel& timeline)
    {
        auto& prod = fixture.state(u"prod"_s);
        const auto become = [&](qsizetype session, const QString& word, std::chrono::milliseconds after) {
            prod.sessions[session].state = ItemState::fromWire(word);
            fixture.poll();
            fixture.clock.advance(after);
        };
        become(4, u"idle"_s, 200s);
        become(3, u"idle"_s, 240s);
        become(4, u"busy"_s, 400s);
        become(4, u"dead"_s, 100s);
        become(3, u"busy"_s, 90s);
        fixture.state(u"prod"_s).outage = errorOf(ErrorKind::Network);
        fixture.clock.advance(240s);
        fixture.state(u"prod"_s).outage.reset();
        fixture.poll();
        fixture.clock.advance(90s);
        TimelinePane pane(&timeline, fixture.clock);
        pane.setCurrent({ u"prod"_s, ItemType::Session, u"13"_s });
        shoot(pane, u"timeline"_s, { 1172, 230 });
        shoot(pane, u"timeline-narrow"_s, { 620, 230 });
        pane.resize(1172, 230);
        QCoreApplication::sendPostedEvents();
        auto* strips = child<QAbstractScrollArea>(pane, u"timelineView"_s)->viewport();
        for (const int x : { strips->width() / 2, strips->width() - 120 }) {
            const QPoint place(x, 60);
            QHelpEvent help(QEvent::ToolTip, place, strips->mapToGlobal(place));
            QCoreApplication::sendEvent(strips, &help);
            for (QWidget* tip : QApplication::topLevelWidgets()) {
                if (tip->inherits("QTipLabel") && tip->isVisible())
                    shoot(*tip, u"timeline-tip-%1"_s.arg(x == strips->width() / 2 ? u"span"_s : u"gap"_s), {});
            }
        }
        QToolTip::hideText();
        PanesFixture empty;
        TimelineModel nothing(&empty.workspace);
        TimelinePane blank(&nothing, empty.clock);
        shoot(blank, u"timeline-empty"_s, { 1172, 230 });
    }
    void shootMessages()
    {
        QWidget page;
        auto* column = new QVBoxLayout(&page);
        column->setContentsMargins(0, 0, 0, 0);
        const auto add = [&page, column](bool isProblem, const QString& text, const QString& detail, const QString& act) {
            auto* bar = new MessageBar(&page);
            isProblem ? bar->showProblem(text, detail) : bar->showInfo(text, detail);
            bar->setAction(act, [] {});
            column->addWidget(bar);
        };
        add(true, u"prod refused the sign-in."_s, u"401 Unauthorized"_s, {});
        add(true, u"The request was refused."_s, QStringList(6, u"at org.apache.livy.server.SessionServlet.doPost(SessionServlet.scala:142)"_s).join(u'\n'), u"&Open the request again"_s);
        add(false, u"Session 12 was created."_s, {}, u"&Use it in this notebook"_s);
        add(false, u"2 batches failed"_s, u"prod: 729 load-orders\nprod: 9 nightly"_s, u"Show"_s);
        column->addStretch();
        shoot(page, u"messages"_s, { 900, 300 });
        shoot(page, u"messages-narrow"_s, { 420, 440 });
    }
    void shootSettings()
    {
        SettingsDialog settings({ .notices = { .rules = { { NoticeRule::What::BatchRunsLong, u"nightly-*"_s, 90min },
                                                   { NoticeRule::What::SessionIdleLong, {}, 240min } } } },
            u"/home/ann/.local/state/kindling/history/records.sqlite"_s);
        auto* pages = child<QTabWidget>(settings, u"pages"_s);
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            shoot(settings, u"dialog-settings-%1"_s.arg(page), {});
        }
        shoot(settings, u"dialog-settings-narrow"_s, settings.minimumSizeHint());
    }
    void shootDialogs()
    {
        ServerDialog server({}, ServerDialog::SecretHome::Keychain);
        child<QLineEdit>(server, u"name"_s)->setText(u"prod"_s);
        child<QLineEdit>(server, u"url"_s)->setText(u"http://livy.example.org:8998"_s);
        child<QComboBox>(server, u"auth"_s)->setCurrentIndex(1);
        child<QLineEdit>(server, u"user"_s)->setText(u"ann"_s);
        child<QLineEdit>(server, u"secret"_s)->setText(u"secret"_s);
        server.showTestResult(failure(ErrorKind::SignIn, u"prod refused the sign-in"_s, u"401 Unauthorized"_s));
        shoot(server, u"dialog-server"_s, {});
        shootConnection();
        shootRequests();
        shootSettings();
        shootMessages();
        AboutDialog about;
        shoot(about, u"dialog-about"_s, {});
    }

    void shootConnection()
    {
        ServerProfile profile{ u"1"_s, u"prod"_s, ServerKind::Livy, QUrl(u"https://gateway.example.org:8443/gateway/default/livy/v1"_s), AuthKind::None, {} };
        profile.doAs = u"etl"_s;
        profile.headerNames = { u"X-Api-Key"_s, u"X-Team"_s };
        ServerDialog server(profile, ServerDialog::SecretHome::Keychain);
        server.showTestResult(failure(ErrorKind::Tls, u"The certificate of gateway.example.org:8443 is not trusted: The certificate is self-signed, and untrusted"_s));
        server.offerPin({ u"gateway.example.org"_s, u"Example Company CA"_s, QDateTime(QDate(2030, 1, 2), QTime(3, 4)), QByteArray(32, '\x5A') });
        shoot(server, u"dialog-server-advanced"_s, {});
    }

    void shootRequests()
    {
        RequestTarget target;
        target.server.name = u"prod"_s;
        target.version = { u"0.8.0-incubating"_s, 0, 8, {}, {}, {}, {}, {}, {} };
        const auto sessionPreview = [&target](const NewSession& wanted) { return indentedJson(encodeSession(wanted, target.version)).toUtf8(); };
        const auto batchPreview = [](const NewBatch& wanted) { return indentedJson(encodeBatch(wanted)).toUtf8(); };
        NewSessionDialog session(target, sessionPreview, {});
        shoot(session, u"dialog-session"_s, {});
        child<QLineEdit>(session, u"name"_s)->setText(u"etl-ann"_s);
        child<QLineEdit>(session, u"driverMemory"_s)->setText(u"lots"_s);
        child<QPlainTextEdit>(session, u"jars"_s)->setPlainText(u"hdfs:///libs/orders-1.4.jar"_s);
        child<QPlainTextEdit>(session, u"conf"_s)->setPlainText(u"spark.sql.shuffle.partitions=64"_s);
        auto* pages = child<QTabWidget>(session, u"pages"_s);
        for (int page = 1; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            shoot(session, u"dialog-session-page%1"_s.arg(page), {});
        }
        SubmitBatchDialog batch(target, batchPreview, {}, nullptr);
        shoot(batch, u"dialog-batch"_s, {});
        child<QPlainTextEdit>(batch, u"requestJson"_s)->setPlainText(u"{ \"file\": \"load.py\" }"_s);
        shoot(batch, u"dialog-batch-raw"_s, {});
    }

    QTranslator m_plurals;
    QString m_tone;
};

KINDLING_TEST(TestShots)
#include "tst_shots.moc"
