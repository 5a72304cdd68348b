// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/secretstore.h"

namespace kindling {

/// What a keychain said to one request.
struct KeychainAnswer {
    enum class Outcome {
        Ok,
        NotFound,
        Refused, ///< it is there, but said no: locked, or denied by the user
        Absent,  ///< no keychain works here
    };
    Outcome outcome = Outcome::Ok;
    QString secret;
    QString message; ///< its own words
};

/// A keychain, for the tests to stand in for. Each callback comes once, at any later time on the same thread.
class Keychain {
public:
    using Callback = std::function<void(const KeychainAnswer&)>;

    Keychain() = default;
    Keychain(const Keychain&) = delete;
    Keychain& operator=(const Keychain&) = delete;
    virtual ~Keychain() = default;

    virtual void read(const QString& key, Callback callback) = 0;
    virtual void write(const QString& key, const QString& secret, Callback callback) = 0;
    virtual void remove(const QString& key, Callback callback) = 0;
};

/// Secrets in `keychain`, which is asked at the first use (a read that finds nothing proves that it works). A secret
/// that it does not take, and all of them where none works, stay in memory until the end.
[[nodiscard]] std::unique_ptr<SecretStore> makeKeychainStore(std::unique_ptr<Keychain> keychain);

} // namespace kindling
