// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/keychainstore.h"

#include <qt6keychain/keychain.h>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
KeychainAnswer answerOf(const QKeychain::Job& job)
{
    using Outcome = KeychainAnswer::Outcome;
    switch (job.error()) {
    case QKeychain::NoError:
        return {};
    case QKeychain::EntryNotFound:
        return { Outcome::NotFound, {}, job.errorString() };
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return { Outcome::Refused, {}, job.errorString() };
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return { Outcome::Absent, {}, job.errorString() };
    }
    return { Outcome::Absent, {}, job.errorString() };
}

// QtKeychain's jobs delete themselves when finished.
class DesktopKeychain final : public Keychain {
public:
    void read(const QString& key, Callback callback) override
    {
        auto* job = new QKeychain::ReadPasswordJob(service());
        QObject::connect(job, &QKeychain::Job::finished, job, [job, callback = std::move(callback)] {
            KeychainAnswer answer = answerOf(*job);
            answer.secret = job->textData();
            callback(answer);
        });
        start(*job, key);
    }
    void write(const QString& key, const QString& secret, Callback callback) override
    {
        auto* job = new QKeychain::WritePasswordJob(service());
        job->setTextData(secret);
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [job, callback = std::move(callback)] { callback(answerOf(*job)); });
        start(*job, key);
    }
    void remove(const QString& key, Callback callback) override
    {
        auto* job = new QKeychain::DeletePasswordJob(service());
        QObject::connect(job, &QKeychain::Job::finished, job,
                         [job, callback = std::move(callback)] { callback(answerOf(*job)); });
        start(*job, key);
    }

private:
    static QString service() { return u"kindling"_s; }
    static void start(QKeychain::Job& job, const QString& key)
    {
        job.setKey(key);
        job.setInsecureFallback(false);
        job.start();
    }
};
}

std::unique_ptr<SecretStore> makeKeychainStore()
{
    return makeKeychainStore(std::make_unique<DesktopKeychain>());
}

} // namespace kindling
