// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/httperror.h"
#include "app/models/eventsmodel.h"
#include "app/models/requestsmodel.h"
#include "app/net/networkerror.h"
#include "tests/support/testmain.h"
#include "tests/ui/panes/panesfixture.h"
#include "tests/ui/pseudolocale.h"
#include "ui/batch/batchpane.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/log/eventspane.h"
#include "ui/log/logpane.h"
#include "ui/log/requestspane.h"
#include "ui/navigator/navigatorpane.h"
#include "ui/common/choicefilter.h"
#include "ui/overview/overviewpane.h"
#include "ui/session/sessionpane.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void replaceAndRemove(PanesFixture& fixture)
{
    fixture.workspace.server(u"prod"_s)->sessions().remove(u"12"_s);
    auto& state = fixture.state(u"prod"_s);
    state.sessions.removeAt(2);
    state.sessions[2].appId = u"application_17_04999"_s;
    state.sessions[2].name = u"weekly"_s;
    state.batches.removeAt(1);
    fixture.poll();
    fixture.clock.advance(1min);
}

void addEveryState(PanesFixture& fixture)
{
    auto& state = fixture.state(u"prod"_s);
    int id = 100;
    for (const auto* word : { "not_started", "starting", "recovering", "idle", "running", "busy", "shutting_down", "error", "dead",
             "killed", "success", "" })
        state.sessions += sparkItem(QString::number(id++), QString::fromLatin1(word), u"adhoc"_s);
    fixture.poll();
    id = 101;
    for (const auto* kind : { "pyspark", "spark", "sparkr", "sql" })
        fixture.workspace.server(u"prod"_s)->sessions().setDamage(QString::number(id++), QString::fromLatin1(kind));
    fixture.workspace.server(u"prod"_s)->sessions().setDeleting(u"105"_s, true);
}

}

