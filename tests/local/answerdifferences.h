// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/local/recording.h"

#include "app/local/http.h"

namespace kindling::test {

/// How our answer differs from the recorded one in status, headers' names, content type, keys and types of the body,
/// state and words of an error; one line each. Values are the user's or the moment's: not compared.
[[nodiscard]] QStringList differencesOf(const Record& record, const local::HttpResponse& answer);

} // namespace kindling::test
