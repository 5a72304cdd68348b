// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/arguments.h"

#include <QCoreApplication>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Arguments)
};
}

std::expected<Arguments, QString> Arguments::parse(const QStringList& words, const QList<OptionRule>& rules)
{
    Arguments result;
    QStringList left = words;
    while (!left.isEmpty()) {
        if (left.first() == "--"_L1) {
            result.m_rest += left.sliced(1);
            break;
        }
        if (!left.first().startsWith(u'-') || left.first() == "-"_L1) {
            result.m_rest += left.takeFirst();
            continue;
        }
        const QString problem = result.takeOption(left, rules);
        if (!problem.isEmpty())
            return std::unexpected(problem);
    }
    return result;
}

QString Arguments::takeOption(QStringList& words, const QList<OptionRule>& rules)
{
    const QString word = words.takeFirst();
    const qsizetype equals = word.indexOf(u'=');
    const QString shown = equals < 0 ? word : word.first(equals);
    const QString name = shown.startsWith("--"_L1) ? shown.sliced(2) : QString();
    const auto rule = std::ranges::find(rules, name, &OptionRule::name);
    if (name.isEmpty() || rule == rules.end())
        return Words::tr("The option %1 is not known.").arg(shown);
    if (m_values.contains(name) && !rule->isRepeatable)
        return Words::tr("The option %1 may be given only once.").arg(shown);
    if (!rule->takesValue) {
        if (equals >= 0)
            return Words::tr("The option %1 takes no value.").arg(shown);
        m_values.insert(name, {});
        return {};
    }
    QString value = equals < 0 ? QString() : word.sliced(equals + 1);
    if (equals < 0 && !words.isEmpty() && !words.first().startsWith("--"_L1))
        value = words.takeFirst();
    if (value.isEmpty())
        return Words::tr("The option %1 needs a value.").arg(shown);
    m_values[name].append(value);
    return {};
}

QString contradiction(const Arguments& arguments, const QStringList& names)
{
    QStringList given;
    for (const QString& name : names) {
        if (arguments.has(name))
            given.append("--"_L1 + name);
    }
    return given.size() < 2 ? QString() : Words::tr("The options %1 and %2 exclude each other.").arg(given.at(0), given.at(1));
}

} // namespace kindling
