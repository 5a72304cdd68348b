// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/itemoptions.h"
#include "app/coredumps.h"
#include "app/local/servecommand.h"
#include "app/terminalcommands.h"
#include "app/windowcommand.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

constexpr char usage[] = R"(Usage: kindling [FILE.ipynb]...
       kindling run NOTEBOOK.ipynb --server URL|NAME|local [OPTION]...
       kindling check URL|NAME [--json] [OPTION]...
       kindling list --server URL|NAME [--json] [OPTION]...
       kindling stop ITEM... --server URL|NAME [OPTION]...
       kindling log ITEM --server URL|NAME [--follow] [OPTION]...
       kindling serve [--port N] [--no-token | --token-file FILE] [OPTION]...

Without a command the window opens, with the notebooks named.
  run                    run a notebook's cells in a session of its own; the results go to NOTEBOOK.out.ipynb
  check                  go the whole way to a server and tell what is there; say what to do where it ends
  list                   all sessions and batches of a server
  stop                   stop sessions and batches; an ITEM is 12 or session/12, or batch/7
  log                    what the server still has of a log; with --follow also what comes, until it ends
  serve                  Spark on this machine behind a Livy endpoint on 127.0.0.1, without a window
  --sample               open the sample notebook on Local Spark
  --screenshot FILE      with --sample: run it, write a picture of the window, end
  --version, --help

How all but serve reach a server:
  --user NAME --password-env VAR      sign in with the password in the environment variable VAR
  --token-env VAR, --token-file FILE  sign in with a bearer token
  --cacert FILE                       trust the authorities in FILE (PEM), and no others
  --pin FINGERPRINT                   trust the one certificate or key with this SHA-256, no other
  --client-cert FILE                  show the server the certificate in FILE (PEM), with its private key
  --client-key FILE                   that key, where it is in a file of its own
  --header-env VAR                    send the header "Name: value" in VAR; may be given again
  --max-answer MIB                    take answers of that size at most; without it as stored, else 64
  --do-as USER                        ask for another user, where the server lets you

What run does:
  --output FILE          where the results go
  --kind KIND            of cells that name none: pyspark, spark, sparkr or sql
  --name NAME            of the session
  --conf KEY=VALUE       a setting of the session; may be given again
  --timeout TIME         end after 90s, 15m, 2h …
  --keep-session         do not delete the session at the end
run ends with 0, 1 (a cell failed), 2 (wrong usage), 3 (trouble with the server or the session), 4 (time is over),
130 (interrupted). The others end with 0, 2, 3 or 130.
)";

int printUsage(int exitCode)
{
    std::fputs(usage, exitCode == 0 ? stdout : stderr);
    return exitCode;
}

bool isHelp(const char* argument)
{
    return std::strcmp(argument, "--help") == 0 || std::strcmp(argument, "-h") == 0;
}

int serve(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"kindling"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KINDLING_VERSION));
    return kindling::runServe(QCoreApplication::arguments().mid(2));
}

/// Reads the window's own options; false = bad usage. Qt takes its own later.
bool readOptions(int argc, char** argv, kindling::WindowOptions& options)
{
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        if (argument == "--sample"_L1)
            options.isSample = true;
        else if (argument == "--screenshot"_L1 && i + 1 < argc)
            options.screenshot = QString::fromLocal8Bit(argv[++i]);
        else if (argument == "--screenshot"_L1)
            return false;
        else if (argument.startsWith(u'-') && i + 1 < argc && (argument == "-platform"_L1 || argument == "-style"_L1))
            ++i;
        else if (argument.startsWith(u'-'))
            return false;
        else
            options.files.append(argument);
    }
    return options.screenshot.isEmpty() || options.isSample;
}


}

int main(int argc, char** argv)
{
    kindling::forbidCoreDumps();
    const char* first = argc > 1 ? argv[1] : "";
    const char* second = argc > 2 ? argv[2] : "";
    const bool isCommand = std::strcmp(first, "run") == 0 || std::strcmp(first, "check") == 0;
    if (isHelp(first) || (isCommand && isHelp(second)))
        return printUsage(0);
    if (std::strcmp(first, "--version") == 0) {
        std::puts("kindling " KINDLING_VERSION);
        return 0;
    }
    if (std::strcmp(first, "serve") == 0)
        return serve(argc, argv);
    if (std::strcmp(first, "run") == 0)
        return kindling::runNotebookCommand(argc, argv);
    if (std::strcmp(first, "check") == 0)
        return kindling::runCheckCommand(argc, argv);
    if (std::strcmp(first, "list") == 0)
        return kindling::runItemCommand(kindling::ItemCommand::List, argc, argv);
    if (std::strcmp(first, "stop") == 0)
        return kindling::runItemCommand(kindling::ItemCommand::Stop, argc, argv);
    if (std::strcmp(first, "log") == 0)
        return kindling::runItemCommand(kindling::ItemCommand::Log, argc, argv);
    kindling::WindowOptions options;
    if (!readOptions(argc, argv, options))
        return printUsage(2);
    return kindling::runWindow(argc, argv, options);
}
