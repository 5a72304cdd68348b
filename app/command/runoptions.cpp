// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/runoptions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds longestTimeout = std::chrono::days(20); ///< a timer counts milliseconds in 31 bits

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunOptions)
};

/// Empty = fine.
QString readConf(const QStringList& pairs, QMap<QString, QString>& conf)
{
    for (const QString& pair : pairs) {
        const qsizetype equals = pair.indexOf(u'=');
        const QString key = pair.first(std::max<qsizetype>(equals, 0)).trimmed();
        if (key.isEmpty())
            return Words::tr("The option %1 is written %2.").arg(u"--conf"_s, u"KEY=VALUE"_s);
        if (conf.contains(key))
            return Words::tr("The setting %1 is given twice.").arg(key);
        conf.insert(key, pair.sliced(equals + 1));
    }
    return {};
}

/// The path of a file that may not be there yet, without links and detours.
QString realPath(const QString& path)
{
    const QFileInfo info(path);
    const QString canonical = info.canonicalFilePath();
    if (!canonical.isEmpty())
        return canonical;
    return info.dir().canonicalPath() + u'/' + info.fileName();
}

/// Empty = fine.
QString readFiles(const Arguments& arguments, RunOptions& options)
{
    if (arguments.rest().size() != 1)
        return arguments.rest().isEmpty() ? Words::tr("Which notebook?") : Words::tr("Only one notebook can be run at a time.");
    options.notebook = arguments.rest().first();
    const QFileInfo input(options.notebook);
    if (!input.isFile() || !input.isReadable())
        return Words::tr("The notebook %1 cannot be read.").arg(options.notebook);
    options.output = arguments.value(u"output"_s);
    if (options.output.isEmpty())
        options.output = input.path() + u'/' + input.completeBaseName() + u".out.ipynb"_s;
    if (realPath(options.output) == realPath(options.notebook))
        return Words::tr("The output would overwrite the notebook itself: name another file with --output.");
    const QFileInfo output(options.output);
    if (output.isDir() || !output.dir().exists())
        return Words::tr("The output cannot be written to %1: there is no such folder, or it is a folder itself.").arg(options.output);
    return {};
}

/// Empty = fine.
QString readWishes(const Arguments& arguments, RunOptions& options)
{
    if (arguments.has(u"kind"_s)) {
        options.kind = kindFromWire(arguments.value(u"kind"_s));
        if (options.kind == Kind::Unknown || options.kind == Kind::Shared)
            return Words::tr("The option %1 takes pyspark, spark, sparkr or sql.").arg(u"--kind"_s);
    }
    if (arguments.has(u"timeout"_s)) {
        const auto timeout = durationFromText(arguments.value(u"timeout"_s));
        if (!timeout)
            return Words::tr("The option %1 takes a time such as 90, 90s, 15m or 2h.").arg(u"--timeout"_s);
        options.timeout = *timeout;
    }
    options.sessionName = arguments.value(u"name"_s);
    options.keepsSession = arguments.has(u"keep-session"_s);
    if (options.keepsSession && options.target.server == "local"_L1)
        return Words::tr("Local Spark ends with this command, so its session cannot be kept.");
    return readConf(arguments.values(u"conf"_s), options.conf);
}
}

std::optional<std::chrono::seconds> durationFromText(const QString& text)
{
    static const QRegularExpression pattern(u"\\A(\\d{1,7})(s|m|h|d)?\\z"_s);
    const auto match = pattern.match(text);
    const std::chrono::seconds number(match.captured(1).toInt());
    if (!match.hasMatch() || number.count() == 0)
        return std::nullopt;
    const QString unit = match.captured(2);
    const int factor = unit == "d"_L1 ? 86'400 : unit == "h"_L1 ? 3'600 : unit == "m"_L1 ? 60 : 1;
    const std::chrono::seconds time = number * factor;
    return time <= longestTimeout ? std::optional(time) : std::nullopt;
}

std::expected<RunOptions, QString> readRunOptions(const QStringList& words, const QProcessEnvironment& environment)
{
    const QList<OptionRule> rules = QList<OptionRule>{ { u"server"_s, true }, { u"kind"_s, true }, { u"name"_s, true },
        { u"conf"_s, true, true }, { u"output"_s, true }, { u"timeout"_s, true }, { u"keep-session"_s } } + targetRules();
    const auto arguments = Arguments::parse(words, rules);
    if (!arguments)
        return std::unexpected(arguments.error());
    if (!arguments->has(u"server"_s))
        return std::unexpected(Words::tr("On which server? Name it with --server: an address, a stored server, or local."));
    RunOptions options;
    const auto target = readTarget(arguments->value(u"server"_s), *arguments, environment);
    if (!target)
        return std::unexpected(target.error());
    options.target = *target;
    QString problem = readFiles(*arguments, options);
    if (problem.isEmpty())
        problem = readWishes(*arguments, options);
    if (!problem.isEmpty())
        return std::unexpected(problem);
    return options;
}

std::expected<CheckOptions, QString> readCheckOptions(const QStringList& words, const QProcessEnvironment& environment)
{
    const auto arguments = Arguments::parse(words, QList<OptionRule>{ { u"json"_s } } + targetRules());
    if (!arguments)
        return std::unexpected(arguments.error());
    if (arguments->rest().size() != 1)
        return std::unexpected(Words::tr("Which server? One address or the name of a stored one."));
    if (arguments->rest().first() == "local"_L1)
        return std::unexpected(Words::tr("Local Spark cannot be checked: it runs only while something uses it."));
    const auto target = readTarget(arguments->rest().first(), *arguments, environment);
    if (!target)
        return std::unexpected(target.error());
    return CheckOptions{ .target = *target, .isJson = arguments->has(u"json"_s) };
}

} // namespace kindling
