// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/requests.h"
#include "app/local/ringlog.h"

namespace kindling::local {

/// That query value as an integer, or `fallback` without one; anything else is refused in Livy's words.
[[nodiscard]] Parsed<int> queryInt(const HttpRequest& request, const QString& name, int fallback);
/// Livy's log answer of that item for the request's from and size.
[[nodiscard]] HttpResponse logResponse(const HttpRequest& request, int id, const RingLog& log);
[[nodiscard]] HttpResponse stateResponse(int id, const QString& state);
/// 201 with Location
[[nodiscard]] HttpResponse createdResponse(const QByteArray& json, const QString& location);

} // namespace kindling::local
