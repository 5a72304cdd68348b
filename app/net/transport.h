// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/requesthandle.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace kindling {

/// What a read is about: those of one server share few places (readlanes.h).
enum class ReadLane { Item, Log, List };

/// Takes the body of a success piece by piece as it comes. A failure ends the exchange with that error.
using BodySink = std::function<Result<void>(QByteArrayView)>;

/// One request. Safe methods (GET, HEAD) may be repeated by whoever sends them; all others go out exactly once.
struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;
    QByteArray body;
    QByteArray contentType = "application/json";
    std::chrono::milliseconds patience{ 30'000 };  ///< while no byte goes out or comes in
    std::chrono::milliseconds deadline{ 600'000 }; ///< for the whole exchange, however steadily it goes
    std::optional<qint64> maxBytes;                ///< cap of the answer's decoded body; nothing = as kept with the server
    ReadLane lane = ReadLane::Item;                ///< of a safe one
    BodySink sink = {};                            ///< with one a success has no body here, and no cap

    [[nodiscard]] bool isSafe() const { return method == "GET" || method == "HEAD"; }
};

/// An answer, whatever its status; only a whole body gets here.
struct HttpResponse {
    int status = 0;
    QByteArray contentType;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    std::chrono::milliseconds elapsed{ 0 };
    QDateTime received; ///< our clock

    [[nodiscard]] QByteArray header(QByteArrayView name) const; ///< case-insensitive; empty = absent
    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// Carries requests to one server. A lost answer to an unsafe request is ErrorKind::UnknownOutcome.
class Transport {
public:
    using Callback = std::function<void(Result<HttpResponse>)>;

    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    virtual RequestHandle send(HttpRequest request, QObject* context, Callback callback) = 0;
    /// The machine slept, or is in another network: what is open leads nowhere any more. Reads under way are sent anew,
    /// the next ones connect anew; what may have changed the server waits on for its answer.
    virtual void dropConnections() { }
};

} // namespace kindling
