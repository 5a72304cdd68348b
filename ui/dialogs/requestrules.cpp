// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/requestrules.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Rules {
    Q_DECLARE_TR_FUNCTIONS(kindling::RequestRules)
};

constexpr qsizetype longestName = 200;

bool isReachablePath(const QString& path)
{
    // One letter before the colon is a drive of Windows, not a scheme.
    static const QRegularExpression address(u"^(/|[a-z][a-z0-9+.-]+:)"_s, QRegularExpression::CaseInsensitiveOption);
    return address.match(path).hasMatch();
}

class RuleBook {
public:
    void name(const QString& name)
    {
        static const QRegularExpression digits(u"^\\d+$"_s);
        if (digits.match(name).hasMatch())
            add("name", Rules::tr("%1: not digits alone, since servers take those for an id."));
        else if (name.size() > longestName)
            add("name", Rules::tr("%1: at most %2 characters."), longestName);
    }
    void memory(const char* field, const QString& size)
    {
        if (!isMemorySize(size))
            add(field, Rules::tr("%1: a number and a unit, for example 4g or 512m."));
    }
    void count(const char* field, std::optional<int> count)
    {
        if (count && *count < 1)
            add(field, Rules::tr("%1: a whole number from 1 on, or left out."));
    }
    void path(const char* field, const QString& path)
    {
        if (!path.isEmpty() && !isReachablePath(path))
            add(field, Rules::tr("%1: a path from / on, or an address such as hdfs:///jobs/load.py."));
    }
    void paths(const char* field, const QStringList& paths)
    {
        for (qsizetype i = 0; i < paths.size(); ++i) {
            // Livy joins them with commas for Spark.
            if (paths.at(i).contains(u','))
                add(field, Rules::tr("%1: no comma in a path (file %2)."), i + 1);
            else if (!isReachablePath(paths.at(i)))
                add(field, Rules::tr("%1: file %2 needs a path from / on, or an address such as hdfs:///libs/a.jar."), i + 1);
        }
    }
    void time(const char* field, const QString& span)
    {
        if (!isTimeSpan(span))
            add(field, Rules::tr("%1: a whole number and a unit, for example 90s, 30m or 8h."));
    }
    void since(const char* field, bool isSet, int minor, const ServerVersion& version)
    {
        if (isSet && !version.isAtLeast(0, minor))
            add(field, Rules::tr("%1: only servers from Livy 0.%2 on know this."), minor);
    }
    template<typename Wanted>
    void common(const Wanted& wanted)
    {
        memory("driverMemory", wanted.driverMemory);
        count("driverCores", wanted.driverCores);
        memory("executorMemory", wanted.executorMemory);
        count("executorCores", wanted.executorCores);
        count("numExecutors", wanted.numExecutors);
        paths("jars", wanted.jars);
        paths("pyFiles", wanted.pyFiles);
        paths("files", wanted.files);
        paths("archives", wanted.archives);
    }
    [[nodiscard]] const QList<FieldProblem>& problems() const { return m_problems; }

private:
    void add(const char* field, const QString& rule)
    {
        const QString name = QString::fromLatin1(field);
        m_problems += { name, rule.arg(fieldLabel(name)) };
    }
    void add(const char* field, const QString& rule, qsizetype number)
    {
        const QString name = QString::fromLatin1(field);
        m_problems += { name, rule.arg(fieldLabel(name), QString::number(number)) };
    }

    QList<FieldProblem> m_problems;
};
}

QList<FieldProblem> problemsOf(const NewSession& wanted, const ServerVersion& version)
{
    RuleBook rules;
    rules.name(wanted.name);
    rules.common(wanted);
    rules.time("idleTimeout", wanted.idleTimeout);
    rules.time("ttl", wanted.ttl);
    rules.since("idleTimeout", !wanted.idleTimeout.isEmpty(), 9, version);
    rules.since("ttl", !wanted.ttl.isEmpty(), 8, version);
    return rules.problems();
}

QList<FieldProblem> problemsOf(const NewBatch& wanted)
{
    RuleBook rules;
    rules.path("file", wanted.file);
    rules.name(wanted.name);
    rules.common(wanted);
    return rules.problems();
}

bool isMemorySize(const QString& text)
{
    static const QRegularExpression size(u"^\\d{1,9}[kmgt]$"_s, QRegularExpression::CaseInsensitiveOption);
    return text.trimmed().isEmpty() || size.match(text.trimmed()).hasMatch();
}

bool isTimeSpan(const QString& text)
{
    static const QRegularExpression span(u"^\\d{1,18}(us|ms|s|m|min|h|d)?$"_s);
    return text.trimmed().isEmpty() || span.match(text.trimmed()).hasMatch();
}

QString fieldLabel(const QString& field)
{
    static constexpr struct {
        const char* field;
        const char* label;
    } labels[] = {
        { "file", QT_TRANSLATE_NOOP("kindling::RequestRules", "File") },
        { "className", QT_TRANSLATE_NOOP("kindling::RequestRules", "Main class") },
        { "args", QT_TRANSLATE_NOOP("kindling::RequestRules", "Arguments") },
        { "kind", QT_TRANSLATE_NOOP("kindling::RequestRules", "Kind") },
        { "name", QT_TRANSLATE_NOOP("kindling::RequestRules", "Name") },
        { "proxyUser", QT_TRANSLATE_NOOP("kindling::RequestRules", "Run as") },
        { "driverMemory", QT_TRANSLATE_NOOP("kindling::RequestRules", "Driver memory") },
        { "driverCores", QT_TRANSLATE_NOOP("kindling::RequestRules", "Driver cores") },
        { "executorMemory", QT_TRANSLATE_NOOP("kindling::RequestRules", "Executor memory") },
        { "executorCores", QT_TRANSLATE_NOOP("kindling::RequestRules", "Executor cores") },
        { "numExecutors", QT_TRANSLATE_NOOP("kindling::RequestRules", "Executors") },
        { "queue", QT_TRANSLATE_NOOP("kindling::RequestRules", "Queue") },
        { "jars", QT_TRANSLATE_NOOP("kindling::RequestRules", "Jars") },
        { "pyFiles", QT_TRANSLATE_NOOP("kindling::RequestRules", "Python files") },
        { "files", QT_TRANSLATE_NOOP("kindling::RequestRules", "Files") },
        { "archives", QT_TRANSLATE_NOOP("kindling::RequestRules", "Archives") },
        { "conf", QT_TRANSLATE_NOOP("kindling::RequestRules", "Spark settings") },
        { "heartbeatTimeoutInSecond", QT_TRANSLATE_NOOP("kindling::RequestRules", "Ends when not looked at for") },
        { "idleTimeout", QT_TRANSLATE_NOOP("kindling::RequestRules", "Ends when idle for") },
        { "ttl", QT_TRANSLATE_NOOP("kindling::RequestRules", "Lives at most") },
    };
    for (const auto& entry : labels) {
        if (field == QLatin1StringView(entry.field))
            return Rules::tr(entry.label);
    }
    return field;
}

QStringList labelsOf(const QStringList& fields)
{
    QStringList labels;
    for (const QString& field : fields)
        labels += fieldLabel(field);
    return labels;
}

} // namespace kindling
