// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/launchphase.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// What Spark's own programs and Livy's driver write on the way.
struct Mark {
    QLatin1StringView words;
    LaunchPhase phase;
};
constexpr std::array marks{
    Mark{ "(state: ACCEPTED)"_L1, LaunchPhase::Submitted },
    Mark{ "(state: RUNNING)"_L1, LaunchPhase::Driver },
    Mark{ " SparkContext: "_L1, LaunchPhase::Driver },
    Mark{ " RSCDriver: "_L1, LaunchPhase::Driver },
    Mark{ " SparkEnv: "_L1, LaunchPhase::Driver },
    Mark{ " BlockManager"_L1, LaunchPhase::Driver },
    Mark{ " SparkEntries: "_L1, LaunchPhase::Interpreter },
};

std::optional<LaunchPhase> phaseIn(const QString& line)
{
    const auto found = std::ranges::find_if(marks, [&line](const Mark& mark) { return line.contains(mark.words); });
    return found == marks.end() ? std::nullopt : std::optional(found->phase);
}
}

std::optional<LaunchPhase> launchPhaseOf(const SparkItem& item)
{
    if (item.state.value != ItemStateValue::Starting && item.state.value != ItemStateValue::NotStarted)
        return std::nullopt;
    LaunchPhase known = item.appId.isEmpty() ? LaunchPhase::Accepted : LaunchPhase::Submitted;
    if (!item.driverLogUrl.isEmpty())
        known = LaunchPhase::Driver;
    const QStringList lines = item.log.toStringList();
    for (const QString& line : lines | std::views::reverse) {
        if (const auto told = phaseIn(line))
            return std::max(known, *told);
    }
    return known;
}

} // namespace kindling
