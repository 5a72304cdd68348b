// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

class QObject;

namespace kindling {

class Recorder;

/// What earlier runs left open in the records of their Local Spark has ended with them: records that, as of when each was
/// seen last. To be called while no Local Spark of this user runs.
void endLeftLives(Recorder& recorder, const ServerId& localSpark, QObject* context);

} // namespace kindling
