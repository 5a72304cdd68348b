// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdio>

namespace kindling {

/// Where a command speaks.
class Console {
public:
    Console() = default;
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;
    virtual ~Console() = default;

    /// These never appear, whoever puts them into a text.
    void hide(const QStringList& secrets) { m_secrets += secrets; }
    /// The text with what is to be hidden replaced.
    [[nodiscard]] QString withoutSecrets(const QString& text) const;
    /// A line that stays.
    virtual void say(const QString& line) = 0;
    /// The line at the bottom that the next one replaces; only on a terminal.
    virtual void show(const QString& status) = 0;
    /// What went wrong, and what to do next (may be empty).
    virtual void complain(const QString& what, const QString& next = {}) = 0;
    [[nodiscard]] virtual bool isTerminal() const = 0;
    /// False once something that was said could not be written: nobody reads any more.
    [[nodiscard]] virtual bool isHeard() const = 0;

private:
    QStringList m_secrets;
};

/// Standard output and standard error. What a server says cannot steer the terminal: escapes and controls are dropped.
class StandardConsole final : public Console {
public:
    StandardConsole(std::FILE* out, std::FILE* err, bool isTerminal);
    ~StandardConsole() override;

    void say(const QString& line) override;
    void show(const QString& status) override;
    void complain(const QString& what, const QString& next) override;
    [[nodiscard]] bool isTerminal() const override { return m_isTerminal; }
    [[nodiscard]] bool isHeard() const override { return m_isHeard; }

private:
    void clearStatus();
    void write(std::FILE* file, const QString& text);

    std::FILE* m_out;
    std::FILE* m_err;
    bool m_isTerminal;
    bool m_hasStatus = false;
    bool m_isHeard = true;
};

} // namespace kindling
