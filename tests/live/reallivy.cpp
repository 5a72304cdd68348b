// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/reallivy.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <sys/prctl.h>

#include <csignal>

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {
constexpr auto keystorePassword = "keystore"_L1;

QString cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/kindling"_s;
}

QString livyFolder()
{
    return cacheFolder() + u"/livy-0.7.1-incubating"_s;
}

QString sparkHome()
{
    const QString own = qEnvironmentVariable("SPARK_HOME");
    if (!own.isEmpty())
        return own;
    const QDir libraries(cacheFolder() + u"/spark-venv/lib"_s);
    for (const QString& python : libraries.entryList({ u"python3*"_s }, QDir::Dirs)) {
        const QString folder = libraries.filePath(python + u"/site-packages/pyspark"_s);
        if (QFile::exists(folder + u"/bin/spark-submit"_s))
            return folder;
    }
    return {};
}

bool write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}
}

QString RealLivy::whyNot()
{
    if (!QFile::exists(livyFolder() + u"/complete"_s)) {
        QFile problem(livyFolder() + u"/problem"_s);
        const QString reason = problem.open(QIODevice::ReadOnly) ? QString::fromUtf8(problem.readAll()).trimmed() : u"./dev test fetches it."_s;
        return u"The published Livy server is not here: "_s + reason;
    }
    if (QStandardPaths::findExecutable(u"java"_s).isEmpty())
        return u"There is no Java on this machine."_s;
    return sparkHome().isEmpty() ? u"There is no Spark on this machine."_s : QString();
}

bool RealLivy::makeKeystore(const QString& path) const
{
    const auto keytool = [&path](const QStringList& arguments) {
        QProcess process;
        process.start(u"keytool"_s, arguments + QStringList{ u"-alias"_s, u"livy"_s, u"-keystore"_s, path, u"-storepass"_s, keystorePassword });
        return process.waitForFinished(60'000) && process.exitCode() == 0;
    };
    return keytool({ u"-genkeypair"_s, u"-keyalg"_s, u"RSA"_s, u"-keysize"_s, u"2048"_s, u"-validity"_s, u"2"_s, u"-dname"_s, u"CN=Livy"_s,
               u"-ext"_s, u"san=ip:127.0.0.1"_s, u"-keypass"_s, keystorePassword })
        && keytool({ u"-exportcert"_s, u"-rfc"_s, u"-file"_s, certificatePath() });
}

bool RealLivy::prepare() const
{
    const QDir home(m_folder.path());
    const QDir jars(livyFolder() + u"/jars"_s);
    bool isFine = QFile::link(jars.path(), home.filePath(u"jars"_s));
    for (const QString& folder : { u"conf"_s, u"rsc-jars"_s, u"logs"_s, u"work"_s, u"staging"_s })
        isFine = home.mkdir(folder) && isFine;
    for (const QString& jar : jars.entryList({ u"livy-rsc-*.jar"_s, u"livy-api-*.jar"_s, u"netty-all-*.jar"_s }))
        isFine = QFile::link(jars.filePath(jar), home.filePath(u"rsc-jars/"_s + jar)) && isFine;
    QString settings = u"livy.server.host = 127.0.0.1\nlivy.server.port = 0\nlivy.server.csrf-protection.enabled = true\n"
                             "livy.spark.master = local[1]\nlivy.file.local-dir-whitelist = %1\nlivy.session.staging-dir = %2\n"
                             "livy.rsc.rpc.server.address = 127.0.0.1\nlivy.rsc.launcher.address = 127.0.0.1\n"_s.arg(work(), home.filePath(u"staging"_s));
    if (m_line == Line::Tls) {
        const QString keystore = home.filePath(u"keystore"_s);
        isFine = makeKeystore(keystore) && isFine;
        settings += u"livy.keystore = %1\nlivy.keystore.password = %2\nlivy.key-password = %2\n"_s.arg(keystore, keystorePassword);
    }
    return write(home.filePath(u"conf/livy.conf"_s), settings.toUtf8())
        && write(home.filePath(u"conf/log4j.properties"_s),
            "log4j.rootCategory=INFO, console\nlog4j.appender.console=org.apache.log4j.ConsoleAppender\nlog4j.appender.console.target=System.err\n"
            "log4j.appender.console.layout=org.apache.log4j.PatternLayout\nlog4j.appender.console.layout.ConversionPattern=%p %c{1}: %m%n\n")
        && isFine;
}

QStringList RealLivy::arguments() const
{
    // Livy 0.7 is older than the Javas that ask for these.
    static const QStringList packages{ u"java.lang"_s, u"java.lang.invoke"_s, u"java.lang.reflect"_s, u"java.util"_s, u"java.nio"_s, u"java.net"_s,
        u"java.io"_s, u"java.util.concurrent.atomic"_s, u"sun.nio.ch"_s, u"sun.util.calendar"_s };
    QStringList result;
    for (const QString& package : packages)
        result += u"--add-opens=java.base/%1=ALL-UNNAMED"_s.arg(package);
    const QString classPath = m_folder.filePath(u"jars/*"_s) + u':' + m_folder.filePath(u"conf"_s);
    return result << u"-Xmx512m"_s << u"-cp"_s << classPath << u"org.apache.livy.server.LivyServer"_s;
}

bool RealLivy::start()
{
    if (!m_folder.isValid() || !prepare())
        return false;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LIVY_HOME"_s, m_folder.path());
    environment.insert(u"LIVY_CONF_DIR"_s, m_folder.filePath(u"conf"_s));
    environment.insert(u"LIVY_LOG_DIR"_s, m_folder.filePath(u"logs"_s));
    environment.insert(u"SPARK_HOME"_s, sparkHome());
    environment.insert(u"PYSPARK_PYTHON"_s, u"python3"_s);
    environment.insert(u"SPARK_LOCAL_IP"_s, u"127.0.0.1"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(u"java"_s, arguments());
    static const QRegularExpression ready(u"WebServer: Starting server on (https?://127\\.0\\.0\\.1:\\d+)"_s);
    for (int tries = 0; tries < 180; ++tries) {
        if (!m_process.waitForReadyRead(1000) && m_process.state() == QProcess::NotRunning)
            return false;
        m_said += m_process.readAll();
        const auto match = ready.match(QString::fromUtf8(m_said));
        if (match.hasMatch()) {
            m_url = QUrl(match.captured(1));
            return true;
        }
    }
    return false;
}

RealLivy::~RealLivy()
{
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(20'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

} // namespace kindling::test
