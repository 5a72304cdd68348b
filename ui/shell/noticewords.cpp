// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/noticewords.h"

#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestName = 60;
constexpr qsizetype mostPlaces = 3;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::NoticeWords)
};

/// A server's word on one line, without what would turn the text around it.
QString harmless(const QString& name)
{
    QString clean = name.simplified();
    clean.removeIf([](QChar each) { return each.category() == QChar::Other_Control || each.category() == QChar::Other_Format; });
    if (clean.size() <= longestName)
        return clean;
    clean.truncate(longestName - 1);
    if (clean.back().isHighSurrogate())
        clean.chop(1);
    return clean + u'…';
}

QString itemWords(const Notice& notice)
{
    const QString id = harmless(notice.item.id);
    const QString plain = notice.item.type == ItemType::Session ? Words::tr("session %1").arg(id) : Words::tr("batch %1").arg(id);
    const QString name = harmless(notice.itemName);
    return name.isEmpty() ? plain : Words::tr("%1 (%2)", "a name, and what it names").arg(name, plain);
}

QString placeWords(const Notice& notice)
{
    return Words::tr("%1 on %2", "a session or batch on a server").arg(itemWords(notice), harmless(notice.serverName));
}

QString statementTitle(const Notice& notice)
{
    const QString took = ageText(notice.duration);
    if (notice.run == RunState::Finished)
        return Words::tr("A statement is done after %1").arg(took);
    return notice.run == RunState::Lost ? Words::tr("A statement was lost after %1").arg(took) : Words::tr("A statement failed after %1").arg(took);
}

NoticeText serverText(const Notice& notice)
{
    const QString name = harmless(notice.serverName);
    if (notice.isBack)
        return { Words::tr("%1 is back", "a server").arg(name), Words::tr("It could not be reached for %1.").arg(ageText(notice.duration)) };
    const ErrorKind kind = notice.problem ? notice.problem->kind : ErrorKind::Network;
    if (kind == ErrorKind::SignIn || kind == ErrorKind::PersonNeeded)
        return { Words::tr("%1 wants a sign-in", "a server").arg(name), Words::tr("Nothing on it is watched until somebody signs in.") };
    return { Words::tr("%1 cannot be reached", "a server").arg(name), Words::tr("What is shown of it is as it was last seen.") };
}

NoticeText expiryText(const Notice& notice)
{
    const QString why = notice.isForGood ? Words::tr("Its time to live is over then, where its server keeps to that.") : Words::tr("Nobody uses it; keep it alive, or let it go.");
    return { Words::tr("A session ends in %1").arg(ageText(notice.duration)), placeWords(notice) + u'\n' + why };
}

NoticeText oneText(const Notice& notice)
{
    switch (notice.kind) {
    case NoticeKind::LongStatement:
        return { statementTitle(notice), placeWords(notice) };
    case NoticeKind::BatchFailed: {
        const bool isKilled = notice.state.value == ItemStateValue::Killed;
        return { isKilled ? Words::tr("A batch was killed") : Words::tr("A batch failed"), placeWords(notice) };
    }
    case NoticeKind::SessionExpires:
        return expiryText(notice);
    case NoticeKind::ServerUnreachable:
        return serverText(notice);
    case NoticeKind::BatchRunsLong:
        return { Words::tr("A batch has been running for at least %1").arg(ageText(notice.duration)), placeWords(notice) };
    case NoticeKind::SessionIdleLong:
        return { Words::tr("A session has been idle for at least %1").arg(ageText(notice.duration)), placeWords(notice) };
    }
    return {};
}

QString countWords(NoticeKind kind, int count)
{
    switch (kind) {
    case NoticeKind::LongStatement:
        return Words::tr("%Ln statement(s) ended", nullptr, count);
    case NoticeKind::BatchFailed:
        return Words::tr("%Ln batch(es) failed", nullptr, count);
    case NoticeKind::SessionExpires:
        return Words::tr("%Ln session(s) end soon", nullptr, count);
    case NoticeKind::ServerUnreachable:
        return Words::tr("%Ln server(s) lost or found again", nullptr, count);
    case NoticeKind::BatchRunsLong:
        return Words::tr("%Ln batch(es) run long", nullptr, count);
    case NoticeKind::SessionIdleLong:
        return Words::tr("%Ln session(s) have been idle long", nullptr, count);
    }
    return {};
}

/// "nightly (batch 7) on prod, etl (batch 8) on prod…"
QString placesOf(const QList<Notice>& notices)
{
    QStringList places;
    for (const Notice& notice : notices.first(std::min(mostPlaces, notices.size())))
        places.append(notice.item.isValid() ? placeWords(notice) : harmless(notice.serverName));
    return places.join(u", "_s) + (notices.size() > mostPlaces ? u", …"_s : QString());
}
}

NoticeText noticeText(const QList<Notice>& notices)
{
    if (notices.isEmpty())
        return {};
    if (notices.size() == 1)
        return oneText(notices.constFirst());
    QMap<NoticeKind, int> counts;
    for (const Notice& notice : notices)
        ++counts[notice.kind];
    QStringList lines;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        lines.append(countWords(each.key(), each.value()));
    if (lines.size() == 1)
        return { lines.constFirst(), placesOf(notices) };
    return { Words::tr("%Ln notice(s)", nullptr, static_cast<int>(notices.size())), lines.join(u'\n') };
}

} // namespace kindling
