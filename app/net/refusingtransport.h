// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transport.h"

namespace kindling {

/// Stands where no connection may be tried, since what is needed for it is missing: the same error for everything.
class RefusingTransport final : public Transport {
public:
    explicit RefusingTransport(Error error)
        : m_error(std::move(error))
    {
    }

    RequestHandle send(HttpRequest request, QObject* context, Callback callback) override;

private:
    Error m_error;
};

} // namespace kindling
