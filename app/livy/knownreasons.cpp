// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/knownreasons.h"

#include "app/livy/livywords.h"

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Known {
    int status;
    const char* words; ///< of the server's reason, never shown by themselves
    const char* title; ///< %1 = the server
    SessionFate fate = SessionFate::NotTold;
};

constexpr auto ended = QT_TRANSLATE_NOOP("kindling::LivyWords", "The session has ended.");
constexpr auto notReady = QT_TRANSLATE_NOOP("kindling::LivyWords", "The session is not ready yet.");

constexpr std::array known{
    Known{ 400, "Session isn't active", ended, SessionFate::Ended },
    Known{ 500, "Session is in state dead", ended, SessionFate::Ended },
    Known{ 500, "Session is in state killed", ended, SessionFate::Ended },
    Known{ 500, "Session is in state success", ended, SessionFate::Ended },
    Known{ 500, "Session is in state shutting_down", ended, SessionFate::Ended },
    Known{ 500, "Session is in state error", QT_TRANSLATE_NOOP("kindling::LivyWords", "The session could not be started."), SessionFate::Doubtful },
    Known{ 500, "Session is in state ", notReady, SessionFate::Doubtful },
    Known{ 500, "CancellationException", QT_TRANSLATE_NOOP("kindling::LivyWords", "The session is just ending."), SessionFate::Doubtful },
    Known{ 500, "RPC channel is closed",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 has lost its connection to the session's driver."), SessionFate::Doubtful },
    Known{ 404, "Statement not found", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 keeps this statement no longer.") },
    Known{ 404, "Session '", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 does not have this session or batch, or no longer.") },
    Known{ 400, "Duplicate session name",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "The name is taken. One that has just ended keeps its name for some minutes.") },
    Known{ 400, "Invalid session name",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "A name must not be empty, and not a number alone.") },
    Known{ 400, "too many sessions are being created",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 has as many starts under way as it allows. Try again in a while.") },
    Known{ 400, "Blacklisted configuration",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 does not allow some of these settings to be changed.") },
    Known{ 400, "No required SSL certificate was sent", // nginx
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 wants a client certificate of yours: name it in the server's dialog under Advanced, or with --client-cert FILE.") },
    Known{ 400, "The SSL certificate error",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 refused your client certificate.") },
    Known{ 403, "not allowed to impersonate", QT_TRANSLATE_NOOP("kindling::LivyWords", "You may not act for this user on %1.") },
    Known{ 400, "cannot be added to user sessions",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 takes no files from this folder.") },
    Known{ 400, "is not absolute",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "The path of a file has to be absolute, or to have a scheme.") },
    Known{ 400, "File is required", QT_TRANSLATE_NOOP("kindling::LivyWords", "A batch needs a file to run.") },
    Known{ 400, "Cannot find Livy REPL jars",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 runs batches only: the part for interactive sessions is not installed there.") },
    Known{ 400, "Required Header for CSRF",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "Something on the way to %1 removes the header X-Requested-By, which it asks for.") },
    Known{ 400, "Unrecognized field",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 does not know a field of this request. Perhaps it is an older version.") },
    Known{ 400, "Invalid time ",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "A time is not written as %1 reads it. Write 90s, 30m or 8h.") },
    Known{ 500, "Code type should be specified",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "This session has no language of its own: the statement has to name one.") },
    Known{ 400, "For input string", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 expected a number in the request.") },
    Known{ 400, "Invalid kind", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 does not know this language.") },
    Known{ 500, "Invalid kind", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 does not know this language.") },
    Known{ 400, "No jar sent!", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 found no file in the request.") },
    Known{ 500, " does not exist", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 cannot find the file.") },
    Known{ 500, "Cannot invoke ", QT_TRANSLATE_NOOP("kindling::LivyWords", "%1 misses a value in the request.") },
    Known{ 500, "cannot be cast to",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "A value in the request is not of the type that %1 reads.") },
    Known{ 400, "Cannot deserialize",
        QT_TRANSLATE_NOOP("kindling::LivyWords", "A value in the request is not of the type that %1 reads.") },
    Known{ 400, "Unexpected character", QT_TRANSLATE_NOOP("kindling::LivyWords", "The request is no valid JSON to %1.") },
    Known{ 431, "", QT_TRANSLATE_NOOP("kindling::LivyWords", "The headers of the request are too large for %1.") },
};

const Known* find(int status, const QString& reason)
{
    const auto at = std::ranges::find_if(known, [&](const Known& each) { return each.status == status && reason.contains(QLatin1StringView(each.words)); });
    return at == known.end() ? nullptr : &*at;
}
}

SessionFate fateOfSession(const Error& error)
{
    const Known* meaning = find(error.httpStatus, error.detail);
    return meaning ? meaning->fate : SessionFate::NotTold;
}

QString titleOfKnownReason(int httpStatus, const QString& reason, const QString& place)
{
    const Known* meaning = find(httpStatus, reason);
    if (!meaning)
        return {};
    const QString title = LivyWords::tr(meaning->title);
    return title.contains("%1"_L1) ? title.arg(place) : title;
}

} // namespace kindling
