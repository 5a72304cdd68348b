// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/credentialgate.h"

#include <utility>

namespace kindling {

CredentialGate::CredentialGate(std::unique_ptr<CredentialSource> source)
    : m_source(std::move(source))
{
}

void CredentialGate::ask(QObject* context, Callback callback)
{
    if (!m_source) {
        QMetaObject::invokeMethod(context, [callback = std::move(callback)] { callback(Pass{}); }, Qt::QueuedConnection);
        return;
    }
    m_waiting.append({ context, std::move(callback) });
    if (m_waiting.size() == 1)
        m_source->credential(this, [this](const Result<Credential>& result) { answer(result); });
}

void CredentialGate::answer(const Result<Credential>& result)
{
    const int number = ++m_number;
    if (result)
        m_given = result->headers;
    const QPointer guard(this);
    const auto waiting = std::exchange(m_waiting, {});
    for (const Waiting& one : waiting) {
        if (!one.context)
            continue;
        one.callback(result.transform([number](const Credential& credential) { return Pass{ credential, number }; }));
        if (!guard)
            return;
    }
}

void CredentialGate::refused(int number, const Credential& credential)
{
    if (!m_source || number <= m_refusedNumber)
        return;
    m_refusedNumber = number;
    if (credential.headers == m_given)
        m_source->wasRefused();
}

} // namespace kindling
