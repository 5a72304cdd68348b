// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/servecommand.h"

#include "app/local/childprocess.h"
#include "app/local/classarchive.h"
#include "app/local/endsignals.h"
#include "app/local/localserver.h"
#include "app/local/runtimefolder.h"
#include "app/local/tokenfile.h"
#include "app/local/userpython.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <optional>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
using namespace kindling::local;

constexpr int badUsage = 2;
constexpr int cannotStart = 3;
constexpr Clock::Duration endPatience{ 8'000 };

struct Options {
    quint16 port = 0;
    bool wantsToken = true;
    bool endsWithParent = false;
    bool fetches = false;
    QString python; ///< null = as the environment says
    QString tokenFile; ///< the user's own; null = one for this run
    MachineLimits limits = limitsFor(machineMemoryBytes());
};

/// False = not a value of that option, or no option that takes one.
bool setValue(Options& options, const QString& option, const QString& value)
{
    bool isGood = false;
    if (option == u"--port") {
        options.port = value.toUShort(&isGood);
    } else if (option == u"--sessions") {
        options.limits.sessions = value.toInt(&isGood);
        isGood = isGood && options.limits.sessions > 0;
    } else if (option == u"--driver-memory") {
        options.limits.driverMemory = value;
        isGood = sparkBytes(value).has_value();
    } else if (option == u"--python") {
        options.python = value;
        isGood = !value.isEmpty();
    } else if (option == u"--token-file") {
        options.tokenFile = value;
        isGood = !value.isEmpty();
    } else if (option == u"--idle-timeout") {
        options.limits.idle = Clock::Duration{ durationMs(value) };
        isGood = options.limits.idle.count() > 0;
    }
    return isGood;
}

std::optional<Options> parse(const QStringList& arguments)
{
    Options options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (argument == u"--no-token") {
            options.wantsToken = false;
        } else if (argument == u"--with-parent") {
            options.endsWithParent = true;
        } else if (argument == u"--fetch") {
            options.fetches = true;
        } else if (++i == arguments.size() || !setValue(options, argument, arguments.at(i))) {
            return std::nullopt;
        }
    }
    if (!options.wantsToken && !options.tokenFile.isNull())
        return std::nullopt;
    return options;
}

int fail(const StartProblem& problem)
{
    std::fprintf(stderr, "kindling: error: %s: %s\n", qUtf8Printable(problem.code), qUtf8Printable(problem.text));
    return cannotStart;
}

void say(const QString& line)
{
    std::fprintf(stdout, "%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

/// Becomes the script that fetches Spark; the shell gets it as an argument, so nothing is left to clean up.
int fetch()
{
    QFile file(u":/local/fetch-spark.sh"_s);
    if (!file.open(QIODevice::ReadOnly))
        return cannotStart;
    const QByteArray script = file.readAll();
    ::execlp("sh", "sh", "-c", script.constData(), "fetch-spark", nullptr);
    return cannotStart;
}

QString tokenFolder(const QProcessEnvironment& environment)
{
    const QString runtime = environment.value(u"XDG_RUNTIME_DIR"_s);
    return runtime.isEmpty() ? cacheFolder(environment) : runtime + u"/kindling"_s;
}

/// Empty = none is asked for.
std::expected<QByteArray, StartProblem> tokenFor(const Options& options)
{
    if (!options.tokenFile.isNull())
        return keptToken(options.tokenFile);
    return options.wantsToken ? Access::makeToken() : QByteArray();
}

int serve(const Options& options, const SparkLocation& location, const RuntimeFolder& folder)
{
    adoptOrphans();
    SystemClock clock;
    const auto token = tokenFor(options);
    if (!token)
        return fail(token.error());
    LocalServer server(location, folder.path(), *token, options.limits, clock);
    if (!server.listen(options.port)) {
        return fail({ u"port-taken"_s, u"Port %1 cannot be used (%2). Leave --port out for any free one."_s
                                           .arg(options.port).arg(server.errorString()) });
    }
    const ClassArchive archive(location, folder.path(), clock);
    TokenFile ownFile;
    const bool needsFile = options.wantsToken && options.tokenFile.isNull();
    const QString tokens = tokenFolder(location.environment);
    if (needsFile && !ownFile.write(tokens, server.port(), *token))
        return fail({ u"no-space"_s, u"The token cannot be written to %1."_s.arg(tokens) });

    EndSignals signals;
    bool isEnding = false;
    QObject::connect(&signals, &EndSignals::asked, &server, [&] {
        if (std::exchange(isEnding, true))
            return;
        server.stop([] { QCoreApplication::quit(); });
        clock.after(endPatience, &server, [] { QCoreApplication::quit(); });
    });
    say(u"Listening on http://127.0.0.1:%1"_s.arg(server.port()));
    say(options.wantsToken ? u"Token: "_s + (needsFile ? ownFile.path() : options.tokenFile) : u"No token"_s);
    if (!options.wantsToken)
        std::fprintf(stderr, "kindling: warning: without a token every program on this machine can run code as you.\n");
    return QCoreApplication::exec();
}
}

int runServe(const QStringList& arguments)
{
    const auto options = parse(arguments);
    if (!options) {
        std::fprintf(stderr,
            "Usage: kindling serve [--port N] [--no-token | --token-file FILE] [--with-parent] [--sessions N]\n"
            "                      [--driver-memory SIZE] [--idle-timeout TIME] [--python PATH] | --fetch\n");
        return badUsage;
    }
    if (options->endsWithParent && !EndSignals::endWithParent())
        return 0;
    if (options->fetches)
        return fetch();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!options->python.isNull())
        environment.insert(u"PYSPARK_PYTHON"_s, interpreterIn(options->python));
    const auto location = locateSpark(environment);
    if (!location)
        return fail(location.error());
    const auto folder = RuntimeFolder::make(cacheFolder(environment));
    if (!folder)
        return fail(folder.error());
    return serve(*options, *location, *folder);
}

} // namespace kindling
