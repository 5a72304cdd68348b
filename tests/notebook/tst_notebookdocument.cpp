// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/notebookdocument.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
NotebookCell cellOf(const QString& id, const QString& source)
{
    NotebookCell cell;
    cell.id = id;
    cell.source = source;
    return cell;
}

QStringList sources(const NotebookDocument& document)
{
    QStringList all;
    for (const NotebookCell& cell : document.cells())
        all.append(cell.source);
    return all;
}

QString picture(const NotebookDocument& document)
{
    QString text;
    for (const NotebookCell& cell : document.cells())
        text += u"%1|%2|%3|%4;"_s.arg(cell.id).arg(static_cast<int>(cell.type)).arg(static_cast<int>(cell.kind)).arg(cell.source);
    return text;
}

Output printed(const QByteArray& json)
{
    Output output;
    output.parts.append({ u"text/plain"_s, json });
    return output;
}
}

class TestNotebookDocument final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_document = std::make_unique<NotebookDocument>();
        m_document->reset({ cellOf(u"a"_s, u"1"_s), cellOf(u"b"_s, u"2"_s), cellOf(u"c"_s, u"3"_s) }, "{}");
    }

    void isUnmodifiedWhenItsNewestRevisionIsSaved()
    {
        m_document->setSource(u"a"_s, u"saved"_s);
        m_document->setSaved(m_document->revision());
        QVERIFY(!m_document->isModified());
    }

    void staysModifiedWhenAnOlderRevisionIsSaved()
    {
        m_document->setSource(u"a"_s, u"saved"_s);
        const int revision = m_document->revision();
        m_document->setSource(u"b"_s, u"typed since"_s);
        m_document->setSaved(revision);
        QVERIFY(m_document->isModified());
        while (m_document->undoStack()->canUndo())
            m_document->undoStack()->undo();
        QVERIFY2(m_document->isModified(), "what was in the file before is not in it any more");
        m_document->setSaved(m_document->revision());
        QVERIFY(!m_document->isModified());
    }

    void insertsACellAndTakesItBack()
    {
        QSignalSpy inserted(m_document.get(), &NotebookDocument::cellInserted);
        QSignalSpy removed(m_document.get(), &NotebookDocument::cellRemoved);
        const CellId id = m_document->insertCell(1, CellType::Code, Kind::Sql, u"x"_s);
        QCOMPARE(sources(*m_document), QStringList({ u"1"_s, u"x"_s, u"2"_s, u"3"_s }));
        QCOMPARE(m_document->indexOf(id), 1);
        QCOMPARE(m_document->cellAt(1).kind, Kind::Sql);
        QCOMPARE(inserted.at(0).at(0).toInt(), 1);
        m_document->undoStack()->undo();
        QCOMPARE(sources(*m_document), QStringList({ u"1"_s, u"2"_s, u"3"_s }));
        QCOMPARE(removed.at(0).at(1).toString(), id);
        m_document->undoStack()->redo();
        QCOMPARE(m_document->indexOf(id), 1);
    }

    void clampsPositionsOutOfRange()
    {
        m_document->insertCell(-5, CellType::Code, Kind::PySpark, u"first"_s);
        m_document->insertCell(99, CellType::Raw, Kind::PySpark, u"last"_s);
        QCOMPARE(m_document->cellAt(0).source, u"first"_s);
        QCOMPARE(m_document->cellAt(4).source, u"last"_s);
        m_document->moveCell(u"a"_s, 99);
        QCOMPARE(m_document->indexOf(u"a"_s), 4);
        m_document->moveCell(u"a"_s, -3);
        QCOMPARE(m_document->indexOf(u"a"_s), 0);
    }

    void bringsBackARemovedCellWithItsOutputs()
    {
        CellRun run;
        run.number = 4;
        m_document->setOutputs(u"b"_s, { printed("\"out\"") }, run);
        m_document->removeCell(u"b"_s);
        QCOMPARE(m_document->indexOf(u"b"_s), -1);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->indexOf(u"b"_s), 1);
        QCOMPARE(m_document->cellAt(1).outputs, QList<Output>({ printed("\"out\"") }));
        QCOMPARE(m_document->cellAt(1).run.number, std::optional(4));
    }

    void keepsOutputsOfAnInsertedCellOverUndoAndRedo()
    {
        const CellId id = m_document->insertCell(0, CellType::Code, Kind::PySpark);
        m_document->setOutputs(id, { printed("1") }, {});
        m_document->undoStack()->undo();
        m_document->undoStack()->redo();
        QCOMPARE(m_document->cellAt(0).outputs.size(), 1);
    }

    void movesACellAndBack()
    {
        QSignalSpy moved(m_document.get(), &NotebookDocument::cellMoved);
        m_document->moveCell(u"a"_s, 2);
        QCOMPARE(sources(*m_document), QStringList({ u"2"_s, u"3"_s, u"1"_s }));
        m_document->undoStack()->undo();
        QCOMPARE(sources(*m_document), QStringList({ u"1"_s, u"2"_s, u"3"_s }));
        QCOMPARE(moved.at(0), QVariantList({ 0, 2 }));
        QCOMPARE(moved.at(1), QVariantList({ 2, 0 }));
    }

    void joinsTypingInOneCellToOneStep()
    {
        QSignalSpy changed(m_document.get(), &NotebookDocument::sourceChanged);
        for (const QString& text : { u"1p"_s, u"1pr"_s, u"1pri"_s })
            m_document->setSource(u"a"_s, text);
        QCOMPARE(changed.size(), 3);
        QCOMPARE(m_document->undoStack()->count(), 1);
        m_document->setSource(u"b"_s, u"other"_s);
        m_document->setSource(u"a"_s, u"again"_s);
        QCOMPARE(m_document->undoStack()->count(), 3);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->cellAt(0).source, u"1pri"_s);
        m_document->undoStack()->setIndex(0);
        QCOMPARE(sources(*m_document), QStringList({ u"1"_s, u"2"_s, u"3"_s }));
        QVERIFY(!m_document->isModified());
    }

    void forgetsAStepThatCameBackToItsStart()
    {
        m_document->setSource(u"a"_s, u"12"_s);
        QVERIFY(m_document->isModified());
        m_document->setSource(u"a"_s, u"1"_s);
        QCOMPARE(m_document->undoStack()->count(), 0);
        QVERIFY(!m_document->isModified());
    }

    void doesNotJoinTypingOverASave()
    {
        m_document->setSource(u"a"_s, u"12"_s);
        m_document->setUnmodified();
        m_document->setSource(u"a"_s, u"123"_s);
        QCOMPARE(m_document->undoStack()->count(), 2);
        m_document->undoStack()->undo();
        QVERIFY(!m_document->isModified());
        QCOMPARE(m_document->cellAt(0).source, u"12"_s);
    }

    void changesKindAndTypeAndBack()
    {
        QSignalSpy changed(m_document.get(), &NotebookDocument::kindChanged);
        m_document->setKind(u"a"_s, CellType::Markdown, Kind::Sql);
        QCOMPARE(m_document->cellAt(0).type, CellType::Markdown);
        QCOMPARE(m_document->cellAt(0).kind, Kind::Sql);
        m_document->undoStack()->undo();
        QCOMPARE(m_document->cellAt(0).type, CellType::Code);
        QCOMPARE(m_document->cellAt(0).kind, Kind::PySpark);
        QCOMPARE(changed.size(), 2);
    }

    void saysNothingWhenNothingChanges()
    {
        QSignalSpy changed(m_document.get(), &NotebookDocument::contentChanged);
        m_document->setSource(u"a"_s, u"1"_s);
        m_document->setKind(u"a"_s, CellType::Code, Kind::PySpark);
        m_document->moveCell(u"a"_s, 0);
        m_document->clearOutputs();
        m_document->setSource(u"gone"_s, u"x"_s);
        m_document->setKind(u"gone"_s, CellType::Raw, Kind::Sql);
        m_document->moveCell(u"gone"_s, 1);
        m_document->removeCell(u"gone"_s);
        m_document->setOutputs(u"gone"_s, {}, {});
        QCOMPARE(changed.size(), 0);
        QCOMPARE(m_document->undoStack()->count(), 0);
    }

    void doesNotUndoOutputs()
    {
        QSignalSpy changed(m_document.get(), &NotebookDocument::outputsChanged);
        m_document->setSource(u"a"_s, u"x"_s);
        m_document->setOutputs(u"a"_s, { printed("1") }, {});
        m_document->undoStack()->undo();
        QCOMPARE(m_document->cellAt(0).source, u"1"_s);
        QCOMPARE(m_document->cellAt(0).outputs.size(), 1);
        QVERIFY2(m_document->isModified(), "the output is in no file");
        m_document->clearOutputs();
        QVERIFY(m_document->cellAt(0).outputs.isEmpty());
        QCOMPARE(changed.size(), 2);
        m_document->setUnmodified();
        QVERIFY(!m_document->isModified());
    }

    void tellsWhenItIsModifiedOncePerChange()
    {
        QSignalSpy modified(m_document.get(), &NotebookDocument::modifiedChanged);
        m_document->setSource(u"a"_s, u"x"_s);
        m_document->setSource(u"b"_s, u"y"_s);
        m_document->undoStack()->setIndex(0);
        m_document->markModified();
        m_document->setUnmodified();
        QCOMPARE(modified, QList<QVariantList>({ { true }, { false }, { true }, { false } }));
    }

    void givesDoubledAndMissingIdsNewOnes()
    {
        QSignalSpy reset(m_document.get(), &NotebookDocument::wasReset);
        m_document->setSource(u"a"_s, u"x"_s);
        m_document->reset({ cellOf(u"a"_s, u"1"_s), cellOf(u"a"_s, u"2"_s), cellOf({}, u"3"_s) }, "{\"k\":1}");
        QCOMPARE(m_document->cellAt(0).id, u"a"_s);
        QVERIFY(m_document->cellAt(1).id != u"a"_s && !m_document->cellAt(1).id.isEmpty());
        QVERIFY(!m_document->cellAt(2).id.isEmpty());
        QCOMPARE(m_document->metadata(), "{\"k\":1}"_ba);
        QCOMPARE(m_document->undoStack()->count(), 0);
        QVERIFY(!m_document->isModified());
        QCOMPARE(reset.size(), 1);
    }

    void doesNotClaimToBeSavedWhileItDies()
    {
        m_document->setSource(u"a"_s, u"x"_s);
        QSignalSpy modified(m_document.get(), &NotebookDocument::modifiedChanged);
        m_document.reset();
        QCOMPARE(modified.size(), 0);
    }

    void undoesAThousandRandomEdits()
    {
        QRandomGenerator random(3);
        QStringList pictures{ picture(*m_document) };
        while (m_document->undoStack()->count() < 1000) {
            randomEdit(random);
            const int count = m_document->undoStack()->count();
            pictures.resize(count);
            pictures.append(picture(*m_document));
        }
        const int count = m_document->undoStack()->count();
        for (int index = count - 1; index >= 0; --index) {
            m_document->undoStack()->undo();
            QCOMPARE(picture(*m_document), pictures.at(index));
        }
        m_document->undoStack()->setIndex(count);
        QCOMPARE(picture(*m_document), pictures.at(count));
    }

private:
    void randomEdit(QRandomGenerator& random)
    {
        const int count = m_document->cellCount();
        const CellId id = count > 0 ? m_document->cellAt(random.bounded(count)).id : CellId();
        const int action = random.bounded(5);
        if (action == 0 || count < 2)
            m_document->insertCell(random.bounded(count + 1), CellType::Code, Kind::Spark, QString::number(random.generate()));
        else if (action == 1)
            m_document->removeCell(id);
        else if (action == 2)
            m_document->moveCell(id, random.bounded(count));
        else if (action == 3)
            m_document->setSource(id, QString::number(random.bounded(5)));
        else
            m_document->setKind(id, static_cast<CellType>(random.bounded(3)), static_cast<Kind>(random.bounded(5)));
    }

    std::unique_ptr<NotebookDocument> m_document;
};

KINDLING_TEST(TestNotebookDocument)
#include "tst_notebookdocument.moc"
