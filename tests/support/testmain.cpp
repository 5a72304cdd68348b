// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QApplication>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <utility>
#include <vector>

namespace kindling::test {

namespace {
std::vector<std::pair<const char*, Factory>>& registry()
{
    static std::vector<std::pair<const char*, Factory>> tests;
    return tests;
}

int runClass(const char* name, const Factory& factory, const QStringList& arguments)
{
    auto object = factory();
    object->setObjectName(QString::fromLatin1(name));
    return QTest::qExec(object.get(), arguments);
}
}

int registerTest(const char* name, Factory factory)
{
    registry().emplace_back(name, std::move(factory));
    return static_cast<int>(registry().size());
}

} // namespace kindling::test

/// `test_x [--list] [Class] [QtTest options…]`: every class, or the one named first.
int main(int argc, char** argv)
{
    QTemporaryDir home;
    for (const char* name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" })
        qputenv(name, home.filePath(QLatin1StringView(name)).toLocal8Bit());
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("kindling-test"));
    QStringList arguments = QApplication::arguments();
    QString only;
    if (arguments.size() > 1 && !arguments.at(1).startsWith(u'-'))
        only = arguments.takeAt(1);

    int failures = 0;
    int ran = 0;
    for (const auto& [name, factory] : kindling::test::registry()) {
        if (!only.isEmpty() && only != QLatin1StringView(name))
            continue;
        ++ran;
        failures += kindling::test::runClass(name, factory, arguments);
    }
    if (ran == 0) {
        std::fprintf(stderr, "no test class of that name\n");
        return 1;
    }
    return failures > 0 ? 1 : 0;
}
