// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/childprocess.h"
#include "app/local/interpreter.h"
#include "app/local/linebuffer.h"
#include "app/local/sparklocation.h"

#include <QDir>

namespace kindling::local {

/// A real batch: `spark-submit` under `batch.py`, in a process group of its own; both its streams make one log, as with Livy.
class SparkBatch final : public BatchProcess {
    Q_OBJECT
public:
    /// `script`: the path of batch.py. `clock` is used in the constructor only.
    SparkBatch(int id, const BatchRequest& request, const SparkLocation& location, const QString& script, Clock& clock);
    ~SparkBatch() override;

    void kill() override;

private:
    void read();
    void end(int exitCode);

    QDir m_folder; ///< of its settings
    ChildProcess m_process;
    LineBuffer m_lines{ longestLogLine };
    bool m_isKilled = false;
    bool m_hasEnded = false;
};

/// What batch.py gets to read: the settings, which must not stand on a command line.
[[nodiscard]] QByteArray submitSettings(const BatchRequest& request);
/// The other arguments of spark-submit for that batch.
[[nodiscard]] QStringList submitArguments(int id, const BatchRequest& request);

} // namespace kindling::local
