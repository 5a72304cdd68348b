// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/rowlimit.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

QString rowLimitSetting()
{
    return u"livy.rsc.sql.num-rows"_s;
}

int rowLimitOf(const QMap<QString, QString>& settings)
{
    return std::max(settings.value(rowLimitSetting()).trimmed().toInt(), 0);
}

} // namespace kindling