/// Every pane in every state, in a language of longer words: nothing untranslated, nothing cut off.
class TestPseudoPanes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, Qt::ColorScheme::Light);
        QVERIFY(m_locale.isLoaded());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void sessionsAreWhole_data() { rooms(); }
    void sessionsAreWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        fixture.state(u"prod"_s).sessions[2].proxyUser = u"ann"_s;
        fixture.state(u"prod"_s).sessions[2].idleTimeout = u"1h"_s;
        fixture.state(u"prod"_s).sessions[2].ttl = u"2h"_s;
        fixture.state(u"prod"_s).sessions[2].driverLogUrl = u"http://spark.example.org/log"_s;
        fixture.poll();
        for (const auto* id : { "9", "11", "12", "13", "14", "77" }) {
            SessionPane pane({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, QString::fromLatin1(id) } });
            check(pane, central());
        }
    }

    void batchesAreWhole_data() { rooms(); }
    void batchesAreWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        for (const auto* id : { "728", "729", "731", "77" }) {
            BatchPane pane({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Batch, QString::fromLatin1(id) } });
            check(pane, central());
        }
    }

    void itemsThatEndWhileTheyAreShownAreWhole_data() { rooms(); }
    void itemsThatEndWhileTheyAreShownAreWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        SessionPane deleted({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"12"_s } });
        SessionPane replaced({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"13"_s } });
        BatchPane gone({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Batch, u"729"_s } });
        replaceAndRemove(fixture);
        check(deleted, central());
        check(replaced, central());
        check(gone, central());
        fixture.removeServer(u"prod"_s);
        check(deleted, central());
    }

    void theOverviewIsWhole_data() { rooms(); }
    void theOverviewIsWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        OverviewPane pane(&fixture.workspace);
        child<QTableView>(pane, u"overviewTable"_s)->selectAll();
        for (const auto* name : { "overviewStates", "overviewKinds" })
            Q_EMIT child<ChoiceFilter>(pane, QString::fromLatin1(name))->menu()->aboutToShow();
        Q_EMIT child<QMenu>(pane, u"overviewColumnsMenu"_s)->aboutToShow();
        check(pane, central());
        child<QLineEdit>(pane, u"overviewFilter"_s)->setText(u"nothing has this"_s);
        check(pane, central());
    }

    void theNavigatorIsWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        addEveryState(fixture);
        NavigatorPane pane(&fixture.workspace);
        check(pane, { 268, 900 });
        child<QLineEdit>(pane, u"navigatorFilter"_s)->setText(u"nothing has this"_s);
        check(pane, { 268, 600 });
    }

    void whatIsEmptyIsWhole_data() { rooms(); }
    void whatIsEmptyIsWhole()
    {
        PanesFixture fixture;
        EventsModel events(&fixture.workspace);
        RequestLog requestLog;
        RequestsModel requests(&requestLog);
        OverviewPane overview(&fixture.workspace);
        check(overview, central());
        NavigatorPane navigator(&fixture.workspace);
        check(navigator, { 268, 600 });
        LogPane log(&fixture.workspace);
        check(log, dock());
        EventsPane eventsPane(&events);
        check(eventsPane, dock());
        RequestsPane requestsPane(&requests, &fixture.workspace);
        check(requestsPane, dock());
        fixture.addServer(u"prod"_s, u"prod"_s);
        check(overview, central());
        fixture.poll();
        check(overview, central());
    }

    void serversInTroubleAreWhole_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Io); ++kind)
            QTest::addRow("%d", kind) << static_cast<ErrorKind>(kind);
    }
    void serversInTroubleAreWhole()
    {
        QFETCH(ErrorKind, kind);
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        Error outage;
        outage.kind = kind;
        fixture.state(u"prod"_s).outage = outage;
        SessionPane session({ fixture.workspace.server(u"prod"_s), { u"prod"_s, ItemType::Session, u"12"_s } });
        OverviewPane overview(&fixture.workspace);
        NavigatorPane navigator(&fixture.workspace);
        LogPane log(&fixture.workspace);
        log.showItem({ u"prod"_s, ItemType::Session, u"12"_s });
        log.show();
        for (int i = 0; i < 4; ++i)
            fixture.poll();
        check(session, { 900, 540 });
        check(overview, { 900, 540 });
        check(navigator, { 268, 600 });
        check(log, { 900, 200 });
    }

    void everyErrorIsWordedWhole_data()
    {
        QTest::addColumn<Error>("error");
        const QUrl url(u"https://prod.example.org:8998/sessions"_s);
        for (const int status : { 301, 400, 401, 403, 404, 405, 407, 408, 409, 410, 413, 422, 429, 500, 502, 503, 504 }) {
            HttpResponse response;
            response.status = status;
            response.received = QDateTime::currentDateTimeUtc();
            QTest::addRow("status %d", status) << errorOf(response, url);
        }
        for (int code = 1; code < 500; ++code)
            QTest::addRow("network %d", code) << asUnknownOutcome(noAnswerError(static_cast<QNetworkReply::NetworkError>(code), {}, url, {}));
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Io); ++kind) {
            Error error;
            error.kind = static_cast<ErrorKind>(kind);
            QTest::addRow("kind %d", kind) << error;
        }
    }
    void everyErrorIsWordedWhole()
    {
        QFETCH(Error, error);
        QWidget holder;
        MessageBar bar(&holder);
        bar.showProblem(errorTitle(error), error.detail);
        bar.setAction(MessageBar::tr("Close this message"), [] {});
        QVERIFY(bar.text().startsWith(u'['));
        bar.setGeometry(0, 0, 900, bar.heightForWidth(900));
        check(holder, { 900, 200 });
    }

    void theDocksAreWhole_data() { rooms(); }
    void theDocksAreWhole()
    {
        PanesFixture fixture;
        EventsModel events(&fixture.workspace);
        fillLikeTheDrawing(fixture);
        replaceAndRemove(fixture);
        EventsPane eventsPane(&events);
        check(eventsPane, dock());
        QVERIFY(events.rowCount() > 10);
        RequestLog requestLog;
        RequestsModel requests(&requestLog);
        Exchange exchange;
        exchange.when = fixture.clock.now();
        exchange.method = "DELETE";
        exchange.url = QUrl(u"https://prod.example.org:8998/sessions?from=0&size=100"_s);
        exchange.elapsed = 12'345ms;
        requestLog.record(exchange);
        RequestsPane requestsPane(&requests, &fixture.workspace);
        check(requestsPane, dock());
    }

    void theLogIsWhole_data() { rooms(); }
    void theLogIsWhole()
    {
        PanesFixture fixture;
        fillLikeTheDrawing(fixture);
        QStringList lines{ u"stdout: "_s, u"\nstderr: "_s };
        for (int i = 0; i < 200; ++i)
            lines += u"26/11/22 14:02:09 INFO DAGScheduler: Submitting %1"_s.arg(i);
        fixture.state(u"prod"_s).onLog = [&lines](ItemType) -> Script<LogSlice> { return LogSlice{ 0, static_cast<int>(lines.size()), lines }; };
        LogPane pane(&fixture.workspace);
        pane.showItem({ u"prod"_s, ItemType::Session, u"12"_s });
        check(pane, dock());
        fixture.clock.advance(2s);
        child<QLineEdit>(pane, u"logSearch"_s)->setText(u"info"_s);
        check(pane, dock());
        QTest::keyClick(child<QLineEdit>(pane, u"logSearch"_s), Qt::Key_Return);
        check(pane, dock());
        child<QPushButton>(pane, u"logLoudOnly"_s)->click();
        check(pane, dock());
    }

private:
    static void rooms()
    {
        QTest::addColumn<QSize>("central");
        QTest::addColumn<QSize>("dock");
        QTest::newRow("1440 x 900") << QSize(1172, 540) << QSize(1172, 230);
        QTest::newRow("900 x 600, docks closed") << QSize(900, 540) << QSize(900, 160);
    }
    static QSize central()
    {
        QFETCH(QSize, central);
        return central;
    }
    static QSize dock()
    {
        QFETCH(QSize, dock);
        return dock;
    }
    static void check(QWidget& pane, const QSize& room)
    {
        pane.resize(room);
        pane.show();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(pane.size(), room);
        const QSize least = pane.minimumSizeHint();
        QVERIFY2(least.width() <= room.width() && least.height() <= room.height(),
            qPrintable(u"%1 x %2 is needed"_s.arg(least.width()).arg(least.height())));
        const QStringList problems = textProblems(pane, drawnWords() + QStringList{ u"GET"_s, u"DELETE"_s, u"/sessions?from=0&size=100"_s, u"/sessions?from=0&amp;size=100"_s });
        QVERIFY2(problems.isEmpty(), qUtf8Printable(problems.join(u'\n')));
    }

    PseudoLocale m_locale;
};

KINDLING_TEST(TestPseudoPanes)
#include "tst_pseudopanes.moc"
