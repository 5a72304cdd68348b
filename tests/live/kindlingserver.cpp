// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/kindlingserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace kindling::test {

KindlingServer::~KindlingServer()
{
    process.terminate();
    if (!process.waitForFinished(endPatienceMs))
        process.kill();
}

bool KindlingServer::start(const QStringList& arguments)
{
    process.start(QStringLiteral(KINDLING_BINARY), QStringList{ u"serve"_s } + arguments);
    if (!process.waitForStarted())
        return false;
    QByteArray said;
    for (int tries = 0; tries < 180 && said.count('\n') < 2; ++tries) {
        if (!process.waitForReadyRead(1000) && process.state() == QProcess::NotRunning)
            break;
        said += process.readAllStandardOutput();
    }
    problem = QString::fromUtf8(process.readAllStandardError());
    const QStringList lines = QString::fromUtf8(said).split(u'\n');
    if (lines.size() < 2 || !lines.at(0).startsWith(u"Listening on http://127.0.0.1:"))
        return false;
    url = QUrl(lines.at(0).section(u' ', 2));
    tokenLine = lines.at(1);
    return true;
}

void KindlingServer::startOrSkip(const QStringList& arguments)
{
    if (start(arguments))
        return;
    if (problem.contains(u"error: missing-"))
        QSKIP(qPrintable(u"No Spark on this machine: "_s + problem));
    QFAIL(qPrintable(u"The server did not come up: "_s + problem));
}

bool KindlingServer::signIn()
{
    QFile file(tokenLine.section(u' ', 1));
    if (tokenLine.startsWith(u"Token: "_s) && file.open(QIODevice::ReadOnly))
        token = file.readAll().trimmed();
    return !token.isEmpty();
}

KindlingServer::Reply KindlingServer::exchange(const QByteArray& method, const QString& path, const QByteArray& body, const QByteArray& type)
{
    QNetworkRequest request(QUrl(url.toString() + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, type);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    QNetworkReply* reply = m_network.sendCustomRequest(request, method, body);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(30'000);
    const Reply answer{ reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll() };
    reply->deleteLater();
    return answer;
}

KindlingServer::Answer KindlingServer::ask(const QByteArray& method, const QString& path, const QByteArray& body, const QByteArray& type)
{
    const Reply reply = exchange(method, path, body, type);
    return { reply.status, QJsonDocument::fromJson('[' + reply.body + ']')[0] };
}

QByteArray KindlingServer::raw(const QString& path)
{
    return exchange("GET", path, {}, "application/json").body;
}

QJsonValue KindlingServer::run(int session, const QString& kind, const QString& code)
{
    const QByteArray body = QJsonDocument(QJsonObject{ { u"code"_s, code }, { u"kind"_s, kind } }).toJson();
    const QString statements = u"/sessions/%1/statements"_s.arg(session);
    const Answer made = ask("POST", statements, body);
    const QString path = statements + u'/' + QString::number(made.json[u"id"].toInt(-1));
    waitForState(path, { u"available"_s, u"cancelled"_s }, 120);
    return ask("GET", path).json;
}

QString KindlingServer::waitForState(const QString& path, const QStringList& states, int seconds)
{
    QString state;
    const bool isSeen = QTest::qWaitFor(
        [&] {
            state = ask("GET", path).json[u"state"].toString();
            return states.contains(state) || process.state() != QProcess::Running;
        },
        std::chrono::seconds(seconds));
    return isSeen ? state : u"still "_s + state;
}

QString cachePath(const QString& name)
{
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString cache = environment.value(u"XDG_CACHE_HOME"_s);
    return (cache.isEmpty() ? environment.value(u"HOME"_s) + u"/.cache"_s : cache) + u"/kindling/"_s + name;
}

QList<qint64> descendantsOf(qint64 pid)
{
    QList<qint64> found;
    const QStringList tasks = QDir(u"/proc/%1/task"_s.arg(pid)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& task : tasks) {
        QFile file(u"/proc/%1/task/%2/children"_s.arg(pid).arg(task));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList children = file.readAll().simplified().split(' ');
        for (const QByteArray& child : children) {
            if (child.isEmpty())
                continue;
            found.append(child.toLongLong());
            found += descendantsOf(child.toLongLong());
        }
    }
    return found;
}

bool isRunning(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    return !stat.mid(stat.lastIndexOf(')') + 2).startsWith('Z');
}

void expectEndOf(const QList<qint64>& processes)
{
    QElapsedTimer timer;
    timer.start();
    for (const qint64 process : processes)
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(process), endPatienceMs);
    const qint64 took = timer.elapsed();
    qInfo("%lld processes were gone after %lld ms", qint64{ processes.size() }, took);
    QVERIFY2(took <= 5'000, "That took longer than five seconds.");
}

} // namespace kindling::test
