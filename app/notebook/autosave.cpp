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

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::milliseconds delay{ 800 };
constexpr QStringView backupKey = u"backupOf";

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

QByteArray withOrigin(const QByteArray& metadata, const QString& originalPath)
{
    RawObject object(checkedJson(metadata).value_or(QByteArray()));
    RawObject ours = object.object(ipynb::ours);
    ours.set(backupKey.toString(), jsonString(originalPath));
    object.set(ipynb::ours.toString(), ours.toJson());
    return object.toJson();
}

QString takeOrigin(QByteArray& metadata)
{
    RawObject object(checkedJson(metadata).value_or(QByteArray()));
    RawObject ours = object.object(ipynb::ours);
    const QString origin = ours.string(backupKey);
    ours.remove(backupKey);
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
        , path(QDir(folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + ".ipynb"_L1))
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
            report(ready);
            return;
        }
        isWriting = true;
        NotebookFile file{ source->cells(), withOrigin(source->metadata(), originalPath), {} };
        writer.start([owner = q, target = path, file = std::move(file)] {
            const Result<void> result = saveNotebook(target, file);
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
    void remove()
    {
        timer.cancel();
        isPending = false;
        writer.waitForDone();
        if (lock)
            QFile::remove(path);
        lock.reset();
    }

    Autosave* q;
    QPointer<NotebookDocument> document;
    QString path;
    QString originalPath;
    Clock& clock;
    QThreadPool writer;
    RequestHandle timer;
    std::unique_ptr<QLockFile> lock;
    bool isPending = false;
    bool isWriting = false;
    bool hasFailed = false;
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

void Autosave::setOriginalPath(const QString& path)
{
    d->originalPath = path;
}

void Autosave::flush()
{
    if (d->isPending)
        d->write();
    d->writer.waitForDone();
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
        RecoveredNotebook backup{ file.filePath(), {}, file.lastModified(QTimeZone::UTC) };
        if (Result<NotebookFile> content = loadNotebook(backup.backupPath))
            backup.originalPath = takeOrigin(content->metadata);
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
