// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/leftlives.h"

#include "app/storage/recorder.h"
#include "app/storage/statenotes.h"

#include <QSet>

namespace kindling {

using namespace Qt::StringLiterals;

void endLeftLives(Recorder& recorder, const ServerId& localSpark, QObject* context)
{
    recorder.lives({ .server = localSpark, .item = {} }, context, [&recorder](const Result<QList<RecordedLife>>& newestFirst) {
        QSet<ItemKey> seen;
        for (const RecordedLife& life : newestFirst.value_or(QList<RecordedLife>())) {
            // an observation means the newest life of an id
            const bool isNewest = !seen.contains(life.facts.key);
            seen.insert(life.facts.key);
            if (isNewest && !life.isGone && !life.state.isEnded())
                recorder.record({ .number = 0, .when = life.lastSeen, .item = life.facts, .what = StateSeen{ life.state, goneState(), statenote::unseen } });
        }
    });
}

} // namespace kindling
