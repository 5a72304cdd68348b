// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"
#include "tests/support/testmain.h"
#include "tests/ui/notebook/notebookbench.h"
#include "tests/ui/pseudolocale.h"
#include "ui/common/theme.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/outputview.h"

#include <QTest>
#include <QtWidgets>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Output partOutput(const QString& mime, const QByteArray& json)
{
    Output output;
    output.parts = { { mime, json } };
    return output;
}

QByteArray sqlJson(int rows)
{
    QByteArrayList data;
    for (int i = 0; i < rows; ++i)
        data += R"(["x",)" + QByteArray::number(i * 1000) + ']';
    return R"({"schema":{"type":"struct","fields":[{"name":"country","type":"string"},{"name":"orders","type":"long"}]},"data":[)"
        + data.join(',') + "]}";
}

QList<Output> everyOutput()
{
    Output failed = errorOutput({}, {});
    failed.traceback = { u"Traceback"_s };
    return {
        partOutput(u"application/json"_s, sqlJson(1)),
        partOutput(u"application/json"_s, sqlJson(1000)),
        partOutput(u"application/vnd.livy.table.v1+json"_s, R"({"headers":[{"name":"n","type":"INT_TYPE"}],"data":[[1],[]]})"),
        partOutput(u"application/vnd.livy.table.v1+json"_s, R"({"headers":[{"name":"n","type":"INT_TYPE"}],"data":[[1,2]]})"),
        partOutput(u"application/vnd.livy.table.v1+json"_s, R"({"headers":3,"data":[]})"),
        partOutput(u"image/png"_s, R"("!!")"),
        partOutput(u"image/png"_s, R"("AAAA")"),
        partOutput(u"text/plain"_s, R"({"a":1})"),
        partOutput(u"text/html"_s, R"("<b>1</b>")"),
        partOutput(u"application/json"_s, R"({"a":1})"),
        partOutput(u"video/mp4"_s, R"("x")"),
        partOutput(u"text/plain"_s, '"' + QByteArray(3'000'000, '1') + '"'),
        failed,
    };
}

/// The words of servers, of code and of formats.
QStringList rawWords()
{
    return { u"prod"_s, u"etl-ann"_s, u"adhoc"_s, u"country"_s, u"orders"_s, u"string"_s, u"long"_s, u"INT_TYPE"_s, u"Traceback"_s,
        u"Ctrl+Enter"_s, u"scripted"_s, u"image/png"_s, u"text/plain"_s, u"video/mp4"_s, u"Shift+Enter"_s, u"Nov"_s };
}

}

