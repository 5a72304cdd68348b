// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/childprocess.h"
#include "app/local/interpreter.h"
#include "app/local/linebuffer.h"
#include "app/local/sparklocation.h"

namespace kindling::local {

/// A real batch: `spark-submit` under `guard.py`, in a process group of its own; both its streams make one log, as with Livy.
class SparkBatch final : public BatchProcess {
    Q_OBJECT
public:
    /// `guard`: the path of guard.py. `clock` is used in the constructor only.
    SparkBatch(int id, const BatchRequest& request, const SparkLocation& location, const QString& guard, Clock& clock);
    ~SparkBatch() override;

    void kill() override;

private:
    void read();
    void end(int exitCode);

    ChildProcess m_process;
    LineBuffer m_lines{ longestLogLine };
    bool m_isKilled = false;
    bool m_hasEnded = false;
};

/// The arguments of spark-submit for that batch.
[[nodiscard]] QStringList submitArguments(int id, const BatchRequest& request);

} // namespace kindling::local
