// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>

#include <chrono>

namespace kindling::test {

using BenchTime = std::chrono::steady_clock;

/// A Livy of one session whose statements are numbers: `code` is how many milliseconds they take. Counts what is asked.
class LagServer final : public QTcpServer {
    Q_OBJECT
public:
    explicit LagServer(QObject* parent = nullptr);

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] BenchTime::time_point doneAt(int statement) const { return m_statements.at(statement).doneAt; }
    [[nodiscard]] int requestsOf(int statement) const { return m_statements.at(statement).requests; }

private:
    struct Entry {
        BenchTime::time_point doneAt;
        int requests = 0;
    };
    void readFrom(class QTcpSocket* socket);
    [[nodiscard]] QByteArray answer(const QByteArray& method, const QByteArray& path, const QByteArray& body);
    [[nodiscard]] QByteArray statement(int id) const;

    QHash<class QTcpSocket*, QByteArray> m_pending;
    QList<Entry> m_statements;
};

} // namespace kindling::test
