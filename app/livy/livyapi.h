// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/sparkapi.h"
#include "app/net/transport.h"

#include <QUrl>

#include <memory>

namespace kindling {

/// Apache Livy 0.7 to 0.10 and the same behind gateways, and Local Spark.
/// `base` may have a path (gateway prefix). Owns `transport`. `doAs`: the user for whom everything is asked, where the
/// server lets this one act for others; empty = for oneself.
[[nodiscard]] std::unique_ptr<SparkApi> makeLivyApi(QUrl base, std::unique_ptr<Transport> transport, const QString& doAs = {});

} // namespace kindling
