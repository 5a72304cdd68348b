// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QUrl>

namespace kindling {

/// The translation context of what app/net says to people; what the other side said stays as it came.
struct NetworkWords {
    Q_DECLARE_TR_FUNCTIONS(kindling::NetworkWords)
};

constexpr int proxyAsksToSignIn = 407;

/// "host:port" as a person knows it; the port only where the scheme does not tell.
[[nodiscard]] QString placeOf(const QUrl& url);
/// Words for an exchange that ended without an answer. `tlsReason`: what was wrong with the certificate, or empty.
[[nodiscard]] Error noAnswerError(QNetworkReply::NetworkError code, const QString& words, const QUrl& url, const QString& tlsReason);
/// Could the server have seen the request although it ended with `code`?
[[nodiscard]] bool mayHaveArrived(QNetworkReply::NetworkError code);
/// Makes `error` of an unsafe request say that nobody knows whether the server acted.
[[nodiscard]] Error asUnknownOutcome(Error error);

} // namespace kindling
