// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/sparkinterpreter.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr Clock::Duration stopPatience{ 5'000 };

QString wireName(ResourceKind kind)
{
    switch (kind) {
    case ResourceKind::Jar: return u"add_jar"_s;
    case ResourceKind::PyFile: return u"add_pyfile"_s;
    case ResourceKind::File: return u"add_file"_s;
    }
    return {};
}

/// The session's own choice, else the server's.
QString userPython(const QMap<QString, QString>& conf, const SparkLocation& location)
{
    for (const QString& key : { u"spark.pyspark.driver.python"_s, u"spark.pyspark.python"_s, u"spark.executorEnv.PYSPARK_PYTHON"_s }) {
        if (const QString python = conf.value(key); !python.isEmpty())
            return python;
    }
    return location.userPython;
}

QJsonObject startMessage(int id, const SessionRequest& request, const SparkInterpreter::Setup& setup)
{
    const QMap<QString, QString> conf = sessionConf(id, request, setup.folder);
    QJsonObject confObject;
    for (auto it = conf.begin(); it != conf.end(); ++it)
        confObject.insert(it.key(), it.value());
    const int rows = request.resources.conf.value(u"livy.rsc.sql.num-rows"_s).toInt();
    const QProcessEnvironment& environment = setup.location.environment;
    const QJsonValue tmp = environment.contains(u"TMPDIR"_s) ? QJsonValue(environment.value(u"TMPDIR"_s)) : QJsonValue();
    return { { u"op"_s, u"start"_s }, { u"conf"_s, confObject }, { u"sqlRows"_s, rows > 0 ? rows : 1000 },
        { u"python"_s, userPython(conf, setup.location) }, { u"cache"_s, cacheFolder(environment) },
        { u"environment"_s, QJsonObject{ { u"TMPDIR"_s, tmp } } } };
}
}

QMap<QString, QString> sessionConf(int id, const SessionRequest& request, const QString& folder)
{
    const Resources& resources = request.resources;
    QMap<QString, QString> conf{ { u"spark.master"_s, u"local[2]"_s },
        { u"spark.app.name"_s, resources.name.isEmpty() ? u"livy-session-%1"_s.arg(id) : resources.name },
        { u"spark.sql.warehouse.dir"_s, folder + u"/warehouse"_s },
        { u"spark.driver.defaultJavaOptions"_s, u"-Djava.io.tmpdir=%1/tmp"_s.arg(folder) } };
    if (const QString master = resources.conf.value(u"spark.master"_s); master.startsWith(u"local"))
        conf.insert(u"spark.master"_s, master);
    conf.insert(resources.sparkSettings());
    const std::pair<QString, QStringList> lists[] = { { u"spark.jars"_s, resources.jars },
        { u"spark.submit.pyFiles"_s, resources.pyFiles }, { u"spark.files"_s, resources.files },
        { u"spark.archives"_s, resources.archives } };
    for (const auto& [key, paths] : lists) {
        if (!paths.isEmpty())
            conf.insert(key, paths.join(u','));
    }
    conf.insert(u"spark.driver.host"_s, u"127.0.0.1"_s);
    conf.insert(u"spark.driver.bindAddress"_s, u"127.0.0.1"_s);
    conf.insert(u"spark.ui.showConsoleProgress"_s, u"false"_s);
    conf.insert(u"spark.repl.class.outputDir"_s, folder + u"/classes"_s);
    return conf;
}

SparkInterpreter::SparkInterpreter(int sessionId, const SessionRequest& request, Setup setup, Clock& clock)
    : m_start(startMessage(sessionId, request, setup))
    , m_setup(std::move(setup))
    , m_clock(clock)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SparkInterpreter::readAnswers);
    connect(&m_process, &QProcess::readyReadStandardError, this, &SparkInterpreter::readErrors);
    connect(&m_process, &QProcess::finished, this, &SparkInterpreter::end);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        Q_EMIT logged(LogSection::Stderr, m_process.errorString());
        end();
    });
    m_clock.after(Clock::Duration{ 0 }, this, [this] { start(); });
}

SparkInterpreter::~SparkInterpreter()
{
    m_process.disconnect(this);
    m_process.killGroup();
    m_process.waitForFinished(2000);
    QDir(m_setup.folder).removeRecursively();
}

void SparkInterpreter::start()
{
    if (m_hasEnded)
        return;
    const QDir folder(m_setup.folder);
    for (const QString& name : { u"tmp"_s, u"scratch"_s, u"classes"_s, u"warehouse"_s })
        folder.mkpath(name);
    QProcessEnvironment environment = m_setup.location.environment;
    environment.insert(u"TMPDIR"_s, folder.filePath(u"tmp"_s));
    environment.insert(u"SPARK_LOCAL_DIRS"_s, folder.filePath(u"scratch"_s));
    m_process.setProcessEnvironment(environment);
    m_process.start(m_setup.location.python, { u"-u"_s, m_setup.script });
    send(m_start);
}

