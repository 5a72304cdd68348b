// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace kindling::local {

/// Turns SIGTERM, SIGINT and SIGHUP into a Qt signal, but for those of the last two that whoever started the program had
/// it ignore. One per process, on the main thread.
class EndSignals final : public QObject {
    Q_OBJECT
public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

    /// The kernel sends SIGTERM when the parent's thread that started this process ends. False = it is gone already.
    static bool endWithParent();

Q_SIGNALS:
    void asked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    QList<int> m_taken; ///< the signals that come here
};

} // namespace kindling::local
