// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/endsignals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace kindling::local {

namespace {
// A signal handler can reach nothing but globals.
std::array<int, 2> signalPipe{ -1, -1 };

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

/// nohup, and a shell that starts something in the background, say that way what it is to outlive. Not so with SIGTERM: by it
/// the kernel tells that the parent is gone.
bool isToBeOutlived(int number)
{
    struct sigaction before = {};
    return number != SIGTERM && ::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
}
}

EndSignals::EndSignals(QObject* parent)
    : QObject(parent)
{
    if (::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(signalPipe[0], &byte, 1) > 0) { }
        Q_EMIT asked();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : { SIGTERM, SIGINT, SIGHUP }) {
        if (!isToBeOutlived(number) && ::sigaction(number, &action, nullptr) == 0)
            m_taken.append(number);
    }
}

EndSignals::~EndSignals()
{
    for (const int number : std::as_const(m_taken))
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int& fd : signalPipe)
        ::close(std::exchange(fd, -1));
}

bool EndSignals::endWithParent()
{
    const pid_t parent = ::getppid();
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    return parent != 1 && ::getppid() == parent;
}

} // namespace kindling::local
