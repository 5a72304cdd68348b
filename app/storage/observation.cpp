// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/observation.h"

namespace kindling {

namespace {
bool contradicts(QStringView before, QStringView now)
{
    return !before.isEmpty() && !now.isEmpty() && before.compare(now, Qt::CaseInsensitive) != 0;
}

/// shutting_down is not among them: it may still be seen between two states of one life.
bool isOver(ItemStateValue state)
{
    return state == ItemStateValue::Dead || state == ItemStateValue::Killed || state == ItemStateValue::Success;
}
}

bool mayBeSameLife(const LifeMarks& before, const LifeMarks& now)
{
    if (contradicts(before.appId, now.appId) || contradicts(before.name, now.name) || contradicts(before.owner, now.owner))
        return false;
    if (contradicts(before.kind, now.kind) && kindFromWire(before.kind) != kindFromWire(now.kind))
        return false;
    const bool isNewLife = now.state != ItemStateValue::Unknown && now.state != ItemStateValue::Error && ItemState{ now.state, {} }.isAlive();
    return !(isOver(before.state) && isNewLife);
}

} // namespace kindling
