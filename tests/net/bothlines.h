// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/transportoptions.h"
#include "tests/net/testcertificates.h"

#include <QStandardPaths>
#include <QTest>

#include <optional>

namespace kindling::test {

/// The two lines to a server on this machine: plain, and TLS under an authority of its own.
class BothLines final {
public:
    /// Of a test class that goes through all twice: the global column "isSecure".
    static void addTurns()
    {
        QTest::addColumn<bool>("isSecure");
        QTest::newRow("plain") << false;
        QTest::newRow("over TLS") << true;
    }
    /// False = there is no openssl command, so that only the plain one is there.
    [[nodiscard]] bool make()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty() || !m_certificates.make())
            return false;
        m_tls = m_certificates.issue({});
        m_options.authorities = readAuthorities(m_certificates.authorityPath()).value_or(QList<QSslCertificate>());
        return !m_tls->localCertificate().isNull();
    }
    /// Of the server.
    [[nodiscard]] std::optional<QSslConfiguration> server(bool isSecure) const { return isSecure ? m_tls : std::nullopt; }
    /// Of its client.
    [[nodiscard]] const TransportOptions& client() const { return m_options; }

private:
    TestCertificates m_certificates;
    std::optional<QSslConfiguration> m_tls;
    TransportOptions m_options;
};

} // namespace kindling::test
