// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/kind.h"

#include <QString>

namespace kindling {

/// What the editor can colour.
enum class CodeLanguage { Python, Scala, R, Sql, Markdown, Json, Plain };

[[nodiscard]] CodeLanguage languageOf(Kind kind);
/// The name of its definition in KSyntaxHighlighting; empty for Plain.
[[nodiscard]] QString definitionName(CodeLanguage language);

} // namespace kindling
