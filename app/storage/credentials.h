// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/credentialsource.h"
#include "app/core/serverprofile.h"
#include "app/storage/secretstore.h"
#include "app/storage/serversecrets.h"

#include <memory>
#include <optional>

namespace kindling {

/// What `secret` (a password or a token) is on the wire, as the profile signs in.
[[nodiscard]] Credential credentialFor(const ServerProfile& profile, const QString& secret);

/// A server's password or token and its extra headers from the secret store, kept in memory after the first read.
/// Without one that is needed, or after the server refused the stored ones: ErrorKind::PersonNeeded.
class StoredCredential final : public CredentialSource {
public:
    /// `store` must outlive this.
    StoredCredential(ServerProfile profile, SecretStore* store);
    ~StoredCredential() override;

    RequestHandle credential(QObject* context, Callback callback) override;
    void wasRefused() override;
    /// A person gave these: used from now on in place of what is stored, also if they are those refused before. Does not
    /// write to the store.
    void use(TypedSecrets typed);

private:
    struct State;
    std::shared_ptr<State> m_state;
    SecretStore* m_store;
};

/// A credential known beforehand (Local Spark's own token). After a refusal ErrorKind::SignIn until a new one is set.
class FixedCredential final : public CredentialSource {
public:
    explicit FixedCredential(Credential credential);

    RequestHandle credential(QObject* context, Callback callback) override;
    void wasRefused() override { m_credential.reset(); }
    void setCredential(Credential credential) { m_credential = std::move(credential); }

private:
    std::optional<Credential> m_credential;
};

} // namespace kindling
