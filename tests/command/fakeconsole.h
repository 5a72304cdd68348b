// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command/console.h"

namespace kindling::test {

/// Keeps what was said.
class FakeConsole final : public Console {
public:
    void say(const QString& line) override { said.append(line); }
    void show(const QString& status) override { shown.append(status); }
    void complain(const QString& what, const QString& next) override { complaints.append(what + u'\n' + next); }
    [[nodiscard]] bool isTerminal() const override { return hasTerminal; }
    [[nodiscard]] bool isHeard() const override { return isRead; }
    [[nodiscard]] QString all() const { return (said + complaints).join(u'\n'); }

    QStringList said;
    QStringList shown;
    QStringList complaints;
    bool hasTerminal = false;
    bool isRead = true;
};

} // namespace kindling::test
