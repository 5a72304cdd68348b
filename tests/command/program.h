// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

namespace kindling::test {

/// The real program, without any display, with a home of its own.
class Program final : public QProcess {
    Q_OBJECT
public:
    explicit Program(const QTemporaryDir& home);
    void begin(const QStringList& arguments)
    {
        setArguments(arguments);
        start();
    }
    /// The exit code; -1 = it did not end, or crashed.
    int end();
    int runToEnd(const QStringList& arguments)
    {
        begin(arguments);
        return end();
    }
    void signal(int number) { ::kill(static_cast<pid_t>(processId()), number); }
    [[nodiscard]] QByteArray all() const { return out + err; }

    QByteArray out;
    QByteArray err;
};

} // namespace kindling::test
