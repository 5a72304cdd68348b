// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/shape.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace kindling::rules {

namespace {

constexpr qsizetype maxSourceLines = 400;
constexpr qsizetype maxTestLines = 600;
constexpr qsizetype maxHeaderLines = 199;
constexpr qsizetype maxFunctionLines = 49;
constexpr qsizetype maxConstructorLines = 59;
constexpr qsizetype maxParameters = 5;
constexpr int maxNesting = 3;

enum class Block { Scope, Function, Control, Lambda, Other };

struct Open {
    Block block;
    qsizetype headAt;    ///< where the text that leads to the brace begins
    QString head;
    int nesting = 0;     ///< deepest of the control blocks below, for functions and lambdas
};

/// The offset of the parenthesis that opens the parameters: the first one outside template arguments.
qsizetype parametersAt(const QString& head)
{
    const auto callOperator = head.indexOf("operator()"_L1);
    return head.indexOf(u'(', callOperator < 0 ? 0 : callOperator + qsizetype(10));
}

qsizetype countParameters(const QString& head)
{
    const auto open = parametersAt(head);
    int depth = 0;
    qsizetype commas = 0;
    bool any = false;
    for (auto i = open; i >= 0 && i < head.size(); ++i) {
        const QChar c = head.at(i);
        if (u"([{<"_s.contains(c))
            ++depth;
        else if (u")]}>"_s.contains(c) && --depth == 0)
            break;
        else if (c == u',' && depth == 1)
            ++commas;
        any = any || (i > open && !c.isSpace());
    }
    return any ? commas + 1 : 0;
}

/// Reads a file's braces; what stands before an opening one says what it opens.
class BraceReader {
public:
    explicit BraceReader(const SourceFile& file)
        : m_file(file)
        , m_code(withoutDirectives(file.code))
    {
    }

