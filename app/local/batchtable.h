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
    Batch(int id, BatchRequest request, std::unique_ptr<BatchProcess> process, QObject* parent = nullptr);
    ~Batch() override;

    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] const BatchRequest& request() const { return m_request; }
    [[nodiscard]] BatchState state() const { return m_state; }
    [[nodiscard]] bool isEnded() const;
    [[nodiscard]] const RingLog& log() const { return m_log; }
    [[nodiscard]] QByteArray json() const;
    void kill() { m_process->kill(); }

Q_SIGNALS:
    void ended();

private:
    const int m_id;
    const BatchRequest m_request;
    std::unique_ptr<BatchProcess> m_process;
    BatchState m_state = BatchState::Starting;
    RingLog m_log;
};

/// All batches of the server by id; ids and names are apart from the sessions'.
class BatchTable final : public QObject {
    Q_OBJECT
public:
    explicit BatchTable(BatchFactory factory, QObject* parent = nullptr);
    ~BatchTable() override;

    Parsed<Batch*> create(const BatchRequest& request);
    [[nodiscard]] Parsed<Batch*> find(const QString& idOrName) const;
    [[nodiscard]] QByteArray json(ListRange range) const;
    /// Kills and forgets it; calls back when it is gone.
    void remove(int id, std::function<void()> callback);
    /// Kills all that run; calls back once when the last is gone, or at once.
    void stopAll(const std::function<void()>& callback);

private:
    BatchFactory m_factory;
    int m_nextId = 0;
    std::map<int, std::unique_ptr<Batch>> m_batches;
};

} // namespace kindling::local
