// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/core/requesthandle.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace kindling {

/// Passwords and tokens by server; asynchronous, since a keychain may ask the user.
class SecretStore {
public:
    using ReadCallback = std::function<void(Result<QString>)>; ///< an absent secret is NotFound
    using WriteCallback = std::function<void(Result<void>)>;

    SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;
    virtual ~SecretStore() = default;

    virtual RequestHandle read(const ServerId& server, QObject* context, ReadCallback callback) = 0;
    virtual RequestHandle write(const ServerId& server, const QString& secret, QObject* context, WriteCallback callback) = 0;
    virtual RequestHandle remove(const ServerId& server, QObject* context, WriteCallback callback) = 0;
    /// Are secrets kept past this start? False where no keychain answered.
    [[nodiscard]] virtual bool isPersistent() const = 0;
    /// Grows with each write and removal of that secret: whoever remembers it reads again.
    [[nodiscard]] int revisionOf(const ServerId& server) const { return m_revisions.value(server); }

protected:
    void noteChange(const ServerId& server) { ++m_revisions[server]; }

private:
    QHash<ServerId, int> m_revisions;
};

/// The desktop's keychain (QtKeychain); where there is none, memory only.
[[nodiscard]] std::unique_ptr<SecretStore> makeKeychainStore();
/// Memory only.
[[nodiscard]] std::unique_ptr<SecretStore> makeMemoryStore();

} // namespace kindling