    QList<Function> read()
    {
        for (m_at = 0; m_at < m_code.size(); ++m_at) {
            const QChar c = m_code.at(m_at);
            if (c == u'(')
                ++m_parens;
            else if (c == u')')
                m_parens = std::max(0, m_parens - 1);
            else if (c == u';' && m_parens == 0)
                m_headAt = m_at + 1;
            else if (c == u'{')
                open();
            else if (c == u'}')
                close();
        }
        return m_functions;
    }

private:
    static QString withoutDirectives(QString code)
    {
        static const QRegularExpression directive(uR"(^[ \t]*#.*$)"_s, QRegularExpression::MultilineOption);
        for (auto it = directive.globalMatch(code); it.hasNext();) {
            const auto match = it.next();
            code.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), u' '));
        }
        return code;
    }

    [[nodiscard]] bool isInsideFunction() const
    {
        return std::ranges::any_of(m_open, [](const Open& open) { return open.block == Block::Function; });
    }

    [[nodiscard]] Block blockOf(const QString& head) const
    {
        static const QRegularExpression control(uR"(^(\}\s*)?(else\s+)?(if|for|while|switch|do|else|try|catch)\b)"_s);
        static const QRegularExpression lambda(uR"(\[[^\[\]]*\]\s*(\([^{}]*\))?\s*(mutable|noexcept|->[^{};]*|\s)*$)"_s);
        static const QRegularExpression scope(uR"(^(template\s*<[^{}]*>\s*)?(inline\s+)?(namespace|class|struct|union|enum|extern)\b)"_s);
        static const QRegularExpression label(uR"(^(case\b[^:]*(::[^:]*)*:|default:|public:|private:|protected:|Q_SIGNALS:|(public|private|protected)\s+Q_SLOTS:)\s*)"_s);
        QString text = head.trimmed();
        for (auto match = label.match(text); match.hasMatch(); match = label.match(text))
            text = text.sliced(match.capturedLength());
        if (lambda.match(text).hasMatch() && isInsideFunction())
            return Block::Lambda;
        if (isInsideFunction())
            return control.match(text).hasMatch() ? Block::Control : Block::Other;
        if (scope.match(text).hasMatch())
            return Block::Scope;
        if (!text.contains(u'(') || m_parens > 0)
            return Block::Other;
        static const QRegularExpression initialiser(uR"(\)\s*:[^:].*[\w>]$)"_s, QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression variable(uR"(^[^(]*=)"_s);
        const bool isValue = initialiser.match(text).hasMatch() || (variable.match(text).hasMatch() && !text.contains("operator"_L1));
        return isValue ? Block::Other : Block::Function;
    }

    void open()
    {
        const QString head = m_code.sliced(m_headAt, m_at - m_headAt);
        const Block block = blockOf(head);
        m_open.append({ block, m_headAt, head, 0 });
        m_parensAt.append(std::exchange(m_parens, 0));
        m_headsAt.append(m_headAt);
        m_headAt = m_at + 1;
        if (block != Block::Control)
            return;
        int depth = 0;
        for (auto i = m_open.size() - 1; i >= 0; --i) {
            if (m_open.at(i).block == Block::Control)
                ++depth;
            if (m_open.at(i).block == Block::Lambda || m_open.at(i).block == Block::Function) {
                m_open[i].nesting = std::max(m_open.at(i).nesting, depth);
                break;
            }
        }
    }

    void close()
    {
        if (m_open.isEmpty())
            return;
        const Open block = m_open.takeLast();
        m_parens = m_parensAt.takeLast();
        const auto headAt = m_headsAt.takeLast();
        // A braced value or a lambda is part of the statement around it.
        m_headAt = block.block == Block::Other || block.block == Block::Lambda ? headAt : m_at + 1;
        if (block.block == Block::Lambda)
            giveNesting(block.nesting);
        if (block.block == Block::Function)
            m_functions.append(functionOf(block));
    }

    void giveNesting(int nesting)
    {
        for (auto i = m_open.size() - 1; i >= 0; --i) {
            if (m_open.at(i).block == Block::Function)
                m_open[i].nesting = std::max(m_open.at(i).nesting, nesting);
        }
    }

    [[nodiscard]] Function functionOf(const Open& block) const
    {
        static const QRegularExpression label(uR"(\G\s*((public|private|protected)(\s+Q_SLOTS)?|Q_SIGNALS)\s*:)"_s);
        static const QRegularExpression name(uR"(([~\w:]+|operator\s*\S+)\s*$)"_s);
        qsizetype start = block.headAt;
        for (auto match = label.match(m_code, start); match.hasMatch(); match = label.match(m_code, start))
            start = match.capturedEnd();
        while (start < m_code.size() && m_code.at(start).isSpace())
            ++start;
        Function function;
        function.name = name.match(block.head.left(parametersAt(block.head))).captured(1);
        function.offset = start;
        function.lines = m_code.sliced(start, m_at - start).count(u'\n') + 1;
        function.parameters = countParameters(block.head);
        function.nesting = block.nesting;
        return function;
    }

    const SourceFile& m_file;
    QString m_code;
    qsizetype m_at = 0;
    qsizetype m_headAt = 0;
    int m_parens = 0;
    QList<Open> m_open;
    QList<int> m_parensAt;
    QList<qsizetype> m_headsAt;
    QList<Function> m_functions;
};

} // namespace

bool Function::isConstructor() const
{
    const QStringList parts = name.split(u"::"_s);
    return parts.size() > 1 && parts.at(parts.size() - 1) == parts.at(parts.size() - 2);
}

QList<Function> functionsOf(const SourceFile& file)
{
    return BraceReader(file).read();
}

QStringList sizeOffences(const SourceFile& file)
{
    QStringList offences;
    const auto lines = file.text.count(u'\n');
    const auto sourceLimit = file.isUnder(u"tests"_s) ? maxTestLines : maxSourceLines;
    const auto limit = file.isHeader() ? maxHeaderLines : sourceLimit;
    if (lines > limit)
        offences << u"%1: %2 lines, the limit is %3"_s.arg(file.path).arg(lines).arg(limit);
    if (file.isUnder(u"tests"_s))
        return offences;
    for (const Function& function : functionsOf(file)) {
        const auto most = function.isConstructor() ? maxConstructorLines : maxFunctionLines;
        if (function.lines > most)
            offences << file.place(function.offset, u"%1 has %2 lines, the limit is %3"_s.arg(function.name).arg(function.lines).arg(most));
        if (function.parameters > maxParameters)
            offences << file.place(function.offset, u"%1 has %2 parameters"_s.arg(function.name).arg(function.parameters));
        if (function.nesting > maxNesting)
            offences << file.place(function.offset, u"%1 nests %2 deep"_s.arg(function.name).arg(function.nesting));
    }
    return offences;
}

} // namespace kindling::rules
