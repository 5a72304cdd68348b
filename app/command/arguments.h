// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <expected>

namespace kindling {

/// One option that a command knows, by its name without the two dashes.
struct OptionRule {
    QString name;
    bool takesValue = false;
    bool isRepeatable = false;
};

/// A command line taken apart: options ("--name", "--name value", "--name=value"), and the rest. After "--" all is rest.
class Arguments final {
public:
    /// The error is a sentence for a person. It never holds a value: that may be a secret which was put there wrongly.
    [[nodiscard]] static std::expected<Arguments, QString> parse(const QStringList& words, const QList<OptionRule>& rules);

    [[nodiscard]] bool has(const QString& name) const { return m_values.contains(name); }
    /// Empty if it was not given.
    [[nodiscard]] QString value(const QString& name) const { return m_values.value(name).value(0); }
    [[nodiscard]] QStringList values(const QString& name) const { return m_values.value(name); }
    [[nodiscard]] const QStringList& rest() const { return m_rest; }

private:
    /// Empty = taken; else the problem.
    [[nodiscard]] QString takeOption(QStringList& words, const QList<OptionRule>& rules);

    QHash<QString, QStringList> m_values;
    QStringList m_rest;
};

/// The first two of `names` that were both given, as a sentence that they exclude each other; empty = none were.
[[nodiscard]] QString contradiction(const Arguments& arguments, const QStringList& names);

} // namespace kindling
