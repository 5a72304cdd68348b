// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/credentials.h"

#include "app/storage/pendinganswer.h"

#include <QCoreApplication>

namespace kindling {

namespace {
QString words(const char* text)
{
    return QCoreApplication::translate("Credentials", text);
}
}

Credential credentialFor(const ServerProfile& profile, const QString& secret)
{
    switch (profile.auth) {
    case AuthKind::None:
        return {};
    case AuthKind::Basic:
        return Credential::basic(profile.user, secret);
    case AuthKind::Bearer:
        return Credential::bearer(secret);
    }
    return {};
}

struct StoredCredential::State {
    Result<Credential> accept(const Result<QString>& read)
    {
        if (!read && read.error().kind != ErrorKind::NotFound)
            return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "The password or token could not be read from the keychain.")),
                           read.error().detail);
        if (!read)
            return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "This server wants a password or token.")));
        if (refused == *read)
            return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "The server refused the stored password or token.")));
        secret = *read;
        return credentialFor(profile, *read);
    }

    ServerProfile profile;
    std::optional<QString> secret;
    std::optional<QString> refused;
};

StoredCredential::StoredCredential(ServerProfile profile, SecretStore* store)
    : m_state(std::make_shared<State>(State{ std::move(profile), {}, {} }))
    , m_store(store)
{
}

StoredCredential::~StoredCredential() = default;

RequestHandle StoredCredential::credential(QObject* context, Callback callback)
{
    if (m_state->profile.auth != AuthKind::None && !m_state->secret) {
        return m_store->read(m_state->profile.id, context,
                            [state = m_state, callback = std::move(callback)](const Result<QString>& read) {
                                // A person may have been quicker.
                                callback(state->secret ? credentialFor(state->profile, *state->secret) : state->accept(read));
                            });
    }
    const PendingAnswer<Credential> answer(context, std::move(callback));
    answer.deliver(credentialFor(m_state->profile, m_state->secret.value_or(QString())));
    return answer.handle();
}

void StoredCredential::wasRefused()
{
    if (m_state->secret)
        m_state->refused = std::exchange(m_state->secret, std::nullopt);
}

void StoredCredential::setSecret(const QString& secret)
{
    m_state->secret = secret;
    m_state->refused.reset();
}

FixedCredential::FixedCredential(Credential credential)
    : m_credential(std::move(credential))
{
}

RequestHandle FixedCredential::credential(QObject* context, Callback callback)
{
    const PendingAnswer<Credential> answer(context, std::move(callback));
    if (m_credential)
        answer.deliver(*m_credential);
    else
        answer.deliver(failure(ErrorKind::SignIn, words(QT_TRANSLATE_NOOP("Credentials", "The server refused the token."))));
    return answer.handle();
}

} // namespace kindling
