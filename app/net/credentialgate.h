// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/credentialsource.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <memory>

namespace kindling {

/// Lets requests share one question to the credential source: whoever asks while one is under way waits for it.
class CredentialGate final : public QObject {
    Q_OBJECT
public:
    /// What was given, and a number that tells it from others (0 = no source).
    struct Pass {
        Credential credential;
        int number = 0;
    };
    using Callback = std::function<void(Result<Pass>)>;

    /// `source` may be null: then everybody passes with an empty credential.
    explicit CredentialGate(std::unique_ptr<CredentialSource> source);

    /// The callback comes in a later turn of the event loop, unless `context` died.
    void ask(QObject* context, Callback callback);
    /// The server refused the credential of that number; the source hears it once per credential, and not where it has
    /// given another one since.
    void refused(int number, const Credential& credential);
    /// Was that credential refused, or an older one?
    [[nodiscard]] bool isRefused(int number) const { return number > 0 && number <= m_refusedNumber; }

private:
    void answer(const Result<Credential>& result);

    struct Waiting {
        QPointer<QObject> context;
        Callback callback;
    };
    std::unique_ptr<CredentialSource> m_source;
    QList<Waiting> m_waiting;
    QList<std::pair<QByteArray, QByteArray>> m_given; ///< the headers of the last one
    int m_number = 0;
    int m_refusedNumber = 0;
};

} // namespace kindling
