// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/launchwords.h"

#include "app/engine/launchphase.h"
#include "ui/common/words.h"

#include <QCoreApplication>

namespace kindling {

namespace {
struct LaunchWords {
    Q_DECLARE_TR_FUNCTIONS(kindling::LaunchWords)
};
}

QString launchWords(const SparkItem& item)
{
    const auto phase = launchPhaseOf(item);
    if (!phase)
        return {};
    const QString state = stateWords(item.state);
    switch (*phase) {
    case LaunchPhase::Accepted:
        return LaunchWords::tr("%1 · waiting for app id").arg(state);
    case LaunchPhase::Submitted:
        return LaunchWords::tr("%1 · waiting for its driver").arg(state);
    case LaunchPhase::Driver:
        return LaunchWords::tr("%1 · driver starts").arg(state);
    case LaunchPhase::Interpreter:
        return LaunchWords::tr("%1 · interpreter starts").arg(state);
    }
    return state;
}

} // namespace kindling
