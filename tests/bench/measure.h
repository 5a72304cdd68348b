// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <ctime>
#include <unistd.h>

namespace kindling::test {

/// Milliseconds that a piece of work takes.
template<typename Work>
double msOf(Work work)
{
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

/// The value that `share` of all are at most.
inline double percentile(std::vector<double> values, double share)
{
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

/// The median of `runs`; `work` is told which run it is.
template<typename Work>
double medianMs(int runs, Work work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run)
        times.push_back(msOf([&] { work(run); }));
    return percentile(times, 0.5);
}

/// The same of the thread's own time: of things so short, what else the machine does would be most of it.
template<typename Work>
double ownMsOf(Work work)
{
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double begun = now();
    work();
    return now() - begun;
}

/// The slowest but one in a hundred, of the thread's own time.
template<typename Work>
double slowMs(int runs, Work work)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run)
        times.push_back(ownMsOf([&] { work(run); }));
    return percentile(times, 0.99);
}

/// Resident memory of this process in MB.
inline double residentMb()
{
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// The most that was resident since the last forgetPeak(), in MB.
inline double peakMb()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(6)) * 1024 / 1e6;
    }
    return 0;
}

inline void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

/// One line of the table that `./dev bench` prints.
inline void report(const char* name, double value, const char* unit, std::optional<double> peer = std::nullopt)
{
    if (peer)
        std::printf("%s %.2f %s %.2f\n", name, value, unit, *peer);
    else
        std::printf("%s %.2f %s -\n", name, value, unit);
    std::fflush(stdout);
}

} // namespace kindling::test
