// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/userpython.h"

#include "app/local/probe.h"

#include <QDir>
#include <QFileInfo>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
const QString script = u"import sys\nprint('%d.%d.%d' % sys.version_info[:3])\nsys.stdout.flush()\nimport pyspark\nprint('loaded')\n"_s;

/// Of the Sparks that are told to work here; another says itself what it needs.
QVersionNumber oldestPython(const QString& sparkVersion)
{
    static const QMap<QVersionNumber, QVersionNumber> oldest{ { { 3, 4 }, { 3, 7 } }, { { 3, 5 }, { 3, 8 } }, { { 4, 0 }, { 3, 9 } },
        { { 4, 1 }, { 3, 10 } } };
    const QVersionNumber spark = QVersionNumber::fromString(sparkVersion);
    return oldest.value({ spark.majorVersion(), spark.minorVersion() });
}

/// As the user's Python of a session gets it.
QProcessEnvironment withPySpark(QProcessEnvironment environment, const QString& sparkHome)
{
    const QDir folder(sparkHome + u"/python/lib"_s);
    QStringList paths;
    for (const QString& name : folder.entryList({ u"*.zip"_s }, QDir::Files, QDir::Name))
        paths.append(folder.filePath(name));
    if (const QString given = environment.value(u"PYTHONPATH"_s); !given.isEmpty())
        paths.append(given);
    environment.insert(u"PYTHONPATH"_s, paths.join(u':'));
    return environment;
}
}

QString interpreterIn(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return path;
    for (const QString& name : { u"/bin/python3"_s, u"/bin/python"_s }) {
        if (QFileInfo(path + name).isExecutable())
            return path + name;
    }
    return path + u"/bin/python"_s;
}

std::optional<StartProblem> problemOfPython(const QString& python, const SparkLocation& spark)
{
    const Probe found = probe(python, { u"-c"_s, script }, withPySpark(spark.environment, spark.sparkHome));
    const QStringList lines = found.text.trimmed().split(u'\n');
    const QVersionNumber version = QVersionNumber::fromString(lines.first());
    if (version.isNull())
        return StartProblem{ u"missing-python"_s, u"%1 does not run as Python. %2"_s.arg(python, lines.last()).trimmed() };
    const QVersionNumber oldest = oldestPython(spark.sparkVersion);
    if (version < oldest) {
        return StartProblem{ u"wrong-python"_s,
            u"%1 is Python %2; Spark %3 needs %4 or later."_s.arg(python, version.toString(), spark.sparkVersion, oldest.toString()) };
    }
    if (found.isRun && lines.last() == u"loaded")
        return std::nullopt;
    return StartProblem{ u"wrong-python"_s,
        u"%1 is Python %2, and Spark %3 does not work with it: %4"_s.arg(python, version.toString(), spark.sparkVersion, lines.last()) };
}

} // namespace kindling::local
