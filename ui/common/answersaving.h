// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/core/requesthandle.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace kindling {

class Dialogs;
class MessageBar;
class Server;
class SparkApi;

/// Where a statement is that a server can be asked about.
struct StatementPlace {
    QPointer<Server> server;
    QString session;
    int statement = -1;
};

/// Writes what a server answers about a statement to a file, since it is too large to be shown: asks where, tells how far
/// it is, and lets it be cancelled. One at a time.
class AnswerSaving final : public QObject {
    Q_OBJECT
public:
    AnswerSaving(Dialogs* dialogs, MessageBar* messages, QWidget* parent);
    ~AnswerSaving() override;

    void save(const StatementPlace& place);
    [[nodiscard]] bool isSaving() const { return m_api != nullptr; }

private:
    void start(const StatementPlace& place, const QString& path);
    void showProgress(qint64 bytes);
    void cancel();
    void onConnectionChanged();
    /// False = it was not saving any more.
    bool end();

    Dialogs* m_dialogs;
    MessageBar* m_messages;
    QWidget* m_window;
    StatementPlace m_place;
    QString m_path;
    const SparkApi* m_api = nullptr; ///< that was asked; null = nothing is being saved
    RequestHandle m_request;
};

} // namespace kindling
