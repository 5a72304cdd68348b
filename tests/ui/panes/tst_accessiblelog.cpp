// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/log/logview.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QtTest/qtestaccessible.h>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

/// A log read as a screen reader reads it.
class TestAccessibleLog final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTestAccessibility::initialize(); }
    void cleanupTestCase() { QTestAccessibility::cleanup(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_view = std::make_unique<LogView>();
        m_view->resize(600, 200);
        m_view->show();
        QAccessible::setActive(true);
        QTestAccessibility::clearEvents();
    }
    void cleanup()
    {
        m_view.reset();
        QTestAccessibility::clearEvents();
    }

    void isATextThatCannotBeChanged()
    {
        QCOMPARE(seen().role(), QAccessible::EditableText);
        QVERIFY(seen().state().readOnly);
        QVERIFY(seen().state().multiLine);
        QVERIFY(seen().state().focusable);
        QCOMPARE(text().characterCount(), 0);
        QCOMPARE(text().cursorPosition(), 0);
        QCOMPARE(text().selectionCount(), 0);
    }
    void readsItsLines()
    {
        m_view->log().append("first\nsecond line\n\nfourth", LogSection::Stdout);
        m_view->log().append(LogMark{ .kind = LogMark::Kind::Statement, .text = u"df.count()"_s }, LogSection::Stdout);
        QVERIFY2(text().text(0, -1).startsWith("first\nsecond line\n\nfourth\n"_L1), qPrintable(text().text(0, -1)));
        QVERIFY(text().text(0, -1).contains("df.count()"_L1));
        QCOMPARE(text().characterCount(), text().text(0, -1).size());
        QCOMPARE(seen().text(QAccessible::Value), text().text(0, -1));
        QCOMPARE(text().text(6, 12), u"second"_s);
        int start = 0;
        int end = 0;
        QCOMPARE(text().textAtOffset(9, QAccessible::LineBoundary, &start, &end).trimmed(), u"second line"_s);
        QCOMPARE(start, 6);
        QCOMPARE(text().textAtOffset(13, QAccessible::WordBoundary, &start, &end), u"line"_s);
    }
    void hasTheCurrentLineAsItsCaret()
    {
        m_view->log().append("first\nsecond line\nthird", LogSection::Stdout);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(text().cursorPosition(), 0);
        QTestAccessibility::clearEvents();
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(text().cursorPosition(), 6);
        QCOMPARE(selected(), u"second line"_s);
        QAccessibleTextCursorEvent moved(m_view.get(), 6);
        QVERIFY(QTestAccessibility::containsEvent(&moved));
        QAccessibleTextSelectionEvent chosen(m_view.get(), 6, 17);
        chosen.setCursorPosition(6);
        QVERIFY(QTestAccessibility::containsEvent(&chosen));
        text().setCursorPosition(20);
        QCOMPARE(m_view->currentRow(), 2);
        QCOMPARE(selected(), u"third"_s);
    }
    void letsCharactersBeSelected()
    {
        m_view->log().append("first\nsecond line\nthird", LogSection::Stdout);
        text().addSelection(8, 20);
        QCOMPARE(m_view->selectedText(), u"cond line\nth"_s);
        QCOMPARE(text().selectionCount(), 1);
        QCOMPARE(selected(), u"cond line\nth"_s);
        QCOMPARE(text().cursorPosition(), 20);
        text().setSelection(0, 3, 0);
        QCOMPARE(m_view->selectedText(), u"fir"_s);
        QCOMPARE(text().cursorPosition(), 0);
        text().removeSelection(0);
        QCOMPARE(text().selectionCount(), 0);
        QCOMPARE(m_view->selectedText(), QString());
    }
    void tellsWhatCame()
    {
        m_view->log().append("first", LogSection::Stdout);
        QAccessibleTextInsertEvent first(m_view.get(), 0, u"first"_s);
        QVERIFY(QTestAccessibility::containsEvent(&first));
        m_view->log().append("second", LogSection::Stdout);
        QAccessibleTextInsertEvent second(m_view.get(), 5, u"\nsecond"_s);
        QVERIFY(QTestAccessibility::containsEvent(&second));
        m_view->log().clear();
        QAccessibleTextUpdateEvent gone(m_view.get(), 0, u"first\nsecond"_s, QString());
        QVERIFY(QTestAccessibility::containsEvent(&gone));
    }
    void tellsNothingWhereNobodyListens()
    {
        QAccessible::setActive(false);
        m_view->log().append("first\nsecond", LogSection::Stdout);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QAccessibleTextInsertEvent first(m_view.get(), 0, u"first\nsecond"_s);
        QVERIFY(!QTestAccessibility::containsEvent(&first));
        QAccessibleTextCursorEvent moved(m_view.get(), 0);
        QVERIFY(!QTestAccessibility::containsEvent(&moved));
    }
    void tellsWhatScrollingShows()
    {
        m_view->log().append(numbered(1000), LogSection::Stdout);
        const QString before = text().text(0, -1);
        QVERIFY(before.endsWith("line 999"_L1));
        QTestAccessibility::clearEvents();
        m_view->verticalScrollBar()->setValue(500);
        QVERIFY(text().text(0, -1).startsWith("line 500\n"_L1));
        QAccessibleTextUpdateEvent scrolled(m_view.get(), 0, before, text().text(0, -1));
        QVERIFY(QTestAccessibility::containsEvent(&scrolled));
        m_view->setFollowing(true);
        QAccessibleTextUpdateEvent back(m_view.get(), 0, scrolled.textInserted(), before);
        QVERIFY(QTestAccessibility::containsEvent(&back));
    }
    void readsNoMoreOfMillionsThanIsSeen()
    {
        m_view->log().append(numbered(2'000'000), LogSection::Stdout);
        const int count = text().characterCount();
        QVERIFY(count > 0 && count < 1000);
        QVERIFY(text().text(0, -1).endsWith("line 1999999"_L1));
        m_view->showRow(1'000'000);
        m_view->verticalScrollBar()->setValue(0);
        QCOMPARE(text().cursorPosition(), text().characterCount());
        QCOMPARE(text().selectionCount(), 0);
        m_view->verticalScrollBar()->setValue(1'500'000);
        QCOMPARE(text().cursorPosition(), 0);
    }
    void countsTheUnitsOfWhatIsShown()
    {
        m_view->log().append("a\tb\n\xf0\x9f\x98\x80 smile\nzwei ö", LogSection::Stdout);
        const QString all = text().text(0, -1);
        QCOMPARE(all, u"a       b\n😀 smile\nzwei ö"_s);
        const auto smile = static_cast<int>(all.indexOf("smile"_L1));
        text().setSelection(0, smile, smile + 5);
        QCOMPARE(m_view->selectedText(), u"smile"_s);
        QCOMPARE(selected(), u"smile"_s);
        text().setSelection(0, 0, 9);
        QCOMPARE(m_view->selectedText(), u"a\tb"_s);
    }
    void cutsWhatNobodyListensTo()
    {
        m_view->log().append(QByteArray(10'000'000, 'x').append("\nshort"), LogSection::Stdout);
        const QString all = text().text(0, -1);
        QVERIFY(all.size() < 3000);
        QVERIFY(all.endsWith(u"x…\nshort"_s));
    }
    void knowsOnlyTheLinesThatAFilterLeaves()
    {
        m_view->log().append("one ERROR a\ntwo\nthree ERROR b", LogSection::Stdout);
        m_view->showRow(1);
        m_view->log().setFilter({ .least = LogLevel::Error });
        QCOMPARE(text().text(0, -1), u"one ERROR a\nthree ERROR b"_s);
        QCOMPARE(text().cursorPosition(), 12);
        QCOMPARE(text().selectionCount(), 0);
    }
    void findsCharactersWhereTheyAreDrawn()
    {
        m_view->log().append("first\nsecond line\nthird", LogSection::Stdout);
        for (const int offset : { 0, 3, 6, 11, 20 }) {
            const QRect box = text().characterRect(offset);
            QCOMPARE(text().offsetAtPoint(box.topLeft() + QPoint(2, box.height() / 2)), offset);
        }
        QCOMPARE(text().offsetAtPoint(m_view->mapToGlobal(QPoint(-50, -50))), -1);
    }
    void survivesOffsetsThatAreNone()
    {
        for (const char* lines : { "", "first\nsecond" }) {
            m_view->log().append(lines, LogSection::Stdout);
            for (const int offset : { std::numeric_limits<int>::min(), -1, 1'000'000, std::numeric_limits<int>::max() }) {
                int start = 0;
                int end = 0;
                text().setCursorPosition(offset);
                text().setSelection(0, offset, 3);
                text().setSelection(offset, 0, 3);
                text().removeSelection(offset);
                text().selection(offset, &start, &end);
                text().attributes(offset, &start, &end);
                QVERIFY(text().text(offset, offset).size() <= text().characterCount());
                text().characterRect(offset);
                text().offsetAtPoint({ offset, offset });
            }
        }
        QCOMPARE(text().text(5, 2), QString());
    }

private:
    [[nodiscard]] QAccessibleInterface& seen() const { return *QAccessible::queryAccessibleInterface(m_view.get()); }
    [[nodiscard]] QAccessibleTextInterface& text() const { return *seen().textInterface(); }
    [[nodiscard]] QString selected() const
    {
        int start = 0;
        int end = 0;
        text().selection(0, &start, &end);
        return text().text(start, end);
    }
    static QByteArray numbered(int count)
    {
        QByteArray lines;
        for (int line = 0; line < count; ++line)
            lines += "line " + QByteArray::number(line) + '\n';
        lines.chop(1);
        return lines;
    }

    std::unique_ptr<LogView> m_view;
};

KINDLING_TEST(TestAccessibleLog)
#include "tst_accessiblelog.moc"
