// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/noticechannel.h"

#include <QDBusAbstractInterface>
#include <QDBusConnection>
#include <QHash>
#include <QList>
#include <QPointer>

#include <optional>

namespace kindling {

/// What we hear of the desktop's notification service; the names are its own.
class NotificationService final : public QDBusAbstractInterface {
    Q_OBJECT
public:
    explicit NotificationService(const QDBusConnection& bus, QObject* parent = nullptr);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
    void ActivationToken(uint id, const QString& token);
};

/// Notices as notifications of the desktop, over D-Bus; never waits for it.
class DesktopChannel final : public NoticeChannel {
    Q_OBJECT
public:
    using BusOf = std::function<QDBusConnection()>;

    /// `bus` is asked for at the first post.
    explicit DesktopChannel(BusOf bus, QObject* parent = nullptr);
    void post(int number, const NoticeText& text, QObject* context, std::function<void(bool isShown)> answer) override;

private:
    struct Post {
        int number = 0;
        NoticeText text;
        QPointer<QObject> context;
        std::function<void(bool)> answer;
        void tell(bool isShown) const;
    };
    void connectService();
    void askCapabilities();
    void sendWaiting();
    void send(const Post& post);

    BusOf m_bus;
    std::unique_ptr<NotificationService> m_service;
    std::optional<bool> m_readsMarkup; ///< nothing = not known yet
    QList<Post> m_waiting;             ///< for that
    QHash<uint, int> m_shown;          ///< the service's number → ours
};

} // namespace kindling
