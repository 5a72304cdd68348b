// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QObject>

class QWidget;

namespace kindling {

class Dialogs;
class LogDocument;
class MessageBar;

/// Asks where to, writes what is shown of a log there in a thread, and tells in a message bar how it goes.
class LogSaving final : public QObject {
    Q_OBJECT
public:
    LogSaving(Dialogs* dialogs, MessageBar* messages, QWidget* parent);
    ~LogSaving() override;

    /// `proposed`: a name for the file, without its ending.
    void save(const LogDocument& log, const QString& proposed);
    /// Is there anybody who can be asked where to?
    [[nodiscard]] bool isPossible() const { return m_dialogs != nullptr; }
    [[nodiscard]] bool isSaving() const { return m_writing.isRunning(); }

private:
    void write(const LogDocument& log, const QString& path);
    void onProgress(int percent);
    void onFinished();

    Dialogs* m_dialogs;
    MessageBar* m_messages;
    QWidget* m_window;
    QString m_path;
    QFutureWatcher<QString> m_writing;
};

} // namespace kindling
