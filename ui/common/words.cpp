// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/words.h"

#include "app/storage/statenotes.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::Words)
};

QString damageWords(const QString& damage)
{
    if (damage == "interpreter"_L1)
        return Words::tr("an interpreter died");
    switch (kindFromWire(damage)) {
    case Kind::PySpark: return Words::tr("Python died");
    case Kind::Spark: return Words::tr("Scala died");
    case Kind::SparkR: return Words::tr("R died");
    case Kind::Sql: return Words::tr("SQL died");
    case Kind::Shared:
    case Kind::Unknown: break;
    }
    return Words::tr("%1 died").arg(damage);
}

QString kindOfErrorWords(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network: return Words::tr("The server cannot be reached");
    case ErrorKind::Timeout: return Words::tr("The server did not answer in time");
    case ErrorKind::Tls: return Words::tr("The secure connection was refused");
    case ErrorKind::SignIn: return Words::tr("The server did not accept the sign-in");
    case ErrorKind::PersonNeeded: return Words::tr("You need to sign in");
    case ErrorKind::Forbidden: return Words::tr("You are not allowed to do this");
    case ErrorKind::NotFound: return Words::tr("It is not there any more");
    case ErrorKind::Rejected: return Words::tr("The server refused the request");
    case ErrorKind::Busy: return Words::tr("The server asks to try again later");
    case ErrorKind::Server: return Words::tr("The server failed");
    case ErrorKind::Protocol: return Words::tr("The server's answer was not understood");
    case ErrorKind::TooLarge: return Words::tr("The answer is too large");
    case ErrorKind::UnknownOutcome: return Words::tr("The answer was lost; what became of the request is not known");
    case ErrorKind::Unavailable: return Words::tr("This is not available here");
    case ErrorKind::Cancelled: return Words::tr("Cancelled");
    case ErrorKind::Io: break;
    }
    return Words::tr("The file could not be read or written");
}

/// The whole number of a size like "4g", as the user's locale writes it; empty for other units.
QString numberBefore(QChar unit, const QString& size)
{
    const QString text = size.trimmed().toLower();
    bool isNumber = false;
    const int number = text.endsWith(unit) ? text.chopped(1).toInt(&isNumber) : 0;
    return isNumber ? QLocale().toString(number) : QString();
}

}

QString stateWords(const ItemState& state, const QString& damage)
{
    if (!damage.isEmpty() && state.isAlive())
        return damageWords(damage);
    switch (state.value) {
    case ItemStateValue::NotStarted: return Words::tr("not started", "state");
    case ItemStateValue::Starting: return Words::tr("starting", "state");
    case ItemStateValue::Recovering: return Words::tr("recovering", "state");
    case ItemStateValue::Idle: return Words::tr("idle", "state");
    case ItemStateValue::Running: return Words::tr("running", "state");
    case ItemStateValue::Busy: return Words::tr("busy", "state");
    case ItemStateValue::ShuttingDown: return Words::tr("shutting down", "state");
    case ItemStateValue::Error: return Words::tr("error", "state");
    case ItemStateValue::Dead: return Words::tr("dead", "state");
    case ItemStateValue::Killed: return Words::tr("killed", "state");
    case ItemStateValue::Success: return Words::tr("success", "state");
    case ItemStateValue::Unknown: break;
    }
    return state.raw.isEmpty() ? Words::tr("unknown", "state") : state.raw;
}

QString runStateWords(RunState state)
{
    switch (state) {
    case RunState::Queued: return Words::tr("queued", "run");
    case RunState::Submitting: return Words::tr("sending", "run");
    case RunState::Unconfirmed: return Words::tr("looking whether it arrived", "run");
    case RunState::Waiting: return Words::tr("waiting", "run");
    case RunState::Running: return Words::tr("running", "run");
    case RunState::Cancelling: return Words::tr("cancelling", "run");
    case RunState::Finished: return Words::tr("done", "run");
    case RunState::Failed: return Words::tr("failed", "run");
    case RunState::Cancelled: return Words::tr("cancelled", "run");
    case RunState::Lost: break;
    }
    return Words::tr("lost", "run");
}

QString kindWord(Kind kind)
{
    switch (kind) {
    case Kind::Shared: return Words::tr("Shared", "kind of session: all languages");
    case Kind::PySpark: return Words::tr("PySpark");
    case Kind::Spark: return Words::tr("Scala");
    case Kind::SparkR: return Words::tr("SparkR");
    case Kind::Sql: return Words::tr("SQL");
    case Kind::Unknown: break;
    }
    return Words::tr("Unknown", "kind of session");
}

