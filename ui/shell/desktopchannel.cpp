// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desktopchannel.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr QLatin1StringView serviceName{ "org.freedesktop.Notifications" };
constexpr QLatin1StringView servicePath{ "/org/freedesktop/Notifications" };
constexpr qsizetype mostRemembered = 100;
}

NotificationService::NotificationService(const QDBusConnection& bus, QObject* parent)
    : QDBusAbstractInterface(serviceName, servicePath, "org.freedesktop.Notifications", bus, parent)
{
}

DesktopChannel::DesktopChannel(BusOf bus, QObject* parent)
    : NoticeChannel(parent)
    , m_bus(std::move(bus))
{
}

void DesktopChannel::post(int number, const NoticeText& text, QObject* context, std::function<void(bool)> answer)
{
    if (!m_service)
        connectService();
    if (!m_service->connection().isConnected()) {
        // a call without a bus never ends
        QMetaObject::invokeMethod(context, [answer = std::move(answer)] { answer(false); }, Qt::QueuedConnection);
        return;
    }
    m_waiting.append({ number, text, context, std::move(answer) });
    if (m_readsMarkup)
        sendWaiting();
    else if (m_waiting.size() == 1)
        askCapabilities();
}

void DesktopChannel::connectService()
{
    m_service = std::make_unique<NotificationService>(m_bus());
    connect(m_service.get(), &NotificationService::ActionInvoked, this, [this](uint id) {
        if (const auto shown = m_shown.constFind(id); shown != m_shown.cend())
            Q_EMIT activated(*shown);
    });
    connect(m_service.get(), &NotificationService::NotificationClosed, this, [this](uint id) { m_shown.remove(id); });
    // the right to take the focus, which Wayland gives to whoever was clicked
    connect(m_service.get(), &NotificationService::ActivationToken, this,
        [](uint, const QString& token) { qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8()); });
}

void DesktopChannel::askCapabilities()
{
    auto* watcher = new QDBusPendingCallWatcher(m_service->asyncCall(u"GetCapabilities"_s), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isValid()) {
            m_readsMarkup = reply.value().contains("body-markup"_L1);
            sendWaiting();
            return;
        }
        // asked again at the next post: a service may come
        for (const Post& post : std::exchange(m_waiting, {}))
            post.tell(false);
    });
}

void DesktopChannel::sendWaiting()
{
    for (const Post& post : std::exchange(m_waiting, {}))
        send(post);
}

void DesktopChannel::send(const Post& post)
{
    const QString body = m_readsMarkup.value_or(false) ? post.text.body.toHtmlEscaped() : post.text.body;
    const QVariantMap hints{ { u"desktop-entry"_s, QGuiApplication::desktopFileName() } };
    constexpr int asTheDesktopLikes = -1;
    auto* watcher = new QDBusPendingCallWatcher(m_service->asyncCall(u"Notify"_s, tr("Kindling"), 0U, QGuiApplication::desktopFileName(),
                                                    post.text.title, body, QStringList{ u"default"_s, tr("Show", "opens what a notification is about") },
                                                    hints, asTheDesktopLikes),
        this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, post] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid()) {
            if (m_shown.size() >= mostRemembered)
                m_shown.clear();
            m_shown.insert(reply.value(), post.number);
        } else {
            m_readsMarkup.reset();
        }
        post.tell(reply.isValid());
    });
}

void DesktopChannel::Post::tell(bool isShown) const
{
    if (context)
        answer(isShown);
}

std::unique_ptr<NoticeChannel> makeDesktopChannel()
{
    return std::make_unique<DesktopChannel>([] { return QDBusConnection::sessionBus(); });
}

} // namespace kindling
