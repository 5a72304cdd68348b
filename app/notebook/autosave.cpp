// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/autosave.h"

#include "app/notebook/ipynb.h"
#include "app/notebook/ipynbnames.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QPointer>
#include <QThreadPool>
#include <QUuid>

#include <atomic>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::milliseconds delay{ 800 };
constexpr QStringView backupKey = u"backupOf";
constexpr QStringView stampKey = u"backupStamp";

QString lockPath(const QString& backupPath)
{
    return backupPath + ".lock"_L1;
}

// Held for as long as its program runs, however old it is.
std::unique_ptr<QLockFile> lockFor(const QString& backupPath)
{
    auto lock = std::make_unique<QLockFile>(lockPath(backupPath));
    lock->setStaleLockTime(0);
    return lock;
}

bool isOwned(const QString& backupPath)
{
    const auto lock = lockFor(backupPath);
    return !lock->tryLock(0) && lock->error() == QLockFile::LockFailedError;
}

QString freshPath(const QString& folder)
{
    return QDir(folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + ".ipynb"_L1);
}

struct Origin {
    QString path;
    FileStamp stamp;
};

QByteArray withOrigin(const QByteArray& metadata, const Origin& origin)
{
    RawObject object(checkedJson(metadata).value_or(QByteArray()));
    RawObject ours = object.object(ipynb::ours);
    ours.set(backupKey.toString(), jsonString(origin.path));
    ours.set(stampKey.toString(), jsonString(origin.stamp.toText()));
    object.set(ipynb::ours.toString(), ours.toJson());
    return object.toJson();
}

Origin takeOrigin(QByteArray& metadata)
{
    RawObject object(checkedJson(metadata).value_or(QByteArray()));
    RawObject ours = object.object(ipynb::ours);
    const Origin origin{ ours.string(backupKey), FileStamp::fromText(ours.string(stampKey)) };
    ours.remove(backupKey);
    ours.remove(stampKey);
    if (ours.isEmpty())
        object.remove(ipynb::ours);
    else
        object.set(ipynb::ours.toString(), ours.toJson());
    metadata = object.toJson();
    return origin;
}
}

class Autosave::Private {
public:
    Private(Autosave* owner, NotebookDocument* doc, QString folder, Clock& ticking)
        : q(owner)
        , document(doc)
        , path(freshPath(folder))
        , clock(ticking)
    {
        writer.setMaxThreadCount(1);
    }
    void schedule()
    {
        if (isPending)
            return;
        isPending = true;
        timer = clock.after(delay, q, [this] { due(); });
    }
    void due()
    {
        isPending = false;
        // A slow disk: not a queue of writes, but one more look.
        if (isWriting)
            schedule();
        else
            write();
    }
    void write()
    {
        timer.cancel();
        isPending = false;
        const NotebookDocument* source = document.data();
        if (!source)
            return;
        if (const Result<void> ready = lockNow(); !ready) {
            *isUnsafe = true;
            report(ready);
            return;
        }
        isWriting = true;
        NotebookFile file = fileOf(*source);
        file.metadata = withOrigin(file.metadata, origin);
        writer.start([owner = q, target = path, outcome = isUnsafe, file = std::move(file)] {
            const Result<void> result = saveNotebook(target, file);
            *outcome = !result;
            if (result)
                QFile::setPermissions(target, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
            QMetaObject::invokeMethod(owner, [owner, result] { owner->d->written(result); }, Qt::QueuedConnection);
        });
    }
    Result<void> lockNow()
    {
        if (lock)
            return {};
        QDir().mkpath(QFileInfo(path).path());
        auto candidate = lockFor(path);
        if (!candidate->tryLock(0)) {
            return failure(ErrorKind::Io, QCoreApplication::translate("Autosave", "Unsaved changes cannot be backed up in %1")
                                              .arg(QFileInfo(path).path()));
        }
        lock = std::move(candidate);
        return {};
    }
    void written(const Result<void>& result)
    {
        isWriting = false;
        report(result);
    }
    // One message for a row of failures.
    void report(const Result<void>& result)
    {
        const bool hadFailed = std::exchange(hasFailed, !result);
        if (!result && !hadFailed)
            Q_EMIT q->failed(result.error());
    }
    // The writer does it, after what it still has to write; nobody waits.
    void remove()
    {
        timer.cancel();
        isPending = false;
        isUnsafe = std::make_shared<std::atomic<bool>>(false);
        if (!lock)
            return;
        writer.start([target = path, held = std::shared_ptr<QLockFile>(std::move(lock))] {
            QFile::remove(target);
            held->unlock();
        });
        path = freshPath(QFileInfo(path).path());
    }

    Autosave* q;
    QPointer<NotebookDocument> document;
    QString path;
    Origin origin;
    Clock& clock;
    QThreadPool writer;
    RequestHandle timer;
    std::unique_ptr<QLockFile> lock;
    bool isPending = false;
    bool isWriting = false;
    bool hasFailed = false;
    /// The last write failed. The writer says so before its report arrives.
    std::shared_ptr<std::atomic<bool>> isUnsafe = std::make_shared<std::atomic<bool>>(false);
};

Autosave::Autosave(NotebookDocument* document, QString folder, Clock& clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, document, std::move(folder), clock))
{
    connect(document, &NotebookDocument::contentChanged, this, [this] { d->schedule(); });
    connect(document, &NotebookDocument::modifiedChanged, this, [this](bool isModified) {
        if (!isModified)
            discard();
    });
}

Autosave::~Autosave()
{
    flush();
}

void Autosave::setOriginal(const QString& path, const FileStamp& stamp)
{
    d->origin = { path, stamp };
}

bool Autosave::flush()
{
    d->writer.waitForDone();
    if (d->isPending || *d->isUnsafe)
        d->write();
    d->writer.waitForDone();
    return !*d->isUnsafe;
}

void Autosave::discard()
{
    d->remove();
}

void Autosave::adopt(const QString& backupPath)
{
    auto lock = lockFor(backupPath);
    if (backupPath == d->path || !lock->tryLock(0))
        return;
    const bool hasNews = d->isPending;
    d->remove();
    d->path = backupPath;
    d->lock = std::move(lock);
    if (hasNews)
        d->schedule();
}

QList<RecoveredNotebook> findRecoverable(const QString& folder)
{
    QList<RecoveredNotebook> found;
    for (const QFileInfo& file : QDir(folder).entryInfoList({ u"*.ipynb"_s }, QDir::Files, QDir::Time)) {
        if (isOwned(file.filePath()))
            continue;
        RecoveredNotebook backup{ file.filePath(), {}, file.lastModified(QTimeZone::UTC), {} };
        if (Result<NotebookFile> content = loadNotebook(backup.backupPath)) {
            const Origin origin = takeOrigin(content->metadata);
            backup.originalPath = origin.path;
            backup.originalStamp = origin.stamp;
        }
        found.append(backup);
    }
    return found;
}

Result<NotebookFile> readBackup(const RecoveredNotebook& backup)
{
    Result<NotebookFile> content = loadNotebook(backup.backupPath);
    if (content)
        takeOrigin(content->metadata);
    return content;
}

void discardBackup(const RecoveredNotebook& backup)
{
    QFile::remove(backup.backupPath);
    QFile::remove(lockPath(backup.backupPath));
}

} // namespace kindling
