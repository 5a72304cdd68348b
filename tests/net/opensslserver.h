// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QUrl>

namespace kindling::test {

/// A TLS server that is not Qt's: `openssl s_server` with `options`, on a free port.
class OpensslServer final {
public:
    explicit OpensslServer(const QStringList& options)
    {
        static const QRegularExpression accepts(QStringLiteral("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
        m_process.start(QStringLiteral("openssl"),
            QStringList{ QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"), QStringLiteral("-www") } + options);
        while (!accepts.match(m_said).hasMatch() && m_process.waitForReadyRead(30'000))
            m_said += QString::fromUtf8(m_process.readAllStandardOutput());
        m_port = accepts.match(m_said).captured(1).toInt();
        m_said += QString::fromUtf8(m_process.readAllStandardError());
    }
    ~OpensslServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(OpensslServer)

    [[nodiscard]] bool listens() const { return m_port > 0; }
    [[nodiscard]] QString said() const { return m_said; }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(m_port)); }

private:
    QProcess m_process;
    QString m_said;
    int m_port = 0;
};

} // namespace kindling::test