void SparkInterpreter::send(const QJsonObject& message)
{
    m_process.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

void SparkInterpreter::execute(int id, const QString& kind, const QString& code)
{
    send({ { u"op"_s, u"execute"_s }, { u"id"_s, id }, { u"kind"_s, kind }, { u"code"_s, code } });
}

void SparkInterpreter::cancel(int id)
{
    send({ { u"op"_s, u"cancel"_s }, { u"id"_s, id } });
}

void SparkInterpreter::complete(int request, const CompletionRequest& what)
{
    send({ { u"op"_s, u"complete"_s }, { u"id"_s, request }, { u"kind"_s, what.kind }, { u"code"_s, what.code },
        { u"cursor"_s, what.cursor } });
}

void SparkInterpreter::add(int request, ResourceKind kind, const QString& path)
{
    if (path.startsWith(u'/') && !QFile::exists(path)) {
        refuseToAdd(request, u"java.io.FileNotFoundException: File file:%1 does not exist"_s.arg(path));
        return;
    }
    send({ { u"op"_s, wireName(kind) }, { u"id"_s, request }, { u"path"_s, path } });
}

void SparkInterpreter::addUpload(int request, ResourceKind kind, const UploadedFile& file)
{
    // A folder each: the same name may come twice, and Python imports a module by its file's name.
    const QDir folder(m_setup.folder + u"/uploads/%1"_s.arg(request));
    QFile target(folder.filePath(file.name));
    if (!folder.mkpath(u"."_s) || !target.open(QIODevice::WriteOnly) || target.write(file.content) != file.content.size()
        || !target.flush()) {
        refuseToAdd(request, u"java.io.IOException: "_s + target.errorString());
        return;
    }
    target.close();
    add(request, kind, target.fileName());
}

void SparkInterpreter::refuseToAdd(int request, const QString& error)
{
    m_clock.after(Clock::Duration{ 0 }, this, [this, request, error] { Q_EMIT added(request, error); });
}

void SparkInterpreter::restartPython()
{
    send({ { u"op"_s, u"restart_python"_s } });
}

void SparkInterpreter::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        m_clock.after(Clock::Duration{ 0 }, this, [this] { end(); });
        return;
    }
    if (!m_isReady) {
        // Nothing of the user's is in there yet that could be lost.
        m_process.killGroup();
        m_process.kill();
        return;
    }
    send({ { u"op"_s, u"stop"_s } });
    m_killDeadline = m_clock.after(stopPatience, this, [this] { m_process.killGroup(); });
}

void SparkInterpreter::readAnswers()
{
    const QByteArrayList lines = m_answers.take(m_process.readAllStandardOutput());
    for (const QByteArray& line : lines)
        handle(line);
}

void SparkInterpreter::handle(const QByteArray& line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = line.indexOf(' ', first + 1);
    const QByteArray word = line.left(first);
    const int id = line.mid(first + 1, second - first - 1).toInt();
    const QByteArray payload = line.mid(second + 1);
    if (word == "done" || word == "died") {
        Q_EMIT finished(id, payload, word == "died");
        return;
    }
    const QJsonValue value = QJsonDocument::fromJson('[' + payload + ']')[0];
    if (word == "ready") {
        m_isReady = true;
        Q_EMIT becameReady({ value[u"appId"].toString(), value[u"uiUrl"].toString(), value[u"sparkVersion"].toString() });
    } else if (word == "progress") {
        Q_EMIT progressed(id, value.toDouble());
    } else if (word == "printed") {
        Q_EMIT printed(id, value.toString());
    } else if (word == "python") {
        Q_EMIT pythonChanged(value[u"alive"].toBool());
    } else if (word == "log") {
        Q_EMIT logged(LogSection::Stdout, value.toString());
    } else if (word == "candidates") {
        Q_EMIT completed(id, value.toVariant().toStringList());
    } else if (word == "added") {
        Q_EMIT added(id, value[u"error"].toString());
    }
}

void SparkInterpreter::readErrors()
{
    const QByteArrayList lines = m_errors.take(m_process.readAllStandardError());
    for (const QByteArray& line : lines)
        Q_EMIT logged(LogSection::Stderr, QString::fromUtf8(line));
}

void SparkInterpreter::end()
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_killDeadline.cancel();
    if (m_process.isOpen()) {
        readAnswers();
        readErrors();
    }
    if (const QByteArray rest = m_errors.takeRest(); !rest.isEmpty())
        Q_EMIT logged(LogSection::Stderr, QString::fromUtf8(rest));
    Q_EMIT ended();
}

} // namespace kindling::local
