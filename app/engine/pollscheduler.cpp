// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/pollscheduler.h"

#include "app/engine/problems.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr PollScheduler::Duration slowLook{ 1000 };
constexpr int slowLookShare = 10; ///< what takes that long is asked for at most a tenth of the time
}

PollScheduler::PollScheduler(ReadBudget& budget, Clock& clock, QObject* parent)
    : QObject(parent)
    , m_budget(budget)
    , m_clock(clock)
{
}

int PollScheduler::add(Rhythm rhythm, Ask ask)
{
    Resource resource;
    resource.ask = std::move(ask);
    resource.rhythm = rhythm;
    m_resources.push_back(std::move(resource));
    return static_cast<int>(m_resources.size()) - 1;
}

void PollScheduler::setInterval(Duration interval)
{
    if (interval == m_interval)
        return;
    m_interval = interval;
    for (size_t i = 0; i < m_resources.size(); ++i) {
        const Resource& resource = m_resources[i];
        const bool isResting = resource.isWanted && !resource.isInFlight && !resource.isBackingOff;
        if (isResting && resource.rhythm == Rhythm::Repeated && !m_isPaused)
            schedule(static_cast<int>(i), std::max(Duration(0), restOf(resource) - (m_clock.steady() - resource.done)));
    }
}

void PollScheduler::look(int resource)
{
    Resource& wanted = m_resources.at(static_cast<size_t>(resource));
    wanted.isWanted = true;
    if (wanted.isInFlight)
        wanted.asksAgain = true;
    else if (!m_isPaused)
        schedule(resource, Duration(0));
}

void PollScheduler::start(int resource)
{
    Resource& started = m_resources.at(static_cast<size_t>(resource));
    started.isWanted = true;
    started.asked = started.done = m_clock.steady();
    if (!m_isPaused)
        schedule(resource, restOf(started));
}

void PollScheduler::rest(int resource)
{
    Resource& resting = m_resources.at(static_cast<size_t>(resource));
    resting.timer.cancel();
    resting.request.cancel();
    resting.isWanted = resting.isInFlight = resting.asksAgain = resting.isBackingOff = false;
}

void PollScheduler::restAtLeast(int resource, Duration rest)
{
    m_resources.at(static_cast<size_t>(resource)).leastRest = rest;
}

void PollScheduler::refresh()
{
    m_isPaused = false;
    lookAll();
}

void PollScheduler::lookAll()
{
    for (size_t i = 0; i < m_resources.size(); ++i) {
        m_resources[i].backoff.reset();
        m_resources[i].isBackingOff = false;
        if (m_resources[i].isWanted)
            look(static_cast<int>(i));
    }
}

void PollScheduler::stop()
{
    ++m_epoch;
    m_isPaused = false;
    for (size_t i = 0; i < m_resources.size(); ++i) {
        rest(static_cast<int>(i));
        m_resources[i].backoff.reset();
    }
}

void PollScheduler::schedule(int resource, Duration delay)
{
    Resource& wanted = m_resources.at(static_cast<size_t>(resource));
    wanted.timer.cancel();
    wanted.timer = m_clock.after(delay, this, [this, resource] {
        const Duration wait = m_budget.take(ReadBudget::Lane::List);
        if (wait > Duration(0))
            schedule(resource, wait);
        else
            ask(resource);
    });
}

void PollScheduler::ask(int resource)
{
    Resource& asked = m_resources.at(static_cast<size_t>(resource));
    asked.isInFlight = true;
    asked.isBackingOff = false;
    asked.leastRest.reset();
    asked.asked = m_clock.steady();
    asked.request = asked.ask([this, resource, epoch = m_epoch](const std::optional<Error>& error) {
        if (epoch == m_epoch)
            finish(resource, error);
    });
}

void PollScheduler::finish(int resource, const std::optional<Error>& error)
{
    Resource& done = m_resources.at(static_cast<size_t>(resource));
    done.isInFlight = false;
    done.done = m_clock.steady();
    const bool asksAgain = std::exchange(done.asksAgain, false);
    if (error && needsPerson(*error) && !asksAgain) {
        m_isPaused = true;
        for (Resource& each : m_resources)
            each.timer.cancel();
        return;
    }
    if (m_isPaused)
        return;
    if (asksAgain) {
        schedule(resource, Duration(0));
    } else if (error) {
        done.isBackingOff = true;
        schedule(resource, done.backoff.after(*error));
    } else {
        done.backoff.reset();
        if (done.rhythm == Rhythm::Repeated)
            schedule(resource, restOf(done));
        else
            done.isWanted = false;
    }
}

PollScheduler::Duration PollScheduler::restOf(const Resource& resource)
{
    const Duration took = resource.done - resource.asked;
    const Duration least = resource.leastRest.value_or(took > slowLook ? took * slowLookShare : Duration(0));
    const Duration base = std::max(m_interval, least);
    // a tenth of jitter keeps many windows from asking in step
    return base + Duration(m_random.bounded(static_cast<int>(base.count() / 10) + 1));
}

} // namespace kindling
