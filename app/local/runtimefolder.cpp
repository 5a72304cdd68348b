// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/runtimefolder.h"

#include <QFile>
#include <QStorageInfo>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr qint64 neededBytes = 200LL * 1024 * 1024;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

bool copyScripts(const QString& folder)
{
    const QDir resources(u":/local"_s);
    const QStringList names = resources.entryList(QDir::Files);
    return !names.isEmpty() && std::ranges::all_of(names, [&](const QString& name) {
        return QFile::copy(resources.filePath(name), folder + u'/' + name);
    });
}
}

void RuntimeFolder::removeLeftovers(const QDir& servers)
{
    // A server locks first and makes its folder then: a folder whose lock can be had, or is not there, is nobody's.
    const QStringList folders = servers.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : folders) {
        if (const auto lock = HeldFile::make(servers.filePath(name + lockEnd)))
            QDir(servers.filePath(name)).removeRecursively();
    }
    const QStringList locks = servers.entryList({ u'*' + lockEnd }, QDir::Files);
    for (const QString& lock : locks)
        HeldFile::removeUnheld(servers.filePath(lock));
}

std::expected<RuntimeFolder, StartProblem> RuntimeFolder::make(const QString& cacheFolder)
{
    const QDir servers(cacheFolder + u"/servers"_s);
    const auto noSpace = [&cacheFolder](const QString& why) {
        return std::unexpected(StartProblem{ u"no-space"_s, u"%1 in %2. Make room there, or set XDG_CACHE_HOME to another place."_s.arg(why, cacheFolder) });
    };
    if (!servers.mkpath(u"."_s))
        return noSpace(u"No folder can be made"_s);
    if (const QStorageInfo storage(servers.path()); storage.isValid() && storage.bytesAvailable() < neededBytes)
        return noSpace(u"Less than 200 MB are free"_s);
    removeLeftovers(servers);
    auto lock = HeldFile::make(servers.filePath(QUuid::createUuid().toString(QUuid::Id128).first(8) + lockEnd));
    if (!lock)
        return noSpace(u"No file can be locked"_s);
    RuntimeFolder folder(*std::move(lock));
    if (!QDir().mkdir(folder.path(), ownerOnly) || !copyScripts(folder.path()))
        return noSpace(u"The server's scripts cannot be written"_s);
    return folder;
}

RuntimeFolder::~RuntimeFolder()
{
    if (!m_lock.path().isEmpty())
        QDir(path()).removeRecursively();
}

} // namespace kindling::local
