// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/engine/localspark.h"
#include "app/engine/workspace.h"
#include "app/livy/sparkapi.h"
#include "app/models/requestsmodel.h"
#include "app/net/requestlog.h"
#include "app/storage/recorder.h"
#include "app/storage/secretstore.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/noticechannel.h"
#include "ui/shell/services.h"

#include <QTemporaryDir>

#include <memory>
#include <utility>

namespace kindling::test {

/// Dialogs that answer at once with what the test laid down, and remember what they were asked.
class AnsweringDialogs final : public Dialogs {
public:
    void confirm(QWidget*, const Question& question, QObject*, std::function<void(bool)> answer) override
    {
        questions.append(question);
        if (isHeld)
            m_held = std::move(answer);
        else
            answer(accepts);
    }
    void answerHeld(bool isAccepted) { std::exchange(m_held, {})(isAccepted); }
    void askOpenFile(QWidget*, const FileQuestion&, QObject*, std::function<void(QString)> answer) override { answer(path); }
    void askSaveFile(QWidget*, const FileQuestion&, QObject*, std::function<void(QString)> answer) override { answer(path); }

    QList<Question> questions;
    bool accepts = true;
    bool isHeld = false; ///< questions wait for answerHeld()
    QString path;

private:
    std::function<void(bool)> m_held;
};

/// A desktop that shows notifications, or none, and remembers them by number.
class RememberingChannel final : public NoticeChannel {
public:
    void post(int number, const NoticeText& text, QObject*, std::function<void(bool)> answer) override
    {
        posted.insert(number, text);
        answer(isThere);
    }

    QMap<int, NoticeText> posted;
    bool isThere = true;
};

/// A whole window without a network: servers never answer, Local Spark is the script in `localProgram`.
class ShellFixture {
public:
    explicit ShellFixture(const QString& localProgram = {}, ApiFactory factory = {});
    /// The program ends.
    void close();
    /// Closes the window, if it is open, and opens another on the same settings.
    void restart();
    /// A window on the settings in `folder`, as the program makes it at its start.
    void open(const QStringList& files = {});

    QTemporaryDir folder;
    SystemClock clock;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<SecretStore> secrets = makeMemoryStore();
    AnsweringDialogs dialogs;
    RememberingChannel notices;
    RequestLog requestLog;
    RequestsModel requests{ &requestLog };
    LocalSpark localSpark;
    ApiFactory factory;
    std::unique_ptr<Recorder> recorder;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<Services> services;
    std::unique_ptr<MainWindow> window;
    Result<ServerVersion> probeAnswer = ServerVersion{};
    ServerProfile probedProfile;
    TypedSecrets probedSecrets;
    ShownCertificate shownCertificate;
};

} // namespace kindling::test
