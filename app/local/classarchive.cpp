// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/classarchive.h"

using namespace Qt::StringLiterals;

namespace kindling::local {

ClassArchive::ClassArchive(const SparkLocation& location, const QString& scripts, Clock& clock, QObject* parent)
    : QObject(parent)
{
    m_process.setProcessEnvironment(location.environment);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    clock.after(firstPatience, this, [this, python = location.python, arguments = arguments(location, scripts)] {
        m_process.start(python, arguments);
    });
}

QStringList ClassArchive::arguments(const SparkLocation& location, const QString& scripts)
{
    return { u"-u"_s, scripts + u"/guard.py"_s, location.python, u"-u"_s, scripts + u"/classarchive.py"_s,
        cacheFolder(location.environment) };
}

} // namespace kindling::local
