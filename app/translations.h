// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace kindling {

/// Qt's texts and ours in the user's language, for as long as `app` lives.
void installTranslations(QCoreApplication& app);

} // namespace kindling
