// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command/program.h"

#include <QTest>

namespace kindling::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Program::Program(const QTemporaryDir& home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    for (const QString& proxy : { u"http_proxy"_s, u"https_proxy"_s, u"all_proxy"_s }) {
        environment.remove(proxy);
        environment.remove(proxy.toUpper());
    }
    environment.insert(u"QT_QPA_PLATFORM"_s, u"no-such-platform"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    environment.insert(u"XDG_STATE_HOME"_s, home.filePath(u"state"_s));
    environment.insert(u"PW"_s, u"pass-s3cret"_s);
    environment.insert(u"TOKEN"_s, u"t0ken-s3cret"_s);
    environment.insert(u"KEY"_s, u"X-Key: k3y-s3cret"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path="_s + home.filePath(u"no-bus"_s)); // and so no keychain
    setProcessEnvironment(environment);
    setProgram(QStringLiteral(KINDLING_BINARY));
    setChildProcessModifier([] { // the tests may themselves be a background job
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGHUP, SIG_DFL);
    });
    connect(this, &QProcess::readyReadStandardOutput, this, [this] { out += readAllStandardOutput(); });
    connect(this, &QProcess::readyReadStandardError, this, [this] { err += readAllStandardError(); });
}

int Program::end()
{
    const bool hasEnded = QTest::qWaitFor([this] { return state() == QProcess::NotRunning; }, 90s);
    if (!hasEnded)
        kill();
    return hasEnded && exitStatus() == QProcess::NormalExit ? exitCode() : -1;
}

} // namespace kindling::test
