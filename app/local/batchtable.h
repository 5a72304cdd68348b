// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/sessiontable.h"

namespace kindling::local {

enum class BatchState { Starting, Running, Success, Dead, Killed };
/// Livy's word
[[nodiscard]] QString wireName(BatchState state);

/// One batch: its process, state and log (livy-protocol 1.3, 2.2).
class Batch final : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives the batch.
    Batch(int id, BatchRequest request, std::unique_ptr<BatchProcess> process, Clock& clock);
    ~Batch() override;

    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] const BatchRequest& request() const { return m_request; }
    [[nodiscard]] BatchState state() const { return m_state; }
    [[nodiscard]] bool isEnded() const;
    /// It has been shown long enough after its end.
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] const RingLog& log() const { return m_log; }
    [[nodiscard]] QByteArray json() const;
    void kill() { m_process->kill(); }

Q_SIGNALS:
    void ended();

private:
    const int m_id;
    const BatchRequest m_request;
    std::unique_ptr<BatchProcess> m_process;
    Clock& m_clock;
    Clock::Duration m_endedAt{ 0 };
    BatchState m_state = BatchState::Starting;
    RingLog m_log;
};

/// All batches of the server by id; ids and names are apart from the sessions'.
class BatchTable final : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives the table.
    BatchTable(BatchFactory factory, Clock& clock, DriverRoom room);
    ~BatchTable() override;

    Parsed<Batch*> create(const BatchRequest& request);
    [[nodiscard]] Parsed<Batch*> find(const QString& idOrName) const;
    [[nodiscard]] QByteArray json(ListRange range) const;
    /// Kills and forgets it; calls back when it is gone.
    void remove(int id, std::function<void()> callback);
    [[nodiscard]] int count() const { return static_cast<int>(m_batches.size()); }
    /// Kills all that run; calls back once when the last is gone, or at once.
    void stopAll(const std::function<void()>& callback);

private:
    void sweepLater();

    BatchFactory m_factory;
    Clock& m_clock;
    const DriverRoom m_room;
    int m_nextId = 0;
    std::map<int, std::unique_ptr<Batch>> m_batches;
};

} // namespace kindling::local
