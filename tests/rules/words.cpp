// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/words.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::rules {

namespace {

struct WordRule {
    QRegularExpression pattern;
    QString reason;
    QStringList allowedUnder;    ///< path prefixes
    QStringList appliesUnder{};  ///< path prefixes; empty = everywhere
};

bool startsWithAny(const QString& path, const QStringList& prefixes)
{
    return std::ranges::any_of(prefixes, [&](const QString& prefix) { return path.startsWith(prefix); });
}

QRegularExpression regex(const QString& pattern)
{
    return QRegularExpression(pattern);
}

const QList<WordRule>& wordRules()
{
    static const QList<WordRule> rules{
        { regex(uR"(\bq(Wait|Sleep)\s*\()"_s), u"tests wait for a condition, never for a time"_s, {} },
        { regex(uR"(\b(sleep_for|sleep_until|usleep|msleep)\s*\(|QThread::sleep)"_s), u"nothing of ours sleeps"_s, { u"tests/bench/"_s } },
        { regex(uR"(\bprocessEvents\s*\()"_s), u"no event loop inside a function"_s, {} },
        { regex(uR"(\bQEventLoop\b)"_s), u"no nested event loop"_s, { u"ui/dialogs/"_s, u"tests/"_s } },
        { regex(uR"(\bQ(MessageBox|InputDialog|FileDialog)::(question|warning|information|critical|about|get\w+)\s*\()"_s),
            u"modal questions go through the dialogs' seam"_s, { u"ui/dialogs/"_s } },
        { regex(uR"(\bsender\s*\(\s*\))"_s), u"the sender is an argument"_s, {} },
        { regex(uR"(\b(SIGNAL|SLOT)\s*\()"_s), u"connect by member pointer"_s, {} },
        { regex(uR"(\bsingleShot\s*\([^,()]*(\([^()]*\))?[^,()]*,\s*\[)"_s), u"a timer's callback needs a context object"_s, {} },
        { regex(uR"(\bQSettings\b)"_s), u"only app/storage knows QSettings"_s, { u"app/storage/"_s, u"tests/"_s } },
        { regex(uR"(\bQNetworkAccessManager\b)"_s), u"only app/net knows it"_s, { u"app/net/"_s, u"tests/"_s } },
        { regex(uR"(\bQTcpServer\b)"_s), u"only app/local listens"_s, { u"app/local/"_s, u"tests/"_s } },
        { regex(uR"(\bQJson\w+|\bsimdjson\b)"_s), u"JSON lives in app/livy, app/notebook and app/local only"_s,
            { u"app/livy/"_s, u"app/notebook/"_s, u"app/local/"_s, u"tests/"_s, u"cmake/"_s } },
        { regex(uR"(\b(currentDateTime|currentDateTimeUtc|currentMSecsSinceEpoch|currentSecsSinceEpoch)\s*\()"_s),
            u"only Clock knows the time"_s, { u"app/core/clock"_s, u"app/local/"_s, u"tests/"_s } },
        { regex(uR"(\bQTimer\b)"_s), u"server data moves by Clock"_s, { u"app/engine/localspark"_s },
            { u"app/engine/"_s, u"app/livy/"_s, u"app/models/"_s, u"app/results/"_s } },
        { regex(uR"(\b(?!Q)\w+::instance\s*\(|\bstatic\s+[\w:&*<> ]*\binstance\s*\()"_s), u"no singletons"_s, {} },
        { regex(uR"((?<!operator )\bdelete\b(?!\s*;)(\s*\[\s*\])?\s+[\w(*])"_s), u"owners delete, by parent or unique_ptr"_s, {} },
        { regex(uR"(\bthrow\b)"_s), u"errors are values"_s, {}, { u"app/"_s, u"ui/"_s } },
    };
    return rules;
}

/// The offset after the brace that closes the one at `open`.
qsizetype blockEnd(const QString& code, qsizetype open)
{
    int depth = 0;
    for (auto i = open; i < code.size(); ++i) {
        if (code.at(i) == u'{')
            ++depth;
        else if (code.at(i) == u'}' && --depth == 0)
            return i + 1;
    }
    return code.size();
}

} // namespace

QStringList wordOffences(const SourceFile& file)
{
    QStringList offences;
    for (const WordRule& rule : wordRules()) {
        if (startsWithAny(file.path, rule.allowedUnder)
            || (!rule.appliesUnder.isEmpty() && !startsWithAny(file.path, rule.appliesUnder)))
            continue;
        for (auto it = rule.pattern.globalMatch(file.code); it.hasNext();) {
            const auto match = it.next();
            offences << file.place(match.capturedStart(), match.captured().simplified() + u": "_s + rule.reason);
        }
    }
    static const QRegularExpression promises(uR"(\b(TODO|FIXME|XXX)\b)"_s);
    for (auto it = promises.globalMatch(file.text); it.hasNext();) {
        const auto match = it.next();
        if (!file.path.startsWith("tests/rules/"_L1))
            offences << file.place(match.capturedStart(), u"what is left to do is an issue, not a comment"_s);
    }
    return offences;
}

