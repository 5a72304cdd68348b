// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/refusingtransport.h"

namespace kindling {

RequestHandle RefusingTransport::send(HttpRequest, QObject* context, Callback callback)
{
    const auto waiting = std::make_shared<Callback>(std::move(callback));
    QMetaObject::invokeMethod(
        context,
        [waiting, error = m_error] {
            if (*waiting)
                std::exchange(*waiting, {})(std::unexpected(error));
        },
        Qt::QueuedConnection);
    return RequestHandle([waiting] { *waiting = {}; });
}

} // namespace kindling
