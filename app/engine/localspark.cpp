// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/localspark.h"

#include "app/engine/problems.h"

#include <QFile>
#include <QRegularExpression>
#include <QTimer>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr qsizetype mostLines = 2000;
constexpr auto patience = 5s; ///< between asking it to end and ending it
constexpr int lastPatienceMs = 2000;

/// A token is one short line; whatever else stands in that file is not one.
QString readToken(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.read(4096)).trimmed();
    return text.contains(u'\n') ? QString() : text;
}
}

LocalSpark::LocalSpark(QString program, QObject* parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_problem(noProblem())
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // Ctrl+C in a terminal is for us: the child is ended after its sessions were seen to.
    m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    connect(&m_process, &QProcess::readyRead, this, &LocalSpark::readOutput);
    connect(&m_process, &QProcess::finished, this, &LocalSpark::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_problem = problemOf(ErrorKind::Io, tr("Local Spark could not be started: %1").arg(m_process.errorString()));
        setPhase(Phase::Failed);
    });
}

LocalSpark::~LocalSpark()
{
    disconnect(&m_process, nullptr, this, nullptr);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(lastPatienceMs)) {
        m_process.kill();
        m_process.waitForFinished(lastPatienceMs);
    }
}

void LocalSpark::start()
{
    if (m_process.state() != QProcess::NotRunning)
        return;
    QStringList arguments{ u"serve"_s, u"--with-parent"_s };
    if (!m_python.isEmpty())
        arguments << u"--python"_s << m_python;
    launch(arguments, Phase::Starting);
}

void LocalSpark::fetch()
{
    if (m_process.state() != QProcess::NotRunning)
        return;
    m_startsAfterFetch = true;
    m_fetchPercent = -1;
    launch({ u"serve"_s, u"--fetch"_s }, Phase::Fetching);
}

void LocalSpark::stop()
{
    m_startsAfterFetch = false;
    if (m_process.state() == QProcess::NotRunning) {
        setPhase(Phase::Stopped);
        return;
    }
    m_isStopping = true;
    m_process.terminate();
    QTimer::singleShot(patience, this, [this, process = m_process.processId()] {
        if (m_process.processId() == process)
            m_process.kill();
    });
}

void LocalSpark::launch(const QStringList& arguments, Phase phase)
{
    m_isStopping = false;
    m_problem = noProblem();
    m_url.clear();
    m_token.clear();
    setPhase(phase);
    m_process.start(m_program, arguments);
}

void LocalSpark::readOutput()
{
    while (m_process.canReadLine()) {
        QByteArray line = m_process.readLine();
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        handleLine(QString::fromUtf8(line));
    }
}

void LocalSpark::handleLine(const QString& line)
{
    static const QRegularExpression problem(u"^kindling: error: ([a-z-]+): (.+)$"_s);
    static const QRegularExpression percent(u"^fetch: *(\\d{1,3})%"_s);
    static const QRegularExpression listening(u"^Listening on (http://127\\.0\\.0\\.1:\\d{1,5})/?$"_s);

    m_log.append(line);
    if (m_log.size() > mostLines)
        m_log.removeFirst();
    Q_EMIT logAppended(line);

    if (const auto match = problem.match(line); match.hasMatch()) {
        const bool isMissing = match.captured(1).startsWith("missing-"_L1);
        m_problem = problemOf(isMissing ? ErrorKind::Unavailable : ErrorKind::Io, match.captured(2), match.captured(1));
    } else if (const auto progress = percent.match(line); progress.hasMatch() && m_phase == Phase::Fetching) {
        m_fetchPercent = std::min(100, progress.captured(1).toInt());
        Q_EMIT phaseChanged();
    } else if (m_phase != Phase::Starting) {
        return;
    } else if (const auto address = listening.match(line); address.hasMatch()) {
        m_url = QUrl(address.captured(1));
    } else if (line.startsWith("Token: "_L1) && !m_url.isEmpty()) {
        m_token = readToken(line.sliced(7));
        setPhase(Phase::Running);
    } else if (line == "No token"_L1 && !m_url.isEmpty()) {
        setPhase(Phase::Running);
    }
}

void LocalSpark::onFinished(int exitCode, QProcess::ExitStatus status)
{
    readOutput();
    if (const QByteArray rest = m_process.readAll(); !rest.isEmpty())
        handleLine(QString::fromUtf8(rest));
    const bool isFetched = m_phase == Phase::Fetching && status == QProcess::NormalExit && exitCode == 0;
    m_url.clear();
    m_token.clear();
    if (m_isStopping) {
        setPhase(Phase::Stopped);
    } else if (isFetched && m_startsAfterFetch) {
        start();
    } else {
        if (m_problem.title.isEmpty()) {
            const QString title = status == QProcess::CrashExit ? tr("Local Spark was ended from outside.")
                                                                : tr("Local Spark ended with exit code %1.").arg(exitCode);
            m_problem = problemOf(ErrorKind::Io, title);
        }
        setPhase(Phase::Failed);
    }
}

void LocalSpark::setPhase(Phase phase)
{
    if (phase == m_phase)
        return;
    m_phase = phase;
    Q_EMIT phaseChanged();
}

} // namespace kindling
