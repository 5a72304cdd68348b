// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/local/childprocess.h"
#include "app/local/sparklocation.h"

namespace kindling::local {

/// Has the archive of Java classes made with which drivers start faster (classarchive.py): once per Java and Spark, at
/// idle priority, and not while the server's first session may still be starting. Ends with this object.
class ClassArchive final : public QObject {
    Q_OBJECT
public:
    static constexpr Clock::Duration firstPatience{ 30'000 };

    /// `scripts` is the folder of the server's scripts; `clock` outlives this.
    ClassArchive(const SparkLocation& location, const QString& scripts, Clock& clock, QObject* parent = nullptr);

    /// The command that makes it; it does nothing where the archive is there already.
    [[nodiscard]] static QStringList arguments(const SparkLocation& location, const QString& scripts);

private:
    ChildProcess m_process;
};

} // namespace kindling::local
