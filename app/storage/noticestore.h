// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/noticepolicy.h"

class QSettings;

namespace kindling {

/// What a settings file says; whatever it does not say, or says wrongly, is as at first.
[[nodiscard]] NoticePolicy readNoticePolicy(QSettings& settings);
void writeNoticePolicy(QSettings& settings, const NoticePolicy& policy);

} // namespace kindling
