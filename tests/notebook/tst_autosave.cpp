// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/autosave.h"
#include "app/notebook/ipynb.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

// Qt's own QTRY macros narrow.

using namespace kindling;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAutosave final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_home = std::make_unique<QTemporaryDir>();
        m_document = std::make_unique<NotebookDocument>();
        m_document->reset({}, R"({"kernelspec":{"name":"x"}})");
        m_cell = m_document->insertCell(0, CellType::Code, Kind::Sql, u"SELECT 1"_s);
        m_document->setUnmodified();
    }

    void backsUpAtMostOneSecondAfterAChange()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"SELECT 2"_s);
        QVERIFY(backups().isEmpty());
        m_clock.advance(1s);
        QTRY_COMPARE(backups().size(), 1);
        const Result<NotebookFile> file = loadNotebook(backups().first());
        QVERIFY(file);
        QCOMPARE(file->cells.first().source, u"SELECT 2"_s);
    }

    void backsUpAlsoWhileTypingGoesOn()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        for (int stroke = 0; stroke < 10; ++stroke) {
            type(u"SELECT "_s + QString::number(stroke + 10));
            m_clock.advance(100ms);
        }
        QTRY_COMPARE(backups().size(), 1);
    }

    void writesTheNewestTextAgain()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"first"_s);
        m_clock.advance(1s);
        QTRY_COMPARE(backups().size(), 1);
        type(u"second"_s);
        // A write that is not yet reported puts the next one off by its rhythm.
        QTRY_VERIFY((m_clock.advance(1s), loadNotebook(backups().first())->cells.first().source == u"second"_s));
        QCOMPARE(backups().size(), 1);
    }

    void keepsTheBackupToTheUser()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave.flush();
        QCOMPARE(QFile::permissions(backups().first()) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    }

    void removesTheBackupOnSaveAndOnDiscard()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave.flush();
        QCOMPARE(backups().size(), 1);
        m_document->setUnmodified();
        QTRY_VERIFY(everything().isEmpty());
        type(u"y"_s);
        autosave.flush();
        QCOMPARE(backups().size(), 1);
        autosave.discard();
        QTRY_VERIFY(everything().isEmpty());
        m_clock.advance(10s);
        QTRY_VERIFY(everything().isEmpty());
    }

    void removesTheBackupWhenUndoLeadsBackToTheFile()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave.flush();
        m_document->undoStack()->undo();
        m_clock.advance(10s);
        QTRY_VERIFY(everything().isEmpty());
    }

    void offersNothingWhileItsOwnerLives()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave.flush();
        QVERIFY(findRecoverable(folder()).isEmpty());
    }

    void offersWhatWasNotDiscarded()
    {
        auto autosave = std::make_unique<Autosave>(m_document.get(), folder(), m_clock);
        const FileStamp stamp{ QDateTime(QDate(2026, 11, 22), QTime(14, 2, 2, 690), QTimeZone::UTC), 12 };
        autosave->setOriginal(u"/home/ann/\u00fcber \"x\".ipynb"_s, stamp);
        type(u"SELECT 3"_s);
        autosave.reset();
        const QList<RecoveredNotebook> found = findRecoverable(folder());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().originalPath, u"/home/ann/\u00fcber \"x\".ipynb"_s);
        QCOMPARE(found.first().originalStamp, stamp);
        QVERIFY(found.first().when.isValid());
        const Result<NotebookFile> file = readBackup(found.first());
        QVERIFY(file);
        QCOMPARE(file->cells.first().source, u"SELECT 3"_s);
        QCOMPARE(file->cells.first().kind, Kind::Sql);
        QCOMPARE(file->metadata, R"({"kernelspec":{"name":"x"}})"_ba);
        discardBackup(found.first());
        QTRY_VERIFY(everything().isEmpty());
    }

    void keepsTheBackupOfADocumentThatDiesFirst()
    {
        auto autosave = std::make_unique<Autosave>(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave->flush();
        m_document.reset();
        autosave.reset();
        QCOMPARE(findRecoverable(folder()).size(), 1);
    }

    void offersWhatAKilledProgramLeft()
    {
        const pid_t child = fork();
        if (child == 0) {
            auto* autosave = new Autosave(m_document.get(), folder(), m_clock);
            m_document->setSource(m_cell, u"typed before the crash"_s);
            autosave->flush();
            _exit(backups().size() == 1 ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QVERIFY2(everything().size() == 2, "the backup and its lock are left");
        const QList<RecoveredNotebook> found = findRecoverable(folder());
        QCOMPARE(found.size(), 1);
        QCOMPARE(readBackup(found.first())->cells.first().source, u"typed before the crash"_s);
    }

    void adoptsTheBackupItWasRecoveredFrom()
    {
        auto first = std::make_unique<Autosave>(m_document.get(), folder(), m_clock);
        type(u"lost"_s);
        first.reset();
        const RecoveredNotebook backup = findRecoverable(folder()).first();

        NotebookDocument recovered;
        Autosave second(&recovered, folder(), m_clock);
        Result<NotebookFile> file = readBackup(backup);
        recovered.reset(file->cells, file->metadata);
        second.adopt(backup.backupPath);
        recovered.markModified();
        QVERIFY(recovered.isModified());
        QVERIFY(findRecoverable(folder()).isEmpty());
        second.flush();
        QCOMPARE(backups(), QStringList{ backup.backupPath });
        recovered.setUnmodified();
        QTRY_VERIFY(everything().isEmpty());
    }

    void doesNotTakeABackupFromALivingOwner()
    {
        Autosave first(m_document.get(), folder(), m_clock);
        type(u"mine"_s);
        first.flush();
        const QString path = backups().first();
        NotebookDocument other;
        Autosave second(&other, folder(), m_clock);
        second.adopt(path);
        other.insertCell(0, CellType::Code, Kind::PySpark, u"other"_s);
        second.flush();
        QCOMPARE(loadNotebook(path)->cells.first().source, u"mine"_s);
        QCOMPARE(backups().size(), 2);
    }

    void saysOnceThatTheFolderCannotBeWritten()
    {
        // A file where the folder should be: refuses root as well.
        QFile blocker(folder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Autosave autosave(m_document.get(), folder(), m_clock);
        QSignalSpy failed(&autosave, &Autosave::failed);
        for (const QString& text : { u"1"_s, u"2"_s, u"3"_s }) {
            type(text);
            m_clock.advance(1s);
        }
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.at(0).at(0).value<Error>().kind, ErrorKind::Io);
        QVERIFY(!failed.at(0).at(0).value<Error>().title.isEmpty());
    }

    void saysWhenTheFileItselfCannotBeWritten()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        autosave.flush();
        const QString path = backups().first();
        QVERIFY(QFile::remove(path));
        QVERIFY(QDir().mkpath(path + u"/in the way"_s));
        QSignalSpy failed(&autosave, &Autosave::failed);
        type(u"y"_s);
        QTRY_VERIFY((m_clock.advance(1s), failed.size() == 1));
        QVERIFY(QDir(path).removeRecursively());
        type(u"z"_s);
        QTRY_VERIFY((m_clock.advance(1s), QFile::exists(path)));
        QCOMPARE(failed.size(), 1);
    }

    void flushTriesAgainWhatFailedAndTellsWhetherTheTextIsSafe()
    {
        QFile blocker(folder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"precious"_s);
        m_clock.advance(1s);
        QVERIFY(!autosave.flush());
        QVERIFY(!autosave.flush());
        QVERIFY(blocker.remove());
        QVERIFY(autosave.flush());
        QCOMPARE(loadNotebook(backups().first())->cells.first().source, u"precious"_s);
    }

    void writesNothingOfWhatWasSavedElsewhereAfterAFailure()
    {
        QFile blocker(folder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        {
            Autosave autosave(m_document.get(), folder(), m_clock);
            type(u"x"_s);
            QVERIFY(!autosave.flush());
            m_document->setUnmodified();
            QVERIFY(blocker.remove());
            QVERIFY(autosave.flush());
        }
        QVERIFY(everything().isEmpty());
    }

    void flushSeesAFailureThatWasNotReportedYet()
    {
        Autosave autosave(m_document.get(), folder(), m_clock);
        type(u"x"_s);
        QVERIFY(autosave.flush());
        const QString path = backups().first();
        QVERIFY(QFile::remove(path));
        QVERIFY(QDir().mkpath(path + u"/in the way"_s));
        type(u"y"_s);
        QVERIFY(!autosave.flush());
        QVERIFY(QDir(path).removeRecursively());
        QVERIFY(autosave.flush());
        QCOMPARE(loadNotebook(path)->cells.first().source, u"y"_s);
    }

    void aStampThatIsNoneIsNotValid_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString& text : { u""_s, u" "_s, u"12"_s, u"12 "_s, u"x 4"_s, u"99999999999999999999 4"_s, u"4 4 4"_s })
            QTest::newRow(qUtf8Printable(u'"' + text + u'"')) << text;
    }
    void aStampThatIsNoneIsNotValid()
    {
        QFETCH(QString, text);
        QVERIFY(!FileStamp::fromText(text).isValid());
    }

    void offersADamagedBackupAndSaysSoWhenItIsRead()
    {
        QVERIFY(QDir().mkpath(folder()));
        QFile damaged(QDir(folder()).filePath(u"half.ipynb"_s));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("{\"cells\": [");
        damaged.close();
        const QList<RecoveredNotebook> found = findRecoverable(folder());
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().originalPath, QString());
        QCOMPARE(readBackup(found.first()).error().kind, ErrorKind::Protocol);
    }

    void findsNothingWhereThereIsNoFolder()
    {
        QVERIFY(findRecoverable(folder()).isEmpty());
        QVERIFY(!readBackup({ folder() + u"/none.ipynb"_s, {}, {}, {} }));
    }

private:
    QString folder() const { return m_home->filePath(u"backups"_s); }
    QStringList listed(const QStringList& patterns) const
    {
        QStringList paths;
        for (const QString& name : QDir(folder()).entryList(patterns, QDir::Files))
            paths.append(QDir(folder()).filePath(name));
        return paths;
    }
    QStringList backups() const { return listed({ u"*.ipynb"_s }); }
    QStringList everything() const { return listed({}); }
    void type(const QString& text) { m_document->setSource(m_cell, text); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<NotebookDocument> m_document;
    CellId m_cell;
    test::FakeClock m_clock;
};

KINDLING_TEST(TestAutosave)
#include "tst_autosave.moc"
