// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/notebookplan.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
/// A notebook of sparkmagic's kernel with these cells.
NotebookFile notebook(const QStringList& sources, const QByteArray& kernel = "pysparkkernel", std::optional<Kind> plainKind = {})
{
    QByteArrayList cells;
    for (QString source : sources) {
        source.replace(u'\\', u"\\\\"_s).replace(u'\n', u"\\n"_s).replace(u'"', u"\\\""_s);
        cells.append("{\"cell_type\":\"code\",\"metadata\":{},\"outputs\":[],\"source\":\"" + source.toUtf8() + "\"}");
    }
    const QByteArray json = "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{\"kernelspec\":{\"name\":\"" + kernel + "\"}},\"cells\":["
        + cells.join(',') + "]}";
    return readIpynb(json, plainKind).value();
}

Output table(const QByteArray& rows)
{
    Output output;
    output.parts = { { u"application/json"_s, "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"data\":" + rows + "}" }, { u"text/plain"_s, "\"x\"" } };
    return output;
}
}

class TestNotebookPlan final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void knowsEachCellsKind_data()
    {
        QTest::addColumn<QByteArray>("kernel");
        QTest::addColumn<QString>("source");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("pyspark kernel") << "pysparkkernel"_ba << u"1"_s << Kind::PySpark << u"1"_s;
        QTest::newRow("spark kernel") << "sparkkernel"_ba << u"1"_s << Kind::Spark << u"1"_s;
        QTest::newRow("sparkr kernel") << "sparkrkernel"_ba << u"1"_s << Kind::SparkR << u"1"_s;
        QTest::newRow("sql magic") << "pysparkkernel"_ba << u"%%sql\nselect 1"_s << Kind::Sql << u"select 1"_s;
        QTest::newRow("sql magic with options") << "sparkkernel"_ba << u"%%sql -q -n 5 -m take\nselect 1"_s << Kind::Sql << u"select 1"_s;
        QTest::newRow("spark magic") << "pysparkkernel"_ba << u"%%spark\nval a = 1"_s << Kind::Spark << u"val a = 1"_s;
        QTest::newRow("pyspark magic") << "sparkkernel"_ba << u"%%pyspark\na = 1"_s << Kind::PySpark << u"a = 1"_s;
        QTest::newRow("Livy's own magic stays") << "pysparkkernel"_ba << u"a = 1\n%json a"_s << Kind::PySpark << u"a = 1\n%json a"_s;
    }
    void knowsEachCellsKind()
    {
        QFETCH(QByteArray, kernel);
        QFETCH(QString, source);
        const auto cells = planNotebook(notebook({ source }, kernel));
        QVERIFY2(cells.has_value(), cells ? "" : qPrintable(cells.error().title));
        QCOMPARE(cells->size(), 1);
        QTEST(cells->first().kind, "kind");
        QTEST(cells->first().code, "code");
    }

    void theKindGivenIsForCellsThatNameNone()
    {
        const auto cells = planNotebook(notebook({ u"val a = 1"_s, u"%%sql\nselect 1"_s }, "pysparkkernel", Kind::Spark));
        QCOMPARE(cells->at(0).kind, Kind::Spark);
        QCOMPARE(cells->at(1).kind, Kind::Sql);
    }

    void leavesOutWhatIsNotCode()
    {
        NotebookFile file = notebook({ u"1"_s, u"  \n"_s, u"# text"_s, u"2"_s });
        file.cells[2].type = CellType::Markdown;
        const auto cells = planNotebook(file);
        QCOMPARE(cells->size(), 2);
        QCOMPARE(cells->at(0).number, 1);
        QCOMPARE(cells->at(1).number, 4);
        QCOMPARE(cells->at(1).id, file.cells.at(3).id);
    }

    void refusesWhatNeedsALocalPython_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("words");
        QTest::newRow("local") << u"%%local\nprint(1)"_s << u"%%local"_s;
        QTest::newRow("local with options") << u"%%local -x\nprint(1)"_s << u"%%local"_s;
        QTest::newRow("configure") << u"%%configure -f\n{}"_s << u"--conf"_s;
        QTest::newRow("another magic") << u"%%bash\nls"_s << u"%%bash is a command to Jupyter"_s;
        QTest::newRow("keeps the result") << u"%%sql -o x -n 100\nselect 1"_s << u"%%sql -o"_s;
        QTest::newRow("samples") << u"%%sql -m sample -r 0.1\nselect 1"_s << u"-m"_s;
        QTest::newRow("no number") << u"%%sql -n many\nselect 1"_s << u"-n"_s;
        QTest::newRow("number missing") << u"%%sql -n\nselect 1"_s << u"-n"_s;
        QTest::newRow("spark with options") << u"%%spark -o x\nval a = 1"_s << u"%%spark takes no options"_s;
        QTest::newRow("extension") << u"import os\n%load_ext sparkmagic.magics"_s << u"Jupyter's own Python"_s;
    }
    void refusesWhatNeedsALocalPython()
    {
        QFETCH(QString, source);
        QFETCH(QString, words);
        const auto cells = planNotebook(notebook({ u"1"_s, source }));
        QVERIFY(!cells);
        QCOMPARE(cells.error().kind, ErrorKind::Rejected);
        QVERIFY2(cells.error().title.startsWith(u"Cell 2 "_s), qPrintable(cells.error().title));
        QVERIFY2(cells.error().title.contains(words), qPrintable(cells.error().title));
    }

    void theMagicComesBackIntoTheFile()
    {
        const NotebookFile file = notebook({ u"%%sql -n 5\nselect 1"_s });
        QVERIFY(writeIpynb(file).contains("%%sql -n 5"));
    }

    void asksForMoreRowsOnlyWhereTheServerWouldCut()
    {
        const auto wanted = [](const QString& source) { return rowsWanted(planNotebook(notebook({ u"1"_s, source })).value()); };
        QCOMPARE(wanted(u"%%sql -n 100\nselect 1"_s), 0);
        QCOMPARE(wanted(u"%%sql -n -1\nselect 1"_s), 0);
        QCOMPARE(wanted(u"%%sql -n 5000\nselect 1"_s), 5000);
    }

    void keepsWhatTheMagicWants()
    {
        const Output all = table("[[1],[2.50],[3]]");
        QCOMPARE(keptOutput(all, {}), all);
        QCOMPARE(keptOutput(all, { .mostRows = 2 }), table("[[1],[2.50]]"));
        QCOMPARE(keptOutput(all, { .mostRows = 3 }), all);
        QCOMPARE(keptOutput(all, { .mostRows = 0 }), table("[]"));
        QVERIFY(keptOutput(all, { .isQuiet = true }).parts.isEmpty());
        Output error = all;
        error.status = Output::Status::Error;
        QCOMPARE(keptOutput(error, { .mostRows = 1, .isQuiet = true }), error);
        Output odd;
        odd.parts = { { u"application/json"_s, "[[1],[2]]" }, { u"application/json"_s, "not JSON" } };
        QCOMPARE(keptOutput(odd, { .mostRows = 1 }), odd);
    }
};

KINDLING_TEST(TestNotebookPlan)
#include "tst_notebookplan.moc"
