// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/noticepolicy.h"

#include <QStringList>

class QSettings;

namespace kindling {

/// What a settings file says; whatever it does not say, or says wrongly, is as at first.
[[nodiscard]] NoticePolicy readNoticePolicy(QSettings& settings);
void writeNoticePolicy(QSettings& settings, const NoticePolicy& policy);

/// What rules have told already, as texts; read again, what is no such thing is left out.
[[nodiscard]] QStringList toFields(const QList<ToldRule>& told);
[[nodiscard]] QList<ToldRule> toldRulesFrom(const QStringList& fields);

} // namespace kindling
