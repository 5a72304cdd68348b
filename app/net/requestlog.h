// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>

namespace kindling {

/// One exchange as the Requests dock tells it: no header values, no secrets in `url`.
struct Exchange {
    qint64 number = 0;
    ServerId server;
    QDateTime when;
    QByteArray method;
    QUrl url;
    int status = 0; ///< 0 = no answer
    std::chrono::milliseconds elapsed{ 0 };
    qint64 sentBytes = 0;
    qint64 receivedBytes = 0;
    QByteArray body;      ///< of the request, at most 4 KiB, for "copy as curl"
    QString problem;      ///< empty = an answer came
};

/// The last exchanges with all servers, oldest first, in a ring.
class RequestLog final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype capacity = 1000;

    explicit RequestLog(QObject* parent = nullptr);
    void record(Exchange exchange);
    [[nodiscard]] const QList<Exchange>& exchanges() const { return m_exchanges; }

Q_SIGNALS:
    /// After `exchange` was added at the end; `dropped` were taken from the front before.
    void exchangeRecorded(const kindling::Exchange& exchange, int dropped);

private:
    QList<Exchange> m_exchanges;
    qint64 m_lastNumber = 0;
};

/// The exchange as a curl command line; the credential is a placeholder in words.
[[nodiscard]] QString asCurl(const Exchange& exchange);
/// JSON text, whole or cut, with the values of secret-looking members replaced; other text stays.
[[nodiscard]] QByteArray redactedText(const QByteArray& body);
/// `url` without user information, and with secret-looking query values replaced.
[[nodiscard]] QUrl redacted(const QUrl& url);

} // namespace kindling
