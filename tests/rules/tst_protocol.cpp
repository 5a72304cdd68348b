// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/sourcefile.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QMultiHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

namespace {
struct TestClass {
    QString folder;
    QSet<QString> functions;
};

using TestClasses = QMultiHash<QString, TestClass>;

/// Every test class of the tree, by its name; folders have some of the same name.
TestClasses testClasses()
{
    static const QRegularExpression begin(u"^class (Test\\w+) final : public QObject"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression function(u"\\bvoid (\\w+)\\(\\)"_s);
    TestClasses classes;
    for (const SourceFile& file : readSources({ u"tests"_s })) {
        QList<QRegularExpressionMatch> begins;
        for (const auto& match : begin.globalMatch(file.code))
            begins.append(match);
        for (qsizetype index = 0; index < begins.size(); ++index) {
            const qsizetype from = begins.at(index).capturedStart();
            const qsizetype to = index + 1 < begins.size() ? begins.at(index + 1).capturedStart() : file.code.size();
            TestClass found{ QFileInfo(file.path).path(), {} };
            for (const auto& match : function.globalMatch(file.code.sliced(from, to - from)))
                found.functions.insert(match.captured(1));
            classes.insert(begins.at(index).captured(1), found);
        }
    }
    return classes;
}

/// What is wrong with the names in one text, where `classWord` says which class a bare function belongs to.
class NameCheck final {
public:
    explicit NameCheck(TestClasses classes)
        : m_classes(std::move(classes))
    {
    }

    /// How many tests were named in it.
    int check(const QString& text, bool takesBareFunctions)
    {
        static const QRegularExpression piece(u"`([^`]+)`|\\b(contract|live|real)\\b"_s);
        setCurrent({}, {});
        int named = 0;
        for (const auto& match : piece.globalMatch(text)) {
            if (const QString word = match.captured(2); !word.isEmpty())
                setCurrent(word == "contract"_L1 ? u"TestContract"_s : word == "live"_L1 ? u"TestLocalSpark"_s : u"TestRealLivy"_s, {});
            else
                named += checkName(match.captured(1), takesBareFunctions) ? 1 : 0;
        }
        return named;
    }
    [[nodiscard]] const QStringList& offences() const { return m_offences; }

private:
    /// False = it names no test.
    bool checkName(const QString& name, bool takesBareFunctions)
    {
        static const QRegularExpression full(u"\\A(?:(test_\\w+): )?(Test\\w+)(?:::(\\w+)(…?))?\\z"_s);
        static const QRegularExpression bare(u"\\A([a-z]\\w*[A-Z]\\w*|trap\\d+)(…?)\\z"_s);
        if (const auto match = full.match(name); match.hasMatch()) {
            setCurrent(match.captured(2), match.captured(1));
            if (m_meant.isEmpty())
                m_offences << u"no class %1 in %2"_s.arg(m_current, match.captured(1));
            if (!match.captured(3).isEmpty())
                checkFunction(match.captured(3), !match.captured(4).isEmpty());
            return true;
        }
        const auto match = bare.match(name);
        if (!takesBareFunctions || !match.hasMatch())
            return false;
        if (m_current.isEmpty())
            m_offences << u"%1 of no class"_s.arg(name);
        checkFunction(match.captured(1), !match.captured(2).isEmpty());
        return true;
    }
    void checkFunction(const QString& function, bool isBegin)
    {
        const bool isThere = std::ranges::any_of(m_meant, [&](const TestClass& meant) {
            return std::ranges::any_of(meant.functions, [&](const QString& each) { return isBegin ? each.startsWith(function) : each == function; });
        });
        if (!isThere && !m_meant.isEmpty())
            m_offences << u"%1 has no %2"_s.arg(m_current, function);
    }
    /// `program` may be empty: any that has a class of this name.
    void setCurrent(const QString& name, const QString& program)
    {
        m_current = name;
        m_meant = m_classes.values(name);
        if (!program.isEmpty())
            m_meant.removeIf([&program](const TestClass& each) { return !isProgramOf(program, each.folder); });
    }
    static bool isProgramOf(const QString& program, const QString& folder)
    {
        return readTreeFile(folder + u"/CMakeLists.txt"_s).contains(QRegularExpression(u"kindling_test\\(%1\\b"_s.arg(program.sliced(5))));
    }

    TestClasses m_classes;
    QString m_current;
    QList<TestClass> m_meant; ///< by m_current
    QStringList m_offences;
};

QStringList cellsOf(const QString& row)
{
    QStringList cells = row.sliced(1).chopped(1).split(u'|');
    for (QString& cell : cells)
        cell = cell.trimmed();
    return cells;
}
}

/// docs/protocol.md tells the truth about the tests.
class TestProtocol final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTestThatIsNamedIsThere()
    {
        NameCheck names(testClasses());
        QStringList lacking;
        int rows = 0;
        for (const QString& line : readTreeFile(u"docs/protocol.md"_s).split(u'\n')) {
            const QStringList cells = line.startsWith(u'|') && !line.startsWith("|--"_L1) ? cellsOf(line) : QStringList();
            if (cells.size() != 6 && cells.size() != 3) {
                names.check(line, false);
                continue;
            }
            ++rows;
            for (qsizetype column = 2; column < cells.size(); ++column) {
                const bool isHead = cells.first() == "operation"_L1 || cells.first() == "fault"_L1;
                const bool owes = !isHead && cells.at(column) != u"–" && !cells.at(column).startsWith("recorded"_L1) && !cells.at(column).startsWith("the same"_L1);
                if (names.check(cells.at(column), true) == 0 && owes)
                    lacking << u"%1: %2"_s.arg(cells.first(), cells.at(column));
            }
        }
        QVERIFY(rows > 60);
        QVERIFY2(names.offences().isEmpty(), listed(names.offences()).constData());
        QVERIFY2(lacking.isEmpty(), listed(lacking).constData());
    }

    void noticesANameThatIsNotThere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("offences");
        QTest::newRow("there") << u"`test_rules: TestProtocol::noticesANameThatIsNotThere`"_s << 0;
        QTest::newRow("a second function") << u"`TestProtocol::noticesANameThatIsNotThere`, `everyTestThatIsNamedIsThere`"_s << 0;
        QTest::newRow("its begin") << u"`TestProtocol::noticesAName…`"_s << 0;
        QTest::newRow("no test") << u"`sessions()->list` and `size`"_s << 0;
        QTest::newRow("function") << u"`TestProtocol::isNot`"_s << 1;
        QTest::newRow("begin") << u"`TestProtocol::isNo…`"_s << 1;
        QTest::newRow("bare function") << u"contract `isNotThere`"_s << 1;
        QTest::newRow("class") << u"`TestNobody`"_s << 1;
        QTest::newRow("function of nobody") << u"`noticesANameThatIsNotThere`"_s << 1;
        QTest::newRow("program") << u"`test_net: TestProtocol`"_s << 1;
    }
    void noticesANameThatIsNotThere()
    {
        QFETCH(QString, text);
        NameCheck names(testClasses());
        names.check(text, true);
        QTEST(static_cast<int>(names.offences().size()), "offences");
    }
};

KINDLING_TEST(TestProtocol)
#include "tst_protocol.moc"
