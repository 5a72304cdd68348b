// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/secretstore.h"

#include "app/storage/keychainstore.h"
#include "app/storage/pendinganswer.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
using Outcome = KeychainAnswer::Outcome;

Result<QString> notFound()
{
    return failure(ErrorKind::NotFound, QCoreApplication::translate("SecretStore", "No password or token is stored for this server."));
}

Result<QString> lookUp(const QHash<ServerId, QString>& secrets, const ServerId& server)
{
    const auto found = secrets.constFind(server);
    return found == secrets.constEnd() ? notFound() : Result<QString>(*found);
}

std::unexpected<Error> refusal(const KeychainAnswer& answer)
{
    return failure(ErrorKind::Io, QCoreApplication::translate("SecretStore", "The keychain refused."), answer.message);
}

class MemoryStore final : public SecretStore {
public:
    RequestHandle read(const ServerId& server, QObject* context, ReadCallback callback) override
    {
        const PendingAnswer<QString> answer(context, std::move(callback));
        answer.deliver(lookUp(m_secrets, server));
        return answer.handle();
    }
    RequestHandle write(const ServerId& server, const QString& secret, QObject* context, WriteCallback callback) override
    {
        const PendingAnswer<void> answer(context, std::move(callback));
        m_secrets.insert(server, secret);
        noteChange(server);
        answer.deliver({});
        return answer.handle();
    }
    RequestHandle remove(const ServerId& server, QObject* context, WriteCallback callback) override
    {
        const PendingAnswer<void> answer(context, std::move(callback));
        m_secrets.remove(server);
        noteChange(server);
        answer.deliver({});
        return answer.handle();
    }
    [[nodiscard]] bool isPersistent() const override { return false; }

private:
    QHash<ServerId, QString> m_secrets;
};

// What the keychain's answers come back to; it outlives the store while one is under way.
struct KeychainState {
    enum class Trust { Unasked, Asking, Works, Absent };

    void learn(const KeychainAnswer& probe)
    {
        trust = probe.outcome == Outcome::Ok || probe.outcome == Outcome::NotFound ? Trust::Works : Trust::Absent;
        for (const auto& job : std::exchange(waiting, {}))
            job();
    }

    std::unique_ptr<Keychain> keychain;
    QHash<ServerId, QString> memory; ///< all of them without a keychain, else those it did not take
    Trust trust = Trust::Unasked;
    QList<std::function<void()>> waiting;
};
using StatePointer = std::shared_ptr<KeychainState>;

void readSecret(const StatePointer& state, const ServerId& server, const PendingAnswer<QString>& answer)
{
    if (state->trust != KeychainState::Trust::Works || state->memory.contains(server)) {
        answer.deliver(lookUp(state->memory, server));
        return;
    }
    state->keychain->read(server, [answer](const KeychainAnswer& said) {
        if (said.outcome == Outcome::Ok)
            answer.deliver(said.secret);
        else if (said.outcome == Outcome::NotFound)
            answer.deliver(notFound());
        else
            answer.deliver(refusal(said));
    });
}

void writeSecret(const StatePointer& state, const ServerId& server, const QString& secret, const PendingAnswer<void>& answer)
{
    state->memory.insert(server, secret);
    if (state->trust != KeychainState::Trust::Works) {
        answer.deliver({});
        return;
    }
    state->keychain->write(server, secret, [state, server, secret, answer](const KeychainAnswer& said) {
        if (said.outcome != Outcome::Ok) {
            answer.deliver(refusal(said));
            return;
        }
        // A later write may be under way already.
        if (state->memory.value(server) == secret)
            state->memory.remove(server);
        answer.deliver({});
    });
}

void removeSecret(const StatePointer& state, const ServerId& server, const PendingAnswer<void>& answer)
{
    state->memory.remove(server);
    if (state->trust != KeychainState::Trust::Works) {
        answer.deliver({});
        return;
    }
    state->keychain->remove(server, [answer](const KeychainAnswer& said) {
        const bool isGone = said.outcome == Outcome::Ok || said.outcome == Outcome::NotFound;
        answer.deliver(isGone ? Result<void>() : refusal(said));
    });
}

class KeychainStore final : public SecretStore {
public:
    explicit KeychainStore(std::unique_ptr<Keychain> keychain)
    {
        m_state->keychain = std::move(keychain);
    }
    RequestHandle read(const ServerId& server, QObject* context, ReadCallback callback) override
    {
        const PendingAnswer<QString> answer(context, std::move(callback));
        whenAsked([state = m_state, server, answer] { readSecret(state, server, answer); });
        return answer.handle();
    }
    RequestHandle write(const ServerId& server, const QString& secret, QObject* context, WriteCallback callback) override
    {
        const PendingAnswer<void> answer(context, std::move(callback));
        noteChange(server);
        whenAsked([state = m_state, server, secret, answer] { writeSecret(state, server, secret, answer); });
        return answer.handle();
    }
    RequestHandle remove(const ServerId& server, QObject* context, WriteCallback callback) override
    {
        const PendingAnswer<void> answer(context, std::move(callback));
        noteChange(server);
        whenAsked([state = m_state, server, answer] { removeSecret(state, server, answer); });
        return answer.handle();
    }
    [[nodiscard]] bool isPersistent() const override { return m_state->trust == KeychainState::Trust::Works; }

private:
    void whenAsked(std::function<void()> job)
    {
        using Trust = KeychainState::Trust;
        if (m_state->trust == Trust::Works || m_state->trust == Trust::Absent) {
            job();
            return;
        }
        m_state->waiting.append(std::move(job));
        if (std::exchange(m_state->trust, Trust::Asking) == Trust::Unasked)
            m_state->keychain->read(u"probe"_s, [state = m_state](const KeychainAnswer& answer) { state->learn(answer); });
    }

    StatePointer m_state = std::make_shared<KeychainState>();
};
}

std::unique_ptr<SecretStore> makeKeychainStore(std::unique_ptr<Keychain> keychain)
{
    return std::make_unique<KeychainStore>(std::move(keychain));
}

std::unique_ptr<SecretStore> makeMemoryStore()
{
    return std::make_unique<MemoryStore>();
}

} // namespace kindling
