// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace kindling {

/// What a notice says: a line, and a line or two more. Plain text.
struct NoticeText {
    QString title;
    QString body;
};

/// The seam to the desktop's notifications, so that tests need no desktop.
class NoticeChannel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Shows it, under a number of the caller's. `answer` comes later, once, and not at all after `context` died; false =
    /// this desktop shows none.
    virtual void post(int number, const NoticeText& text, QObject* context, std::function<void(bool isShown)> answer) = 0;

Q_SIGNALS:
    /// A person chose it.
    void activated(int number);
};

/// The notification service of the desktop (org.freedesktop.Notifications). Nothing is asked before the first post.
[[nodiscard]] std::unique_ptr<NoticeChannel> makeDesktopChannel();

} // namespace kindling
