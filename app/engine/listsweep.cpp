// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/listsweep.h"

#include <QHash>

#include <algorithm>
#include <memory>

namespace kindling {

namespace {
constexpr int mostRestarts = 2;
constexpr int mostPages = 1000;

/// One reading of a list; kept alive by the callbacks that wait for its next page.
class Sweep final : public std::enable_shared_from_this<Sweep> {
public:
    Sweep(PageReader read, ReadBudget* budget, Clock& clock, QObject* context, Reply<WholeList> reply)
        : m_read(std::move(read))
        , m_budget(budget)
        , m_clock(clock)
        , m_context(context)
        , m_reply(std::move(reply))
    {
    }

    void ask()
    {
        const Clock::Duration asked = m_clock.steady();
        m_request = m_read(m_from, listPageSize, m_context, [self = shared_from_this(), asked](Result<ItemPage> page) {
            if (self->m_result.roundTrip == Clock::Duration(0))
                self->m_result.roundTrip = self->m_clock.steady() - asked;
            self->take(std::move(page));
        });
    }

    void cancel()
    {
        m_request.cancel();
        m_wait.cancel();
    }

private:
    void take(Result<ItemPage> page)
    {
        if (!page) {
            m_reply(std::unexpected(page.error()));
            return;
        }
        const bool hasShrunk = m_total >= 0 && page->total < m_total;
        m_total = page->total;
        if (hasShrunk && m_restarts < mostRestarts) {
            restart();
            return;
        }
        const qsizetype sent = std::max(page->sent, page->items.size());
        // one without a readable id may be any of those we know
        m_result.isComplete = m_result.isComplete && !hasShrunk && sent == page->items.size();
        if (m_result.problem.isEmpty())
            m_result.problem = page->problem;
        for (const SparkItem& item : std::as_const(page->items))
            keep(item);
        m_from += listPageSize;
        const bool isLast = sent < listPageSize || m_from >= page->total;
        if (isLast || m_from >= mostPages * listPageSize)
            m_reply(std::move(m_result));
        else
            askWhenAffordable();
    }

    void restart()
    {
        ++m_restarts;
        m_from = 0;
        m_total = -1;
        m_result.items.clear();
        m_result.isComplete = true;
        m_result.problem.clear();
        m_places.clear();
        askWhenAffordable();
    }

    void askWhenAffordable()
    {
        m_wait = whenAffordable(m_budget, ReadBudget::Lane::List, m_clock, m_context, [self = shared_from_this()] { self->ask(); });
    }

    void keep(const SparkItem& item)
    {
        const auto place = m_places.constFind(item.id);
        if (place != m_places.cend()) {
            m_result.items[*place] = item;
            return;
        }
        m_places.insert(item.id, m_result.items.size());
        m_result.items.append(item);
    }

    PageReader m_read;
    ReadBudget* m_budget;
    Clock& m_clock;
    QObject* m_context;
    Reply<WholeList> m_reply;
    RequestHandle m_request;
    RequestHandle m_wait;
    WholeList m_result;
    QHash<QString, qsizetype> m_places;
    int m_from = 0;
    int m_total = -1;
    int m_restarts = 0;
};
}

RequestHandle readWholeList(PageReader read, ReadBudget* budget, Clock& clock, QObject* context, Reply<WholeList> reply)
{
    const auto sweep = std::make_shared<Sweep>(std::move(read), budget, clock, context, std::move(reply));
    sweep->ask();
    return RequestHandle([weak = std::weak_ptr(sweep)] {
        if (const auto alive = weak.lock())
            alive->cancel();
    });
}

} // namespace kindling
