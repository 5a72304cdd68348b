// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"

#include <QList>
#include <QString>

namespace kindling {

/// A value that a server would refuse. `field`: the wire's name of it, which is also the object name of its field.
struct FieldProblem {
    QString field;
    QString text; ///< a sentence that names the field and the rule
};

// The rules by which a server of that version takes a request (livy-protocol 1.1, 1.3), in the order of the form.

[[nodiscard]] QList<FieldProblem> problemsOf(const NewSession& wanted, const ServerVersion& version);
[[nodiscard]] QList<FieldProblem> problemsOf(const NewBatch& wanted);

/// Is it empty or a memory size that Spark and Java understand ("512m", "4g")? Without a unit Java takes it for bytes.
[[nodiscard]] bool isMemorySize(const QString& text);
/// Is it empty or a time that Livy understands ("90s", "30m", "8h"; a number alone counts milliseconds)?
[[nodiscard]] bool isTimeSpan(const QString& text);

/// What a field is called in the form; the wire's own word for one that has no name there.
[[nodiscard]] QString fieldLabel(const QString& field);
[[nodiscard]] QStringList labelsOf(const QStringList& fields);

} // namespace kindling
