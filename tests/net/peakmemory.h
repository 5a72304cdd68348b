// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <malloc.h>

namespace kindling::test {

/// How much more memory this process had at its peak than when this was made, as the kernel counts it.
class PeakMemory final {
public:
    /// Why that cannot be measured here; empty = it can.
    [[nodiscard]] static QString whyNot()
    {
#ifdef __SANITIZE_ADDRESS__
        return QStringLiteral("AddressSanitizer keeps what was freed for a while, so that a peak says nothing");
#else
        return forgetPeak() && valueOf("VmHWM:") > 0 ? QString() : QStringLiteral("the kernel does not let the peak of this process be reset");
#endif
    }
    PeakMemory()
    {
        ::malloc_trim(0); // what was freed before would hide what is taken now
        (void)forgetPeak();
        m_before = valueOf("VmRSS:");
    }
    [[nodiscard]] qint64 growth() const { return valueOf("VmHWM:") - m_before; }

private:
    static bool forgetPeak()
    {
        QFile file(QStringLiteral("/proc/self/clear_refs"));
        return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("5") == 1;
    }
    /// In bytes; 0 = it is not told.
    static qint64 valueOf(const char* name)
    {
        QFile file(QStringLiteral("/proc/self/status"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QByteArray status = file.readAll();
        const qsizetype at = status.indexOf(name);
        return at < 0 ? 0 : status.sliced(at + static_cast<qsizetype>(qstrlen(name))).trimmed().split(' ').first().toLongLong() * 1024;
    }

    qint64 m_before = 0;
};

} // namespace kindling::test
