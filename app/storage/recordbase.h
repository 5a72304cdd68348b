// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/storage/backlog.h"
#include "app/storage/damagedfile.h"
#include "app/storage/recordwriter.h"

#include <QSqlDatabase>

#include <functional>
#include <optional>

namespace kindling {

/// The database of the records: opened at first use, brought up to date, set aside when it is damaged. Belongs to the
/// thread that first uses it; blocks, up to ten seconds where another instance holds the file.
class RecordBase final {
public:
    explicit RecordBase(QString file);
    ~RecordBase();
    RecordBase(const RecordBase&) = delete;
    RecordBase& operator=(const RecordBase&) = delete;

    /// What could not be written is kept, and written before what comes after it.
    [[nodiscard]] Result<void> write(const QList<Observation>& batch);
    void giveUpUnwritten() { m_unwritten.clear(); }
    [[nodiscard]] Result<void> apply(const RecordPolicy& policy, const QDateTime& now);
    template<typename T>
    [[nodiscard]] Result<T> read(const std::function<Result<T>(const QSqlDatabase&)>& question)
    {
        return guarded<T>([this, &question] { return question(m_database); });
    }
    /// Where a damaged file went; empty = none was.
    [[nodiscard]] const QString& setAside() const { return m_setAside; }
    void close();

private:
    /// Opens before, and begins anew with an empty file where the present one turns out to be damaged. What another instance
    /// has begun meanwhile is gone on with.
    template<typename T>
    [[nodiscard]] Result<T> guarded(const std::function<Result<T>()>& work)
    {
        Result<void> opened = open();
        Result<T> done = opened ? work() : Result<T>(std::unexpected(opened.error()));
        if (done || done.error().kind != ErrorKind::Protocol || !moveAside())
            return done;
        opened = open();
        return opened ? work() : Result<T>(std::unexpected(opened.error()));
    }
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> prepare();
    /// True = there may be a whole file now.
    bool moveAside();

    QString m_file;
    QString m_connection;
    std::optional<FileMark> m_opened; ///< the file before it was opened
    QSqlDatabase m_database;
    std::optional<RecordWriter> m_writer;
    QString m_setAside;
    Backlog m_unwritten;
};

} // namespace kindling