QStringList defaultOffences(const SourceFile& file)
{
    static const QRegularExpression switches(uR"(\bswitch\s*\()"_s);
    static const QRegularExpression ours(uR"(\bcase\s+(?!Q|ondemand|simdjson|std)\w+::)"_s);
    static const QRegularExpression fallback(uR"(\bdefault\s*:)"_s);
    QStringList offences;
    for (auto it = switches.globalMatch(file.code); it.hasNext();) {
        const auto start = it.next().capturedStart();
        const auto open = file.code.indexOf(u'{', start);
        if (open < 0)
            continue;
        const QString block = file.code.sliced(open, blockEnd(file.code, open) - open);
        if (ours.match(block).hasMatch() && fallback.match(block).hasMatch())
            offences << file.place(start, u"a switch over our own enum names every case"_s);
    }
    return offences;
}

QStringList textOffences(const SourceFile& file)
{
    // A literal with at least one word of letters that is not an address, a format or a style.
    static const QRegularExpression literal(
        uR"re(\b(setText|setWindowTitle|setToolTip|setStatusTip|setPlaceholderText|setTitle|setLabelText|setAccessibleName|setAccessibleDescription|addAction|addMenu|addTab|addButton|setInformativeText|showMessage|QLabel|QPushButton|QToolButton|QCheckBox|QRadioButton|QGroupBox|QAction)\s*[({]\s*(u?"([^"\\]|\\.)*[A-Za-z]{2,}([^"\\]|\\.)*"))re"_s);
    static const QRegularExpression identifier(uR"re("([a-z]+[A-Z]\w*|\w+://[^"]*)"$)re"_s);
    static const QRegularExpression translated(uR"((?<![\w.>:])tr\s*\()"_s);
    static const QStringList raw{ u"app/core/"_s, u"app/results/"_s, u"app/models/"_s };
    QStringList offences;
    if (file.isUnder(u"ui"_s)) {
        for (auto it = literal.globalMatch(file.plain); it.hasNext();) {
            const auto match = it.next();
            if (identifier.match(match.captured(2)).hasMatch())
                continue;
            offences << file.place(match.capturedStart(), match.captured(2) + u" is not tr()"_s);
        }
        return offences;
    }
    for (auto it = translated.globalMatch(file.code); startsWithAny(file.path, raw) && it.hasNext();)
        offences << file.place(it.next().capturedStart(), u"values and models know no words for people"_s);
    return offences;
}

QStringList sentenceOffences(const SourceFile& file)
{
    // tr() and translate() take plain literals, so a sentence in one of these was never seen by a translator.
    static const QRegularExpression literal(
        uR"re((?:u"((?:[^"\\]|\\.)*)"(?:_s)?|"((?:[^"\\]|\\.)*)"_L1|QStringLiteral\(\s*u?"((?:[^"\\]|\\.)*)"))re"_s);
    static const QRegularExpression full(u"^(?=.*(?:[A-Z]|%\\d)).* .*[a-z%\\d)][.!?…]$"_s);
    static const QRegularExpression words(u"(?<![\\w\\\\])[A-Za-z][a-z]+:? [a-z]{2,} [a-z]{2,}|^(?=.*%\\d)(?:.* )?[a-z]{2,} [a-z]{2,}"_s);
    if (!file.isUnder(u"app"_s) || file.isUnder(u"app/local"_s))
        return {};
    QStringList offences;
    for (auto it = literal.globalMatch(file.plain); it.hasNext();) {
        const auto match = it.next();
        const QString text = match.captured(match.lastCapturedIndex());
        if (full.match(text).hasMatch() || words.match(text).hasMatch())
            offences << file.place(match.capturedStart(), u'"' + text + u"\" is a sentence, but not tr()"_s);
    }
    return offences;
}

QStringList headOffences(const SourceFile& file)
{
    QStringList offences;
    static const QString head = u"// SPDX-FileCopyrightText: The Kindling developers\n// SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
    if (!file.text.startsWith(head))
        offences << file.place(0, u"the two SPDX lines are missing"_s);
    if (file.isHeader() && !file.code.contains("#pragma once"_L1))
        offences << file.place(0, u"#pragma once is missing"_s);
    return offences;
}

} // namespace kindling::rules
