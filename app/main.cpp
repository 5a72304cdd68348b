// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/servecommand.h"
#include "app/windowcommand.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

constexpr char usage[] = R"(Usage: kindling [FILE.ipynb]...
       kindling serve [--port N] [--no-token] [--with-parent]

Without a command the window opens, with the notebooks named.
  serve                  Spark on this machine behind a Livy endpoint on 127.0.0.1, without a window
  --sample               open the sample notebook on Local Spark
  --screenshot FILE      with --sample: run it, write a picture of the window, end
  --version, --help
)";

int printUsage(int exitCode)
{
    std::fputs(usage, exitCode == 0 ? stdout : stderr);
    return exitCode;
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
    const char* first = argc > 1 ? argv[1] : "";
    if (std::strcmp(first, "--help") == 0 || std::strcmp(first, "-h") == 0)
        return printUsage(0);
    if (std::strcmp(first, "--version") == 0) {
        std::puts("kindling " KINDLING_VERSION);
        return 0;
    }
    if (std::strcmp(first, "serve") == 0)
        return serve(argc, argv);
    kindling::WindowOptions options;
    if (!readOptions(argc, argv, options))
        return printUsage(2);
    return kindling::runWindow(argc, argv, options);
}
