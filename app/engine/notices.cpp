// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/notices.h"

#include <algorithm>

namespace kindling {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

bool fitsPattern(QStringView pattern, QStringView text)
{
    if (pattern.isEmpty())
        return true;
    // no regular expression: a pattern of many stars would make one run for ages
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype starsText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern.at(p) == u'*') {
            star = p++;
            starsText = t;
        } else if (p < pattern.size() && (pattern.at(p) == u'?' || pattern.at(p).toCaseFolded() == text.at(t).toCaseFolded())) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++starsText;
        } else {
            return false;
        }
    }
    return std::ranges::all_of(pattern.sliced(p), [](QChar each) { return each == u'*'; });
}

bool concerns(const NoticeRule& rule, const NoticeFacts& item)
{
    if (!item.aliveSince.isValid() || !fitsPattern(rule.pattern, item.name))
        return false;
    switch (rule.what) {
    case NoticeRule::What::BatchRunsLong:
        return item.type == ItemType::Batch;
    case NoticeRule::What::SessionIdleLong:
        return item.type == ItemType::Session && item.isOwn;
    }
    return false;
}

QDateTime overstaysSince(const NoticeRule& rule, const NoticeFacts& item, const QDateTime& now)
{
    const QDateTime since = rule.what == NoticeRule::What::BatchRunsLong ? item.aliveSince : item.idleSince;
    const bool isOver = since.isValid() && concerns(rule, item) && since.addDuration(rule.limit) <= now;
    return isOver ? since : QDateTime();
}

bool isBatchFailure(ItemType type, const StateSeen& seen)
{
    const auto isBad = [](ItemStateValue state) {
        return state == ItemStateValue::Dead || state == ItemStateValue::Killed || state == ItemStateValue::Error;
    };
    // from one bad state to another is no news
    return type == ItemType::Batch && isBad(seen.to.value) && !isBad(seen.from.value) && seen.from.value != ItemStateValue::Success;
}

std::optional<milliseconds> longRun(const StatementSeen& seen, const QDateTime& now, std::chrono::seconds limit)
{
    // whoever cancels it knows, and what a cancelled one says late has been waited for by nobody
    if (!isTerminal(seen.state) || seen.state == RunState::Cancelled || !seen.submitted.isValid())
        return std::nullopt;
    const milliseconds took(seen.submitted.msecsTo(now));
    return took >= limit ? std::optional(took) : std::nullopt;
}

milliseconds noticeBefore(std::optional<milliseconds> whole)
{
    constexpr milliseconds usual = 5min;
    return whole ? std::min(usual, *whole / 4) : usual;
}

bool isNear(const QDateTime& end, const QDateTime& now, milliseconds before)
{
    return end.isValid() && end > now && now.addDuration(before) >= end;
}

} // namespace kindling
