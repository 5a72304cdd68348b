// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsaving.h"

#include "app/text/logfile.h"
#include "ui/common/dialogs.h"
#include "ui/common/messagebar.h"
#include "ui/log/logwords.h"

#include <QDir>
#include <QRegularExpression>
#include <QWidget>

namespace kindling {

using namespace Qt::StringLiterals;

LogSaving::LogSaving(Dialogs* dialogs, MessageBar* messages, QWidget* parent)
    : QObject(parent)
    , m_dialogs(dialogs)
    , m_messages(messages)
    , m_window(parent)
{
    connect(&m_writing, &QFutureWatcherBase::progressValueChanged, this, &LogSaving::onProgress);
    connect(&m_writing, &QFutureWatcherBase::finished, this, &LogSaving::onFinished);
}

LogSaving::~LogSaving()
{
    m_writing.cancel();
}

void LogSaving::save(const LogDocument& log, const QString& proposed)
{
    static const QRegularExpression unfit(u"[^\\w.-]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    const QString name = QString(proposed).replace(unfit, u"-"_s) + u".log"_s;
    const FileQuestion question{ tr("Save the log"), QDir::home().filePath(name), tr("Logs (*.log *.txt);;All files (*)"), u"log"_s };
    m_dialogs->askSaveFile(m_window, question, this, [this, &log](const QString& path) {
        if (!path.isEmpty())
            write(log, path);
    });
}

void LogSaving::write(const LogDocument& log, const QString& path)
{
    m_path = path;
    LogFile file{ .path = path, .text = log.text() };
    file.isWhole = log.filter().showsAll();
    for (qsizetype place = 0; !file.isWhole && place < log.placeCount(); ++place)
        file.rows.push_back(static_cast<quint32>(log.rowAt(place)));
    for (const auto& mark : log.text().marks())
        file.markWords.push_back(copiedMarkWords(mark.second).toUtf8());
    m_writing.setFuture(writeLog(std::move(file)));
}

void LogSaving::onProgress(int percent)
{
    // What is written at once says that it is done, and no more.
    if (percent == 0 || !m_writing.isRunning())
        return;
    m_messages->showInfo(tr("Saving the log: %1 %").arg(percent));
    m_messages->setAction(tr("Cancel"), [this] { m_writing.cancel(); });
}

void LogSaving::onFinished()
{
    if (m_writing.isCanceled()) {
        m_messages->showInfo(tr("Saving the log was cancelled"), tr("%1 is as it was.").arg(m_path));
        return;
    }
    const QString problem = m_writing.future().resultCount() > 0 ? m_writing.result() : QString();
    if (problem.isEmpty())
        m_messages->showInfo(tr("The log was saved"), m_path);
    else
        m_messages->showProblem(tr("The log could not be saved"), m_path + u": "_s + problem);
}

} // namespace kindling
