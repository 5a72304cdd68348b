// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/runtimefolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStorageInfo>

#include <cerrno>
#include <csignal>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr qint64 neededBytes = 200LL * 1024 * 1024;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

void removeLeftovers(const QDir& runs)
{
    const QStringList names = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        bool isNumber = false;
        const int pid = name.toInt(&isNumber);
        if (isNumber && pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH)
            QDir(runs.filePath(name)).removeRecursively();
    }
}

bool copyScripts(const QString& folder)
{
    const QDir resources(u":/local"_s);
    const QStringList names = resources.entryList(QDir::Files);
    return !names.isEmpty() && std::ranges::all_of(names, [&](const QString& name) {
        return QFile::copy(resources.filePath(name), folder + u'/' + name);
    });
}
}

std::expected<RuntimeFolder, StartProblem> RuntimeFolder::make(const QString& cacheFolder)
{
    const QDir runs(cacheFolder + u"/run"_s);
    const auto noSpace = [&cacheFolder](const QString& why) {
        return std::unexpected(StartProblem{ u"no-space"_s, u"%1 in %2. Make room there, or set XDG_CACHE_HOME to another place."_s.arg(why, cacheFolder) });
    };
    if (!runs.mkpath(u"."_s))
        return noSpace(u"No folder can be made"_s);
    if (const QStorageInfo storage(runs.path()); storage.isValid() && storage.bytesAvailable() < neededBytes)
        return noSpace(u"Less than 200 MB are free"_s);
    removeLeftovers(runs);
    const QString path = runs.filePath(QString::number(QCoreApplication::applicationPid()));
    QDir(path).removeRecursively();
    if (!QDir().mkdir(path, ownerOnly | QFileDevice::ExeOwner) || !copyScripts(path))
        return noSpace(u"The server's scripts cannot be written"_s);
    return RuntimeFolder(path);
}

RuntimeFolder::~RuntimeFolder()
{
    if (!m_path.isEmpty())
        QDir(m_path).removeRecursively();
}

bool TokenFile::write(const QString& path, const QByteArray& token)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly))
        return false;
    m_path = path;
    return file.write(token + '\n') > 0 && file.flush();
}

TokenFile::~TokenFile()
{
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

} // namespace kindling::local
