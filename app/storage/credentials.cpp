// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/credentials.h"

#include "app/storage/pendinganswer.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <utility>

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
    using Answers = QHash<ServerId, Result<QString>>;

    /// The entries of the store that a credential needs and that have not been read.
    [[nodiscard]] QList<ServerId> missing() const
    {
        QList<ServerId> entries;
        if (profile.auth != AuthKind::None && typed.signIn.isEmpty() && !signIn)
            entries.append(profile.id);
        const bool areTyped = std::ranges::all_of(profile.headerNames, [this](const QString& name) { return findHeader(typed.headers, name); });
        if (!areTyped && !headers)
            entries.append(headersEntry(profile.id));
        return entries;
    }

    Result<Credential> accept(const Answers& answers)
    {
        for (const auto& [entry, read] : answers.asKeyValueRange()) {
            if (!read && read.error().kind != ErrorKind::NotFound)
                return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "The password or token could not be read from the keychain.")),
                               read.error().detail);
            if (entry != profile.id)
                headers = headersFromEntry(read.value_or(QString()));
            else if (read)
                signIn = *read;
        }
        const Result<Credential> credential = notRefused();
        // The next time the store may hold another.
        if (!credential)
            forget();
        return credential;
    }

    /// What was typed stays in place of what is stored, also when it was refused: nobody meant the other.
    [[nodiscard]] Result<Credential> notRefused() const
    {
        const Result<Credential> credential = compose();
        if (!credential || refused.isEmpty() || credential->headers != refused)
            return credential;
        const bool isTyped = !typed.signIn.isEmpty() || !typed.headers.isEmpty();
        return failure(ErrorKind::PersonNeeded,
            isTyped ? words(QT_TRANSLATE_NOOP("Credentials", "The server refused the password or token."))
                    : words(QT_TRANSLATE_NOOP("Credentials", "The server refused the stored password or token.")));
    }

    [[nodiscard]] Result<Credential> compose() const
    {
        if (profile.auth != AuthKind::None && typed.signIn.isEmpty() && !signIn)
            return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "This server wants a password or token.")));
        Credential credential = credentialFor(profile, typed.signIn.isEmpty() ? signIn.value_or(QString()) : typed.signIn);
        for (const QString& name : profile.headerNames) {
            const HeaderLine* fresh = findHeader(typed.headers, name);
            const HeaderLine* line = fresh || !headers ? fresh : findHeader(*headers, name);
            if (line == nullptr)
                return failure(ErrorKind::PersonNeeded, words(QT_TRANSLATE_NOOP("Credentials", "The value of the header %1 is not stored here.")).arg(name));
            credential.headers.append(*line);
        }
        return credential;
    }

    void forget()
    {
        signIn.reset();
        headers.reset();
    }

    ServerProfile profile;
    TypedSecrets typed;
    std::optional<QString> signIn; ///< as read from the store
    std::optional<QList<HeaderLine>> headers; ///< as read from the store
    QList<HeaderLine> refused;
    // the revisions of the store's entries when they were read
    int ofSignIn = 0;
    int ofHeaders = 0;
};

StoredCredential::StoredCredential(ServerProfile profile, SecretStore* store)
    : m_state(std::make_shared<State>(State{ std::move(profile), {}, {}, {}, {}, 0, 0 }))
    , m_store(store)
{
}

StoredCredential::~StoredCredential() = default;

RequestHandle StoredCredential::credential(QObject* context, Callback callback)
{
    const int ofHeaders = m_store->revisionOf(headersEntry(m_state->profile.id));
    if (std::exchange(m_state->ofHeaders, ofHeaders) != ofHeaders)
        m_state->headers.reset();
    const int ofSignIn = m_store->revisionOf(m_state->profile.id);
    if (std::exchange(m_state->ofSignIn, ofSignIn) != ofSignIn) {
        // a person gave another, or the same once more
        m_state->forget();
        m_state->refused.clear();
    }
    const QList<ServerId> entries = m_state->missing();
    if (entries.isEmpty()) {
        const PendingAnswer<Credential> answer(context, std::move(callback));
        answer.deliver(m_state->notRefused());
        return answer.handle();
    }
    const auto answers = std::make_shared<State::Answers>();
    const auto take = std::make_shared<Callback>(std::move(callback));
    QList<RequestHandle> reads;
    for (const ServerId& entry : entries) {
        reads.append(m_store->read(entry, context, [state = m_state, answers, take, entry, count = entries.size()](const Result<QString>& read) {
            answers->insert(entry, read);
            if (answers->size() == count)
                (*take)(state->accept(*answers));
        }));
    }
    return RequestHandle([reads]() mutable {
        for (RequestHandle& read : reads)
            read.cancel();
    });
}

void StoredCredential::wasRefused()
{
    if (const Result<Credential> given = m_state->compose())
        m_state->refused = given->headers;
    m_state->forget();
}

void StoredCredential::use(TypedSecrets typed)
{
    m_state->typed = std::move(typed);
    m_state->refused.clear();
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
