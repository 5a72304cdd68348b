// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace kindling::test {

using Factory = std::function<std::unique_ptr<QObject>()>;
/// Adds a test class to this program; used through KINDLING_TEST.
int registerTest(const char* name, Factory factory);

} // namespace kindling::test

/// At file scope of a tst_*.cpp, after the class and before its .moc.
#define KINDLING_TEST(Class) \
    [[maybe_unused]] static const int registered##Class \
        = kindling::test::registerTest(#Class, [] { return std::make_unique<Class>(); });