/// A notebook in every state, in a language of longer words: nothing untranslated, nothing cut off.
class TestPseudoNotebook final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, Qt::ColorScheme::Light);
        QVERIFY(m_locale.isLoaded());
    }

    void outputsAreWhole_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("1440 x 900") << 1110;
        QTest::newRow("900 x 600") << 840;
    }
    void outputsAreWhole()
    {
        QFETCH(int, width);
        for (const Output& output : everyOutput()) {
            OutputBlock block(output, renderOutput(output));
            for (QAbstractButton* tab : block.findChildren<QAbstractButton*>(u"pageTab"_s)) {
                tab->click();
                check(block, { width, 500 });
            }
            check(block, { width, 500 });
        }
        OutputView view;
        view.showOutputs(QList<Output>(60, partOutput(u"text/plain"_s, R"("1")")));
        view.showProblem(OutputView::tr("Error text"), {});
        check(view, { width, 5000 });
    }

    void runsAreWhole_data()
    {
        QTest::addColumn<QSize>("room");
        QTest::addColumn<Statement>("answer");
        for (const QSize room : { QSize(1172, 760), QSize(900, 540) }) {
            for (const StatementState state : { StatementState::Waiting, StatementState::Running, StatementState::Cancelling,
                     StatementState::Cancelled, StatementState::Available, StatementState::Unknown })
                QTest::addRow("%s %d", qPrintable(wireName(state)), room.width()) << room << statement(0, state);
        }
    }
    void runsAreWhole()
    {
        QFETCH(QSize, room);
        QFETCH(Statement, answer);
        NotebookBench bench({ { Kind::PySpark, u"1"_s }, { Kind::Sql, u"2"_s } });
        bench.document.insertCell(2, CellType::Markdown, Kind::PySpark, QString());
        bench.document.insertCell(3, CellType::Raw, Kind::PySpark, u"1"_s);
        bench.attach();
        answer.progress = 0.5;
        if (answer.state == StatementState::Available)
            answer.output = okOutput("1");
        bench.state->onRun = [&answer](const QString&) { return Script<Statement>(answer); };
        bench.state->onFetch = [&answer](int) { return Script<Statement>(answer); };
        bench.pane->runCell(0);
        bench.pane->runCell(1);
        bench.advance(400ms);
        check(*bench.pane, room);
        bench.advance(40s);
        check(*bench.pane, room);
    }

    void lostRunsAreWhole_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Io); ++kind)
            QTest::addRow("%d", kind) << static_cast<ErrorKind>(kind);
    }
    void lostRunsAreWhole()
    {
        QFETCH(ErrorKind, kind);
        NotebookBench bench({ { Kind::PySpark, u"1"_s }, { Kind::Sql, u"2"_s } });
        bench.attach();
        Error problem;
        problem.kind = kind;
        bench.state->onRun = [&problem](const QString&) -> Script<Statement> { return std::unexpected(problem); };
        bench.pane->runCell(0);
        bench.pane->runCell(1);
        bench.advance(400ms);
        check(*bench.pane, { 900, 540 });
        bench.state->outage = problem;
        for (int i = 0; i < 10; ++i)
            bench.advance(10s);
        check(*bench.pane, { 900, 540 });
    }

    void endedSessionsAreWhole_data()
    {
        QTest::addColumn<QString>("state");
        for (const auto* state : { "dead", "killed", "error", "shutting_down", "starting", "busy", "" })
            QTest::newRow(*state ? state : "gone") << QString::fromLatin1(state);
    }
    void endedSessionsAreWhole()
    {
        QFETCH(QString, state);
        NotebookBench bench({ { Kind::PySpark, u"1"_s } });
        bench.attach();
        bench.state->onRun = [](const QString&) { return Script<Statement>(statement(0, StatementState::Running)); };
        bench.state->onFetch = [](int) { return Script<Statement>(statement(0, StatementState::Running)); };
        bench.pane->runCell(0);
        bench.advance(400ms);
        if (state.isEmpty())
            bench.state->sessions.removeFirst();
        else
            bench.state->sessions[0].state = ItemState::fromWire(state);
        for (int i = 0; i < 5; ++i)
            bench.advance(10s);
        check(*bench.pane, { 900, 540 });
    }

    void withoutServerSessionAndCellsItIsWhole()
    {
        NotebookBench bench;
        check(*bench.pane, { 900, 540 });
        bench.document.insertCell(0, CellType::Code, Kind::PySpark, u"1"_s);
        bench.pane->runCell(0);
        check(*bench.pane, { 900, 540 });
        bench.attach();
        bench.workspace.setProfiles({});
        bench.pane->runCell(0);
        check(*bench.pane, { 900, 540 });
    }

private:
    static void check(QWidget& pane, const QSize& room)
    {
        pane.resize(room);
        pane.show();
        QCoreApplication::sendPostedEvents();
        const int least = pane.minimumSizeHint().width();
        QVERIFY2(least <= room.width(), qPrintable(u"%1 wide is needed"_s.arg(least)));
        const QStringList problems = textProblems(pane, rawWords());
        QVERIFY2(problems.isEmpty(), qUtf8Printable(problems.join(u'\n')));
    }

    PseudoLocale m_locale;
};

KINDLING_TEST(TestPseudoNotebook)
#include "tst_pseudonotebook.moc"
