// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTest>

#include <functional>
#include <memory>

namespace kindling::test {

using Factory = std::function<std::unique_ptr<QObject>()>;
/// Adds a test class to this program; used through KINDLING_TEST.
int registerTest(const char* name, Factory factory);

/// Milliseconds that a try may take: long enough for a thread or a process on a busy machine.
inline constexpr int tryPatience = 30'000;

} // namespace kindling::test

#undef QTRY_VERIFY
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, kindling::test::tryPatience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, kindling::test::tryPatience)

/// At file scope of a tst_*.cpp, after the class and before its .moc.
#define KINDLING_TEST(Class) \
    [[maybe_unused]] static const int registered##Class \
        = kindling::test::registerTest(#Class, [] { return std::make_unique<Class>(); });
