// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/error.h"
#include "app/storage/records.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kindling {

struct UnpackedOutput;

/// Keeps everything that is seen in a database of its own, on a thread of its own; nothing here blocks. Works without
/// any server. Questions see all that was recorded before them; while recording is off they are still answered.
class Recorder final : public QObject {
    Q_OBJECT
public:
    template<typename T>
    using Callback = std::function<void(Result<T>)>;

    /// `file` is made at first use.
    Recorder(QString file, Clock& clock, QObject* parent = nullptr);
    /// Writes what waits.
    ~Recorder() override;

    /// On at first. What is beyond the limits is given up soon, and then every hour.
    void setPolicy(const RecordPolicy& policy);
    void record(const Observation& observation);

    RequestHandle lives(const LifeQuery& wanted, QObject* context, Callback<QList<RecordedLife>> callback);
    RequestHandle states(const StateQuery& wanted, QObject* context, Callback<QList<RecordedState>> callback);
    RequestHandle log(const LogQuery& wanted, QObject* context, Callback<RecordedLog> callback);
    RequestHandle statements(const StatementQuery& wanted, QObject* context, Callback<QList<RecordedStatement>> callback);
    /// NotFound = the statement has none.
    RequestHandle output(qint64 statement, QObject* context, Callback<UnpackedOutput> callback);
    /// NotFound = there is no such life.
    RequestHandle configuration(LifeNumber life, QObject* context, Callback<RecordedConfiguration> callback);
    /// Of those that are there still, as far as is recorded; newest first.
    RequestHandle requests(int most, QObject* context, Callback<QList<RecordedRequest>> callback);
    RequestHandle lastUse(LifeNumber life, QObject* context, Callback<RecordedUse> callback);
    /// Newest first.
    RequestHandle acts(int most, QObject* context, Callback<QList<RecordedAct>> callback);
    /// Oldest first.
    RequestHandle gaps(const QDateTime& since, QObject* context, Callback<QList<RecordedGap>> callback);

    /// Why nothing is recorded; kind Cancelled = all is well.
    [[nodiscard]] const Error& problem() const;
    /// Where a damaged database went; empty = none was.
    [[nodiscard]] const QString& setAside() const;

Q_SIGNALS:
    /// A batch is in the database.
    void recorded();
    /// problem() or setAside() changed.
    void problemChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace kindling
