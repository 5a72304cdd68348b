// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/expiry.h"

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {
constexpr std::array<std::pair<QLatin1StringView, double>, 8> units{ {
    { ""_L1, 1 },
    { "us"_L1, 0.001 },
    { "ms"_L1, 1 },
    { "s"_L1, 1000 },
    { "m"_L1, 60'000 },
    { "min"_L1, 60'000 },
    { "h"_L1, 3'600'000 },
    { "d"_L1, 86'400'000 },
} };
/// Ten years: more is a mistake, or meant to be for ever.
constexpr double longest = 3650.0 * 86'400'000;
}

std::optional<milliseconds> parseTimeText(QStringView text)
{
    text = text.trimmed();
    const auto end = std::ranges::find_if_not(text, [](QChar letter) { return letter >= u'0' && letter <= u'9'; });
    const qsizetype digits = std::distance(text.begin(), end);
    const QString unit = text.sliced(digits).trimmed().toString().toLower();
    const auto known = std::ranges::find_if(units, [&unit](const auto& each) { return each.first == unit; });
    bool isNumber = false;
    const double value = text.first(digits).toDouble(&isNumber);
    if (!isNumber || known == units.end() || value * known->second > longest)
        return std::nullopt;
    const milliseconds time(static_cast<milliseconds::rep>(value * known->second));
    return time > milliseconds(0) ? std::optional(time) : std::nullopt;
}

Expiry expiryOf(const TrackedItem& item, const ServerVersion& version, const QDateTime& lastActivity, const QDateTime& born)
{
    Expiry expiry;
    if (item.key.type != ItemType::Session || item.item.state.isEnded())
        return expiry;
    const std::optional<milliseconds> idle = parseTimeText(item.item.idleTimeout);
    // an idle session last did something when it became so
    const bool isIdle = item.item.state.value == ItemStateValue::Idle;
    const QDateTime since = isIdle && item.isSinceExact ? item.stateSince : QDateTime();
    const QDateTime activity = lastActivity.isValid() && since.isValid() ? std::max(lastActivity, since)
        : lastActivity.isValid()                                         ? lastActivity
                                                                         : since;
    if (idle && activity.isValid())
        expiry.idle = activity.addDuration(*idle);
    // 0.8 sends something else in this field
    const bool isTtlTrue = version.major > 0 || version.minor >= 9;
    const std::optional<milliseconds> ttl = isTtlTrue ? parseTimeText(item.item.ttl) : std::nullopt;
    if (ttl && born.isValid())
        expiry.life = born.addDuration(*ttl);
    return expiry;
}

} // namespace kindling
