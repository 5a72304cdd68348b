// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/notices.h"
#include "ui/shell/noticechannel.h"

namespace kindling {

/// What people read of one notice, or of several at once. Names are cut and made harmless; no code, no server's words and
/// no address get in.
[[nodiscard]] NoticeText noticeText(const QList<Notice>& notices);

} // namespace kindling
