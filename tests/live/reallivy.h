// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace kindling::test {

/// The published Apache Livy 0.7.1 with CSRF protection, on a free port, with folders of its own and Spark from the
/// machine. It runs batches; of the part for interactive sessions nothing is published. Ends with its owner.
class RealLivy final {
public:
    enum class Line { Plain, Tls };

    explicit RealLivy(Line line = Line::Plain)
        : m_line(line)
    {
    }
    RealLivy(const RealLivy&) = delete;
    RealLivy& operator=(const RealLivy&) = delete;
    ~RealLivy();

    /// Why it cannot be had on this machine; empty = it can.
    [[nodiscard]] static QString whyNot();
    /// Waits until it answers; false = it ended, see `said`.
    [[nodiscard]] bool start();

    [[nodiscard]] const QUrl& url() const { return m_url; }
    /// The one folder from which it takes files.
    [[nodiscard]] QString work() const { return m_folder.filePath(QStringLiteral("work")); }
    /// With TLS: what it shows, which nobody but itself vouches for; PEM.
    [[nodiscard]] QString certificatePath() const { return m_folder.filePath(QStringLiteral("livy.pem")); }
    [[nodiscard]] const QByteArray& said() const { return m_said; }

private:
    [[nodiscard]] bool prepare() const;
    [[nodiscard]] bool makeKeystore(const QString& path) const;
    [[nodiscard]] QStringList arguments() const;

    Line m_line;
    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
    QByteArray m_said;
};

} // namespace kindling::test
