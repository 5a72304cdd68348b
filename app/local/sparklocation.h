// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QString>

#include <expected>

namespace kindling::local {

/// Why the server cannot start: a word for programs and a sentence, with what to do, for people.
struct StartProblem {
    QString code; ///< missing-java, missing-python, missing-pyspark, port-taken, no-space, token-file, wrong-python
    QString text;
};

/// The Spark of this machine: the user's own SPARK_HOME, or the one in the user's cache folder.
struct SparkLocation {
    QString python; ///< runs our own scripts; has pyspark
    QString sparkHome;
    QString sparkVersion;
    /// What every driver and batch is started with.
    QProcessEnvironment environment;
    /// Runs the users' code: PYSPARK_PYTHON where it is set, else the same.
    QString userPython{};
};

/// Looks for Python, Spark and Java; runs Python and Java once each (0.2 s).
[[nodiscard]] std::expected<SparkLocation, StartProblem> locateSpark(const QProcessEnvironment& environment);
/// ${XDG_CACHE_HOME:-$HOME/.cache}/kindling
[[nodiscard]] QString cacheFolder(const QProcessEnvironment& environment);
/// The major number in what `java -version` prints ("1.8.0" gives 8); 0 = none found.
[[nodiscard]] int javaMajorVersion(const QString& text);

} // namespace kindling::local
