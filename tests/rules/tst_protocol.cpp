// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/sourcefile.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

namespace {
struct TestClass {
    QString folder;
    QSet<QString> functions;
};

/// Every test class of the tree, by its name.
QHash<QString, TestClass> testClasses()
{
    static const QRegularExpression begin(u"^class (Test\\w+) final : public QObject"_s, QRegularExpression::MultilineOption);
    static const QRegularExpression function(u"\\bvoid (\\w+)\\(\\)"_s);
    QHash<QString, TestClass> classes;
    for (const SourceFile& file : readSources({ u"tests"_s })) {
        QString name;
        qsizetype from = 0;
        const auto close = [&](qsizetype to) {
            for (const auto& match : function.globalMatch(file.code.sliced(from, to - from)))
                classes[name].functions.insert(match.captured(1));
        };
        for (const auto& match : begin.globalMatch(file.code)) {
            if (!name.isEmpty())
                close(match.capturedStart());
            name = match.captured(1);
            classes[name].folder = QFileInfo(file.path).path();
            from = match.capturedStart();
        }
        if (!name.isEmpty())
            close(file.code.size());
    }
    return classes;
}

/// What is wrong with the names in one text, where `classWord` says which class a bare function belongs to.
class NameCheck final {
public:
    explicit NameCheck(QHash<QString, TestClass> classes)
        : m_classes(std::move(classes))
    {
    }

    /// How many tests were named in it.
    int check(const QString& text, bool takesBareFunctions)
    {
        static const QRegularExpression piece(u"`([^`]+)`|\\b(contract|live|real)\\b"_s);
        m_current.clear();
        int named = 0;
        for (const auto& match : piece.globalMatch(text)) {
            if (const QString word = match.captured(2); !word.isEmpty())
                m_current = word == "contract"_L1 ? u"TestContract"_s : word == "live"_L1 ? u"TestLocalSpark"_s : u"TestRealLivy"_s;
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
            m_current = match.captured(2);
            if (!m_classes.contains(m_current))
                m_offences << u"no class %1"_s.arg(m_current);
            else if (!match.captured(1).isEmpty() && !isProgramOf(match.captured(1), m_classes.value(m_current).folder))
                m_offences << u"%1 is not in %2"_s.arg(m_current, match.captured(1));
            if (!match.captured(3).isEmpty())
                checkFunction(match.captured(3), !match.captured(4).isEmpty());
            return true;
        }
        const auto match = bare.match(name);
        if (!takesBareFunctions || !match.hasMatch())
            return false;
        checkFunction(match.captured(1), !match.captured(2).isEmpty());
        return true;
    }
    void checkFunction(const QString& function, bool isBegin)
    {
        const QSet<QString> functions = m_classes.value(m_current).functions;
        const bool isThere = isBegin ? std::ranges::any_of(functions, [&](const QString& each) { return each.startsWith(function); })
                                     : functions.contains(function);
        if (!isThere)
            m_offences << u"%1 has no %2"_s.arg(m_current, function);
    }
    static bool isProgramOf(const QString& program, const QString& folder)
    {
        return readTreeFile(folder + u"/CMakeLists.txt"_s).contains(QRegularExpression(u"kindling_test\\(%1\\b"_s.arg(program.sliced(5))));
    }

    QHash<QString, TestClass> m_classes;
    QString m_current;
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
                const bool owes = !isHead && cells.at(column) != "–"_L1 && !cells.at(column).startsWith("recorded"_L1) && !cells.at(column).startsWith("the same"_L1);
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
