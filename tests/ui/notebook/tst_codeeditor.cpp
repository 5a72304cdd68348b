// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/common/theme.h"
#include "ui/editor/codeeditor.h"

#include <QSignalSpy>
#include <QTest>
#include <QtWidgets>

#include <ctime>

using namespace kindling;
using namespace Qt::StringLiterals;

namespace {
QColor colorOf(CodeEditor& editor, QStringView part)
{
    return editor.colorAt(static_cast<int>(editor.text().indexOf(part)));
}

QWidget* surfaceOf(CodeEditor& editor)
{
    return editor.findChild<QWidget*>(u"codeText"_s);
}

QColor themed(ColorRole role)
{
    return themeColor(role, QApplication::palette());
}
}

class CodeEditorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Qt::ColorScheme::Light); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void eachLanguageIsColoured_data()
    {
        QTest::addColumn<int>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("keyword");
        QTest::addColumn<QString>("plain");
        QTest::newRow("python") << int(CodeLanguage::Python) << u"import os\nx = 'a'  # no\n"_s << u"import"_s << u"x ="_s;
        QTest::newRow("scala") << int(CodeLanguage::Scala) << u"val joined = 1"_s << u"val"_s << u"joined"_s;
        QTest::newRow("sql") << int(CodeLanguage::Sql) << u"SELECT country FROM revenue"_s << u"SELECT"_s << u"country"_s;
        QTest::newRow("r") << int(CodeLanguage::R) << u"for (i in x) 1"_s << u"for"_s << u"i in"_s;
    }
    void eachLanguageIsColoured()
    {
        QFETCH(int, language);
        QFETCH(QString, text);
        QFETCH(QString, keyword);
        QFETCH(QString, plain);
        CodeEditor editor;
        editor.setLanguage(static_cast<CodeLanguage>(language));
        editor.setText(text);
        QVERIFY(colorOf(editor, keyword) != colorOf(editor, plain));
        QCOMPARE(colorOf(editor, plain), themed(ColorRole::Text));
    }

    void bytesAndCharactersAreNotMixedUp()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"x = 'ä😀ß' # ü\ny = 12"_s);
        QCOMPARE(colorOf(editor, u"x"), themed(ColorRole::Text));
        QCOMPARE(colorOf(editor, u"ß"), themed(ColorRole::Good));
        QCOMPARE(colorOf(editor, u"# ü"), themed(ColorRole::Secondary));
        QCOMPARE(colorOf(editor, u"y"), themed(ColorRole::Text));
        QCOMPARE(colorOf(editor, u"12"), themed(ColorRole::Active));
    }

    void anOpenedStringColoursTheLinesBelow()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"a = 1\nb = 2\nc = 3"_s);
        QCOMPARE(colorOf(editor, u"c"), themed(ColorRole::Text));
        editor.setText(u"a = '''1\nb = 2\nc = 3"_s);
        QVERIFY(colorOf(editor, u"c") != themed(ColorRole::Text));
        editor.setText(u"a = 1\nb = 2\nc = 3"_s);
        QCOMPARE(colorOf(editor, u"c"), themed(ColorRole::Text));
    }

    void theLanguageCanChange()
    {
        CodeEditor editor;
        editor.setText(u"SELECT 1"_s);
        const QColor plain = editor.colorAt(0);
        editor.setLanguage(CodeLanguage::Sql);
        QVERIFY(editor.colorAt(0) != plain);
        editor.setLanguage(CodeLanguage::Plain);
        QCOMPARE(editor.colorAt(0), plain);
    }

    void coloursFollowTheTheme()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"import os"_s);
        const QColor light = editor.colorAt(0);
        applyTheme(*qApp, Qt::ColorScheme::Dark);
        QCoreApplication::sendPostedEvents();
        const QColor dark = editor.colorAt(0);
        applyTheme(*qApp, Qt::ColorScheme::Light);
        QVERIFY(light != dark);
        QCOMPARE(dark, themeColor(ColorRole::AnsiMagenta, themePalette(Qt::ColorScheme::Dark)));
    }

    void itIsAsHighAsItsText()
    {
        CodeEditor editor;
        const int one = editor.contentHeight();
        editor.setText(u"\n"_s.repeated(9));
        const int ten = editor.contentHeight();
        QVERIFY(ten > one * 3);
        QCOMPARE(editor.height(), ten);
        editor.setText({});
        QCOMPARE(editor.contentHeight(), one);
    }

    void typingIsToldAndSettingIsNot()
    {
        CodeEditor editor;
        editor.show();
        QSignalSpy edited(&editor, &CodeEditor::textEdited);
        editor.setText(u"x"_s);
        QCOMPARE(edited.size(), 0);
        editor.moveCursorToEnd();
        QTest::keyClicks(surfaceOf(editor), u"yz"_s);
        QCOMPARE(editor.text(), u"xyz"_s);
        QCOMPARE(edited.size(), 2);
    }

    void lineEndsOfOtherSystemsBecomeOurs()
    {
        CodeEditor editor;
        editor.setText(u"a\r\nb\rc\n"_s);
        QCOMPARE(editor.text(), u"a\nb\nc\n"_s);
    }

    void theKeyFilterComesFirst()
    {
        CodeEditor editor;
        editor.show();
        editor.setKeyFilter([](QKeyEvent* event) { return event->key() == Qt::Key_A; });
        QTest::keyClicks(surfaceOf(editor), u"abc"_s);
        QCOMPARE(editor.text(), u"bc"_s);
    }

    void arrowsLeaveAtTheEnds()
    {
        CodeEditor editor;
        editor.show();
        editor.setText(u"a\nb"_s);
        editor.moveCursorToStart();
        QSignalSpy top(&editor, &CodeEditor::cursorLeftTop);
        QSignalSpy bottom(&editor, &CodeEditor::cursorLeftBottom);
        QTest::keyClick(surfaceOf(editor), Qt::Key_Down);
        QCOMPARE(bottom.size(), 0);
        QTest::keyClick(surfaceOf(editor), Qt::Key_Down);
        QCOMPARE(bottom.size(), 1);
        QTest::keyClick(surfaceOf(editor), Qt::Key_Up);
        QCOMPARE(top.size(), 0);
        QTest::keyClick(surfaceOf(editor), Qt::Key_Up);
        QCOMPARE(top.size(), 1);
    }

    void tabInsertsSpaces()
    {
        CodeEditor editor;
        editor.show();
        QTest::keyClick(surfaceOf(editor), Qt::Key_Tab);
        QCOMPARE(editor.text(), u"    "_s);
    }

    void aReadOnlyEditorTakesNothing()
    {
        CodeEditor editor;
        editor.setText(u"x"_s);
        editor.setReadOnly(true);
        editor.show();
        QTest::keyClicks(surfaceOf(editor), u"y"_s);
        QCOMPARE(editor.text(), u"x"_s);
    }

    void fiveThousandLinesAreTypedInWithoutDelay()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"value = compute('x', 12)  # comment\n"_s.repeated(5000));
        editor.show();
        QVERIFY(editor.colorAt(0).isValid());
        QElapsedTimer timer;
        timer.start();
        QTest::keyClicks(surfaceOf(editor), u"0123456789"_s);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void aNewLineColoursNoLineThatOnlyMoved()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"value = compute('x', 12)  # comment\n"_s.repeated(20'000));
        editor.show();
        const auto timeOf = [](const auto& act) {
            const std::clock_t before = std::clock(); // of this process alone, whatever else runs
            act();
            return std::clock() - before;
        };
        const std::clock_t whole = timeOf([&] { QVERIFY(editor.colorAt(0).isValid()); });
        editor.moveCursorToStart();
        const std::clock_t each = timeOf([&] {
            for (int i = 0; i < 20; ++i) {
                QTest::keyClick(surfaceOf(editor), Qt::Key_Return);
                QVERIFY(editor.colorAt(0).isValid());
            }
        }) / 20;
        QVERIFY2(each < whole / 3, qPrintable(u"%1 of %2 µs"_s.arg(each).arg(whole)));
    }

    void coloursAreTheSameHoweverTheTextCameAbout()
    {
        CodeEditor editor;
        editor.setLanguage(CodeLanguage::Python);
        editor.setText(u"import os\na = 'x'\nb = 2 # no\n"_s.repeated(4));
        editor.show();
        QRandomGenerator random(7);
        const Qt::Key moves[] = { Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End };
        const Qt::Key edits[] = { Qt::Key_Return, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Backspace };
        const QStringList words{ u"\"\"\""_s, u"'"_s, u"#"_s, u"if 1"_s };
        for (int step = 0; step < 400; ++step) {
            for (int i = random.bounded(4); i > 0; --i)
                QTest::keyClick(surfaceOf(editor), moves[random.bounded(6)], random.bounded(4) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
            if (random.bounded(3) == 0)
                QTest::keyClicks(surfaceOf(editor), words.at(random.bounded(words.size())));
            else
                QTest::keyClick(surfaceOf(editor), edits[random.bounded(4)]);
            if (step % 7 != 0)
                continue; // several edits between two looks
            CodeEditor fresh;
            fresh.setLanguage(CodeLanguage::Python);
            fresh.setText(editor.text());
            for (int offset = 0; offset < editor.text().size(); ++offset)
                QVERIFY2(editor.colorAt(offset) == fresh.colorAt(offset), qPrintable(u"%1 in %2"_s.arg(offset).arg(editor.text())));
        }
    }

    void theAccessibleNameReachesTheText()
    {
        CodeEditor editor;
        editor.setLabel(u"Code of cell 3"_s);
        QCOMPARE(surfaceOf(editor)->accessibleName(), u"Code of cell 3"_s);
    }
};

KINDLING_TEST(CodeEditorTest)
#include "tst_codeeditor.moc"
