// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/livy/sparkapi.h"
#include "app/net/connectionprobe.h"

#include <QObject>

#include <utility>

namespace kindling {

/// One step of a check: what was found, or what went wrong.
struct CheckStep {
    /// Answer: only of a server that gave none, or broke.
    enum class Name { Lookup, Tcp, Tls, Answer, SignIn, Version, Dialect, Rights, Counts };

    Name name = Name::Lookup;
    QString text;                             ///< for people
    QList<std::pair<QString, QString>> facts; ///< for programs: key and value
    std::optional<Error> problem;
};

/// The word for a step that programs read.
[[nodiscard]] QString stepKey(CheckStep::Name name);

/// Goes the whole way to a server, from its name to what one may do there, and stops at the first step that fails.
/// Reads only.
class ServerCheck final : public QObject {
    Q_OBJECT
public:
    /// `api` must outlive this.
    ServerCheck(const ServerProfile& profile, const TransportOptions& transport, SparkApi& api, QObject* parent = nullptr);

    void start();
    [[nodiscard]] const QList<CheckStep>& steps() const { return m_steps; }

Q_SIGNALS:
    void stepEnded(const kindling::CheckStep& step);
    /// Once; false = the last step failed.
    void finished(bool isGood);

private:
    void onProbed();
    [[nodiscard]] CheckStep tlsStep() const;
    void askSessions();
    [[nodiscard]] QString signInText() const;
    void askVersion(const ItemPage& sessions);
    void onVersion(const Result<ServerVersion>& answer, int sessions);
    void askBatches(int sessions);
    void pass(CheckStep step);
    void failAt(CheckStep::Name name, const Error& problem);

    ServerProfile m_profile;
    SparkApi& m_api;
    QStringList m_headers; ///< the names of those that go along
    ConnectionProbe m_probe;
    QList<CheckStep> m_steps;
};

} // namespace kindling
