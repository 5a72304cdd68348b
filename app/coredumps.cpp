// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coredumps.h"

#include <sys/resource.h>

namespace kindling {

// A core holds every password and token that the process has seen, and often ends on a server of whoever collects
// crashes. The limit, which those collectors obey as well, and not PR_SET_DUMPABLE: desktop portals refuse file dialogs
// to a process that nobody may look into. The hard limit stays, so that a developer can raise it again (prlimit).
void forbidCoreDumps()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0)
        return;
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_CORE, &limit);
}

} // namespace kindling
