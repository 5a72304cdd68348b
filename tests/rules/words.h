// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/rules/sourcefile.h"

namespace kindling::rules {

/// Words of the language or of Qt that are forbidden, or allowed in one place only.
[[nodiscard]] QStringList wordOffences(const SourceFile& file);
/// A `default:` in a switch over one of our own enums.
[[nodiscard]] QStringList defaultOffences(const SourceFile& file);
/// Text for people that does not go through tr(), or goes through it in values and models.
[[nodiscard]] QStringList textOffences(const SourceFile& file);
/// A sentence below app/ that no translator sees, outside app/local, whose words are protocol.
[[nodiscard]] QStringList sentenceOffences(const SourceFile& file);
/// A file without the two SPDX lines at its head, or a header without its guard.
[[nodiscard]] QStringList headOffences(const SourceFile& file);

} // namespace kindling::rules
