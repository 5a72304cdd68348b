// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sparkbatch.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace kindling::local {

QByteArray submitSettings(const BatchRequest& request)
{
    QJsonObject settings;
    for (const auto& [key, value] : request.resources.sparkSettings().asKeyValueRange())
        settings.insert(key, value);
    settings.insert(u"spark.driver.host"_s, u"127.0.0.1"_s);
    settings.insert(u"spark.driver.bindAddress"_s, u"127.0.0.1"_s);
    settings.insert(u"spark.ui.showConsoleProgress"_s, u"false"_s);
    return QJsonDocument(settings).toJson(QJsonDocument::Compact) + '\n';
}

QStringList submitArguments(int id, const BatchRequest& request)
{
    const Resources& resources = request.resources;
    const QString master = resources.conf.value(u"spark.master"_s);
    QStringList arguments{ u"--master"_s, master.startsWith(u"local") ? master : u"local[2]"_s, u"--name"_s,
        resources.name.isEmpty() ? u"livy-batch-%1"_s.arg(id) : resources.name };
    const std::pair<QString, QString> options[] = { { u"--class"_s, request.className },
        { u"--jars"_s, resources.jars.join(u',') }, { u"--py-files"_s, resources.pyFiles.join(u',') },
        { u"--files"_s, resources.files.join(u',') }, { u"--archives"_s, resources.archives.join(u',') } };
    for (const auto& [option, value] : options) {
        if (!value.isEmpty())
            arguments << option << value;
    }
    return arguments << request.file << request.args;
}

SparkBatch::SparkBatch(
    int id, const BatchRequest& request, const SparkLocation& location, const QString& script, Clock& clock)
    : m_folder(QFileInfo(script).dir().filePath(u"batch-%1"_s.arg(id)))
{
    m_process.setProcessEnvironment(location.environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_process, &QProcess::started, this, &BatchProcess::started);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SparkBatch::read);
    connect(&m_process, &QProcess::finished, this,
        [this](int code, QProcess::ExitStatus status) { end(status == QProcess::NormalExit ? code : 1); });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        Q_EMIT logged(m_process.errorString());
        end(1);
    });
    const QStringList arguments
        = QStringList{ u"-u"_s, script, m_folder.path(), location.sparkHome + u"/bin/spark-submit"_s } + submitArguments(id, request);
    clock.after(Clock::Duration{ 0 }, this, [this, python = location.python, arguments, settings = submitSettings(request)] {
        if (m_hasEnded || m_isKilled)
            return;
        m_process.start(python, arguments);
        m_process.write(settings);
    });
}

SparkBatch::~SparkBatch()
{
    m_process.disconnect(this);
    m_folder.removeRecursively();
}

void SparkBatch::kill()
{
    m_isKilled = true;
    if (m_process.state() == QProcess::NotRunning) {
        QMetaObject::invokeMethod(this, [this] { end(1); }, Qt::QueuedConnection);
        return;
    }
    m_process.killGroup();
    m_process.kill();
}

void SparkBatch::read()
{
    const QByteArrayList lines = m_lines.take(m_process.readAllStandardOutput());
    for (const QByteArray& line : lines)
        Q_EMIT logged(QString::fromUtf8(line));
}

void SparkBatch::end(int exitCode)
{
    if (std::exchange(m_hasEnded, true))
        return;
    if (m_process.isOpen())
        read();
    if (const QByteArray rest = m_lines.takeRest(); !rest.isEmpty())
        Q_EMIT logged(QString::fromUtf8(rest));
    m_folder.removeRecursively(); // a killed one left it
    Q_EMIT ended(exitCode, m_isKilled);
}

} // namespace kindling::local
