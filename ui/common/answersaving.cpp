// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/answersaving.h"

#include "app/engine/server.h"
#include "ui/common/dialogs.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"

#include <QDir>
#include <QLocale>
#include <QWidget>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QString amount(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes);
}
}

AnswerSaving::AnswerSaving(Dialogs* dialogs, MessageBar* messages, QWidget* parent)
    : QObject(parent)
    , m_dialogs(dialogs)
    , m_messages(messages)
    , m_window(parent)
{
}

AnswerSaving::~AnswerSaving()
{
    m_request.cancel();
}

void AnswerSaving::save(const StatementPlace& place)
{
    if (isSaving()) {
        m_messages->showProblem(tr("Another answer is being saved to %1.").arg(m_path));
        m_messages->setAction(tr("Cancel that"), [this] { cancel(); });
        return;
    }
    const FileQuestion question{ tr("Save the answer of statement %1").arg(place.statement),
        QDir::home().filePath(u"statement-%1.json"_s.arg(place.statement)), tr("JSON (*.json);;All files (*)"), u"json"_s };
    m_dialogs->askSaveFile(m_window, question, this, [this, place](const QString& path) {
        if (!path.isEmpty() && !isSaving())
            start(place, path);
    });
}

void AnswerSaving::start(const StatementPlace& place, const QString& path)
{
    SparkApi* api = place.server ? place.server->api() : nullptr;
    if (!api || !api->statements()) {
        m_messages->showProblem(tr("The answer cannot be saved: its server is not connected."));
        return;
    }
    m_api = api;
    m_place = place;
    m_path = path;
    connect(place.server, &Server::connectionChanged, this, &AnswerSaving::onConnectionChanged);
    connect(place.server, &QObject::destroyed, this, &AnswerSaving::onConnectionChanged);
    showProgress(0);
    const AnswerTarget target{ path, [this](qint64 bytes) { showProgress(bytes); } };
    m_request = api->statements()->save(place.session, place.statement, target, this, [this](const Result<qint64>& saved) {
        end();
        if (saved)
            m_messages->showInfo(tr("The answer was saved: %1").arg(amount(*saved)), m_path);
        else
            m_messages->showProblem(tr("The answer was not saved: %1").arg(errorTitle(saved.error())), saved.error().detail.left(500));
    });
}

void AnswerSaving::showProgress(qint64 bytes)
{
    m_messages->showInfo(tr("Saving the answer of statement %1: %2 so far").arg(m_place.statement).arg(amount(bytes)), m_path);
    m_messages->setAction(tr("Cancel"), [this] { cancel(); });
}

void AnswerSaving::cancel()
{
    if (end())
        m_messages->showInfo(tr("Saving the answer was cancelled"), tr("%1 is as it was.").arg(m_path));
}

// An api that goes takes its requests along without a word.
void AnswerSaving::onConnectionChanged()
{
    if (m_place.server && m_place.server->api() == m_api && m_place.server->connection() != ConnectionState::Unconnected
        && m_place.server->connection() != ConnectionState::Stopped)
        return;
    if (end())
        m_messages->showProblem(tr("The answer was not saved: the connection to its server was ended."));
}

bool AnswerSaving::end()
{
    if (!std::exchange(m_api, nullptr))
        return false;
    if (m_place.server)
        m_place.server->disconnect(this);
    m_request.cancel();
    return true;
}

} // namespace kindling
