// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/error.h"

namespace kindling {

std::unexpected<Error> failure(ErrorKind kind, QString title, QString detail)
{
    Error error;
    error.kind = kind;
    error.title = std::move(title);
    error.detail = std::move(detail);
    return std::unexpected(std::move(error));
}

} // namespace kindling
