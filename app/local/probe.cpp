// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/probe.h"

#include <QProcess>

namespace kindling::local {

Probe probe(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment)
{
    constexpr int patienceMs = 20'000;
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted(patienceMs) || !process.waitForFinished(patienceMs))
        return {};
    return { process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, QString::fromUtf8(process.readAll()) };
}

} // namespace kindling::local
