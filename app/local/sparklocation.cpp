// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sparklocation.h"

#include "app/local/probe.h"
#include "app/local/userpython.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr int oldestJava = 17;
const QString probeScript = uR"py(import os, re
from importlib.util import find_spec
spec = find_spec("pyspark")
if spec is not None:
    folder = os.path.dirname(spec.origin)
    text = spec.loader.get_data(os.path.join(folder, "version.py")).decode()
    print(folder)
    print(re.search(r'__version__[^=]*= *[\'"]([^\'"]*)', text).group(1))
)py"_s;

QString findPython(const QProcessEnvironment& environment)
{
    if (const QString own = environment.value(u"KINDLING_PYTHON"_s); !own.isEmpty())
        return own;
    const QString ours = cacheFolder(environment) + u"/spark-venv/bin/python"_s;
    if (QFileInfo(ours).isExecutable())
        return ours;
    if (const QString users = environment.value(u"PYSPARK_PYTHON"_s); !users.isEmpty())
        return users;
    const QStringList path = environment.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
    return QStandardPaths::findExecutable(u"python3"_s, path);
}

/// A Spark of the user's own brings its Python part along; one from the Python registry as an archive alone.
void usePythonOf(const QString& sparkHome, QProcessEnvironment& environment)
{
    QStringList paths;
    if (QFileInfo::exists(sparkHome + u"/python/pyspark/version.py"_s))
        paths.append(sparkHome + u"/python"_s);
    else if (QFileInfo::exists(sparkHome + u"/python/lib/pyspark.zip"_s))
        paths.append(sparkHome + u"/python/lib/pyspark.zip"_s);
    const QDir archives(sparkHome + u"/python/lib"_s);
    for (const QString& name : archives.entryList({ u"py4j-*-src.zip"_s }))
        paths.append(archives.filePath(name));
    if (const QString given = environment.value(u"PYTHONPATH"_s); !given.isEmpty())
        paths.append(given);
    if (!paths.isEmpty())
        environment.insert(u"PYTHONPATH"_s, paths.join(u':'));
}

std::optional<StartProblem> javaProblem(const QProcessEnvironment& environment)
{
    const QString home = environment.value(u"JAVA_HOME"_s);
    const QStringList path = environment.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
    const QString java = home.isEmpty() ? QStandardPaths::findExecutable(u"java"_s, path) : home + u"/bin/java"_s;
    const QString advice = u" Install it (Debian: default-jre-headless), or set JAVA_HOME to where it is."_s;
    const Probe said = java.isEmpty() ? Probe{} : probe(java, { u"-version"_s }, environment);
    if (!said.isRun)
        return StartProblem{ u"missing-java"_s, u"Spark needs Java %1 or 21, and no java runs here."_s.arg(oldestJava) + advice };
    const int version = javaMajorVersion(said.text);
    if (version > 0 && version < oldestJava)
        return StartProblem{ u"missing-java"_s, u"Spark needs Java %1 or 21, this is Java %2."_s.arg(oldestJava).arg(version) + advice };
    return std::nullopt;
}
}

QString cacheFolder(const QProcessEnvironment& environment)
{
    const QString cache = environment.value(u"XDG_CACHE_HOME"_s);
    return (cache.isEmpty() ? environment.value(u"HOME"_s, QDir::homePath()) + u"/.cache"_s : cache) + u"/kindling"_s;
}

int javaMajorVersion(const QString& text)
{
    static const QRegularExpression pattern(u"version \"(?:1\\.)?(\\d+)"_s);
    return pattern.match(text).captured(1).toInt();
}

std::expected<SparkLocation, StartProblem> locateSpark(const QProcessEnvironment& given)
{
    const QString python = findPython(given);
    const QString users = given.value(u"PYSPARK_PYTHON"_s);
    SparkLocation location{ .python = python, .sparkHome = given.value(u"SPARK_HOME"_s), .sparkVersion = {}, .environment = given,
        .userPython = users.isEmpty() ? python : users };
    if (location.python.isEmpty())
        return std::unexpected(StartProblem{ u"missing-python"_s,
            u"Python 3 is needed. Install it (Debian: python3 python3-venv), or set KINDLING_PYTHON."_s });
    if (!location.sparkHome.isEmpty())
        usePythonOf(location.sparkHome, location.environment);
    const Probe found = probe(location.python, { u"-c"_s, probeScript }, location.environment);
    if (!found.isRun)
        return std::unexpected(
            StartProblem{ u"missing-python"_s, u"%1 does not run: %2"_s.arg(location.python, found.text.trimmed()) });
    const QStringList lines = found.text.split(u'\n', Qt::SkipEmptyParts);
    if (lines.size() < 2)
        return std::unexpected(StartProblem{ u"missing-pyspark"_s,
            u"Spark is not on this machine yet. Fetch it (about 500 MB) with: kindling serve --fetch; "
            "or set SPARK_HOME to a Spark of your own."_s });
    if (location.sparkHome.isEmpty())
        location.sparkHome = lines.at(0);
    location.sparkVersion = lines.at(1);
    if (!QFileInfo(location.sparkHome + u"/bin/spark-submit"_s).isExecutable())
        return std::unexpected(StartProblem{
            u"missing-pyspark"_s, u"There is no bin/spark-submit in %1; SPARK_HOME may be wrong."_s.arg(location.sparkHome) });
    if (location.userPython != location.python) {
        if (const auto problem = problemOfPython(location.userPython, location))
            return std::unexpected(*problem);
    }
    if (const auto problem = javaProblem(given))
        return std::unexpected(*problem);
    QProcessEnvironment& environment = location.environment;
    environment.insert(u"SPARK_HOME"_s, location.sparkHome);
    environment.insert(u"SPARK_LOCAL_IP"_s, u"127.0.0.1"_s);
    environment.insert(u"PYSPARK_PYTHON"_s, location.userPython);
    environment.insert(u"PYSPARK_DRIVER_PYTHON"_s, location.userPython);
    if (!environment.contains(u"MPLBACKEND"_s))
        environment.insert(u"MPLBACKEND"_s, u"Agg"_s);
    for (const QString& name : { u"PYSPARK_GATEWAY_PORT"_s, u"PYSPARK_GATEWAY_SECRET"_s, u"PYSPARK_SUBMIT_ARGS"_s })
        environment.remove(name);
    return location;
}

} // namespace kindling::local