QString ageText(std::chrono::milliseconds age)
{
    using namespace std::chrono;
    const qint64 seconds = qMax<qint64>(0, duration_cast<std::chrono::seconds>(age).count());
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Words::tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return Words::tr("%1 h").arg(seconds / 3600);
    return Words::tr("%1 d").arg(seconds / 86400);
}

QString durationText(std::chrono::milliseconds duration)
{
    const qint64 ms = qMax<qint64>(0, duration.count());
    if (ms < 1000)
        return Words::tr("%1 ms").arg(ms);
    if (ms < 59'995)
        return Words::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000.0, 'f', 2));
    const qint64 seconds = (ms + 500) / 1000;
    if (seconds < 3600)
        return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return Words::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString exactTime(const QDateTime& time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + local.time().toString(Qt::ISODate);
}

QString clockTime(const QDateTime& time, const QDate& today)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    return local.date() == today ? local.time().toString(Qt::ISODate) : exactTime(time);
}

QString briefTime(const QDateTime& time, const QDate& today)
{
    const QDateTime local = time.toLocalTime();
    if (!time.isValid() || local.date() == today)
        return clockTime(time, today);
    const QLocale locale;
    if (local.date().year() != today.year())
        return locale.toString(local.date(), QLocale::ShortFormat);
    static const QRegularExpression year(u"[^dM]*y+[^dM]*"_s);
    const QString day = locale.dateFormat(QLocale::ShortFormat).remove(year);
    return locale.toString(local.date(), day) + u' ' + local.time().toString(u"HH:mm");
}

QString longestBriefTime()
{
    const QDate day(2028, 12, 28);
    return briefTime(QDateTime(day, QTime(20, 28, 28)), day.addDays(-1));
}

QString connectionWords(ConnectionState state)
{
    switch (state) {
    case ConnectionState::Unconnected: return Words::tr("not connected", "server");
    case ConnectionState::Connecting: return Words::tr("connecting", "server");
    case ConnectionState::Online: return Words::tr("online", "server");
    case ConnectionState::Offline: return Words::tr("offline", "server");
    case ConnectionState::SignInNeeded: return Words::tr("sign-in needed", "server");
    case ConnectionState::Stopped: break;
    }
    return Words::tr("stopped", "server");
}

QString gibibytes(const QString& memory)
{
    return numberBefore(u'g', memory);
}

QString memoryWords(const QString& memory)
{
    if (const QString number = gibibytes(memory); !number.isEmpty())
        return Words::tr("%1 GiB").arg(number);
    const QString number = numberBefore(u'm', memory);
    return number.isEmpty() ? memory : Words::tr("%1 MiB").arg(number);
}

QString timeWords(const QString& sent)
{
    static const QRegularExpression shape(u"^\\s*(\\d{1,9})\\s*(ms|s|m|min|h|d)\\s*$"_s);
    const QRegularExpressionMatch match = shape.match(sent);
    const QString unit = match.captured(2);
    if (!match.hasMatch())
        return sent;
    const QString number = QLocale().toString(match.captured(1).toInt());
    if (unit == "ms"_L1)
        return Words::tr("%1 ms").arg(number);
    if (unit == "s"_L1)
        return Words::tr("%1 s").arg(number);
    if (unit == "h"_L1)
        return Words::tr("%1 h").arg(number);
    return unit == "d"_L1 ? Words::tr("%1 d").arg(number) : Words::tr("%1 min").arg(number);
}

QString noteWords(const QString& note)
{
    if (note == statenote::deleted)
        return Words::tr("deleted from here", "why a session or batch is gone");
    if (note == statenote::serverStopped)
        return Words::tr("Local Spark was stopped", "why a session or batch is gone");
    if (note == statenote::unseen)
        return Words::tr("it ended unseen, with its Local Spark", "why a session or batch is gone");
    if (note == statenote::unwatched)
        return Words::tr("it ended while nobody watched", "why a session or batch is gone");
    if (note == statenote::stoppedHere)
        return Words::tr("stopped from here", "why a session has ended");
    if (note == statenote::replaced)
        return Words::tr("another one has its id now", "why a session or batch is gone");
    return note;
}

QString errorTitle(const Error& error)
{
    return error.title.isEmpty() ? kindOfErrorWords(error.kind) : error.title;
}

QString errorText(const Error& error)
{
    const QString detail = error.detail.trimmed();
    return detail.isEmpty() ? errorTitle(error) : errorTitle(error) + u'\n' + detail;
}

} // namespace kindling
