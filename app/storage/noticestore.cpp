// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/noticestore.h"

#include "app/storage/options.h"

#include <QSettings>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, NoticeKind>, 4> kindWords{ {
    { "long-statement"_L1, NoticeKind::LongStatement },
    { "batch-failed"_L1, NoticeKind::BatchFailed },
    { "session-expires"_L1, NoticeKind::SessionExpires },
    { "server-unreachable"_L1, NoticeKind::ServerUnreachable },
} };
constexpr std::array<std::pair<QLatin1StringView, NoticeRule::What>, 2> ruleWords{ {
    { "batch-runs-long"_L1, NoticeRule::What::BatchRunsLong },
    { "session-idle-long"_L1, NoticeRule::What::SessionIdleLong },
} };
constexpr std::chrono::seconds longestStatement = 24h;
constexpr std::chrono::minutes longestLimit = 24h * 365;

QString wordOf(NoticeRule::What what)
{
    return std::ranges::find(ruleWords, what, &std::pair<QLatin1StringView, NoticeRule::What>::second)->first;
}

std::optional<NoticeRule::What> ruleOfWord(const QString& word)
{
    const auto known = std::ranges::find_if(ruleWords, [&word](const auto& each) { return each.first == word; });
    return known == ruleWords.end() ? std::nullopt : std::optional(known->second);
}

std::optional<NoticeRule> readRule(const QSettings& settings)
{
    const std::optional<NoticeRule::What> what = ruleOfWord(settings.value(options::ruleWhat).toString());
    bool isNumber = false;
    const int minutes = settings.value(options::ruleMinutes).toInt(&isNumber);
    if (!what || !isNumber)
        return std::nullopt;
    return NoticeRule{ *what, settings.value(options::rulePattern).toString(), std::chrono::minutes(minutes) };
}

constexpr qsizetype toldFields = 7;

std::optional<ToldRule> toldFrom(const QStringList& fields)
{
    const std::optional<NoticeRule::What> what = ruleOfWord(fields.at(0));
    const bool isBatch = fields.at(4) == "batch"_L1;
    const qint64 since = fields.at(6).toLongLong();
    if (!what || since <= 0 || (!isBatch && fields.at(4) != "session"_L1))
        return std::nullopt;
    return ToldRule{ { *what, fields.at(1), std::chrono::minutes(fields.at(2).toInt()) },
        { fields.at(3), isBatch ? ItemType::Batch : ItemType::Session, fields.at(5) }, QDateTime::fromMSecsSinceEpoch(since, QTimeZone::UTC) };
}

QStringList fieldsOf(const ToldRule& told)
{
    return { wordOf(told.rule.what), told.rule.pattern, QString::number(told.rule.limit.count()), told.item.server,
        told.item.type == ItemType::Batch ? u"batch"_s : u"session"_s, told.item.id, QString::number(told.since.toMSecsSinceEpoch()) };
}

bool isUsable(const QString& pattern)
{
    return pattern.size() <= options::maximumRulePattern && pattern.isValidUtf16()
        && std::ranges::none_of(pattern, [](QChar each) { return each.category() == QChar::Other_Control; });
}
}

NoticePolicy cleanedPolicy(NoticePolicy policy)
{
    policy.longStatement = std::clamp(policy.longStatement, 1s, longestStatement);
    QList<NoticeRule> rules;
    for (NoticeRule& rule : policy.rules) {
        rule.pattern = rule.pattern.trimmed();
        rule.limit = std::clamp(rule.limit, 1min, longestLimit);
        if (isUsable(rule.pattern) && !rules.contains(rule) && rules.size() < options::maximumRules)
            rules.append(rule);
    }
    policy.rules = rules;
    return policy;
}

NoticePolicy readNoticePolicy(QSettings& settings)
{
    NoticePolicy policy;
    policy.isOn = settings.value(options::noticesAreOn, policy.isOn).toBool();
    policy.onlyOwnBatches = settings.value(options::onlyOwnBatches, policy.onlyOwnBatches).toBool();
    const QStringList silenced = settings.value(options::silencedNotices).toStringList();
    for (const auto& [word, kind] : kindWords) {
        if (silenced.contains(word))
            policy.silenced.insert(kind);
    }
    bool isNumber = false;
    const int seconds = settings.value(options::longStatementSeconds).toInt(&isNumber);
    if (isNumber)
        policy.longStatement = std::chrono::seconds(seconds);
    const int count = std::clamp(settings.beginReadArray(options::noticeRules), 0, options::maximumRules);
    for (int index = 0; index < count; ++index) {
        settings.setArrayIndex(index);
        if (const std::optional<NoticeRule> rule = readRule(settings))
            policy.rules.append(*rule);
    }
    settings.endArray();
    return cleanedPolicy(policy);
}

void writeNoticePolicy(QSettings& settings, const NoticePolicy& policy)
{
    QStringList silenced;
    for (const auto& [word, kind] : kindWords) {
        if (policy.silenced.contains(kind))
            silenced.append(word);
    }
    settings.setValue(options::noticesAreOn, policy.isOn);
    settings.setValue(options::onlyOwnBatches, policy.onlyOwnBatches);
    settings.setValue(options::silencedNotices, silenced);
    settings.setValue(options::longStatementSeconds, static_cast<int>(policy.longStatement.count()));
    settings.remove(options::noticeRules);
    settings.beginWriteArray(options::noticeRules, static_cast<int>(policy.rules.size()));
    for (int index = 0; index < policy.rules.size(); ++index) {
        const NoticeRule& rule = policy.rules.at(index);
        settings.setArrayIndex(index);
        settings.setValue(options::ruleWhat, wordOf(rule.what));
        settings.setValue(options::rulePattern, rule.pattern);
        settings.setValue(options::ruleMinutes, static_cast<int>(rule.limit.count()));
    }
    settings.endArray();
}

QStringList toFields(const QList<ToldRule>& told)
{
    QStringList fields;
    for (const ToldRule& each : told.last(std::min<qsizetype>(told.size(), options::maximumToldRules)))
        fields += fieldsOf(each);
    return fields;
}

QList<ToldRule> toldRulesFrom(const QStringList& fields)
{
    const qsizetype count = std::min<qsizetype>(fields.size() / toldFields, options::maximumToldRules);
    QList<ToldRule> told;
    for (qsizetype index = 0; index < count; ++index) {
        if (const std::optional<ToldRule> one = toldFrom(fields.sliced(index * toldFields, toldFields)))
            told.append(*one);
    }
    return told;
}

} // namespace kindling
