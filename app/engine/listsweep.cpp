// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/listsweep.h"

#include <QHash>

#include <algorithm>
#include <memory>

namespace kindling {

namespace {
constexpr int overlap = 5; ///< so many may be collected between two pages
constexpr int step = listPageSize - overlap;
constexpr int mostStepsBack = 50;
constexpr int mostPages = 1000;

/// One reading of a list; kept alive by the callbacks that wait for its next page.
class Sweep final : public std::enable_shared_from_this<Sweep> {
public:
    Sweep(ListSource source, Clock& clock, QObject* context, Reply<WholeList> reply)
        : m_source(std::move(source))
        , m_clock(clock)
        , m_context(context)
        , m_reply(std::move(reply))
        , m_from(m_source.first)
    {
    }

    void ask()
    {
        const Clock::Duration asked = m_clock.steady();
        m_request = m_source.read(m_from, listPageSize, m_context, [self = shared_from_this(), asked](Result<ItemPage> page) {
            const Clock::Duration took = self->m_clock.steady() - asked;
            if (self->m_result.pages++ == 0)
                self->m_result.roundTrip = took;
            self->m_result.inFlight += took;
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
        const int sent = static_cast<int>(std::max(page->sent, page->items.size()));
        const bool touches = touchesTheRead(*page, sent);
        m_result.total = page->total;
        if (!touches && m_stepsBack++ < mostStepsBack) {
            m_from = std::max(m_source.first, std::min(m_from, page->total) - step);
            askWhenAffordable();
            return;
        }
        // one without a readable id may be any of those we know
        m_result.isComplete = m_result.isComplete && touches && sent == page->items.size();
        if (m_result.problem.isEmpty())
            m_result.problem = page->problem;
        for (const SparkItem& item : std::as_const(page->items))
            keep(item);
        const bool isLast = sent < listPageSize || m_from + sent >= page->total;
        m_from += step;
        m_result.isCut = !isLast && m_result.pages >= mostPages;
        if (isLast || m_result.isCut)
            finish();
        else
            askWhenAffordable();
    }

    /// Has nothing slipped by between this page and those before?
    [[nodiscard]] bool touchesTheRead(const ItemPage& page, int sent) const
    {
        // one without a readable id may be the one that is looked for, on every reading
        if (m_from == m_source.first || sent != page.items.size())
            return true;
        return !page.items.isEmpty() && m_places.contains(page.items.constFirst().id);
    }

    void finish()
    {
        m_result.isComplete = m_result.isComplete && !m_result.isCut;
        m_reply(std::move(m_result));
    }

    void askWhenAffordable()
    {
        m_wait = whenAffordable(m_source.budget, ReadBudget::Lane::List, m_clock, m_context, [self = shared_from_this()] { self->ask(); });
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

    ListSource m_source;
    Clock& m_clock;
    QObject* m_context;
    Reply<WholeList> m_reply;
    RequestHandle m_request;
    RequestHandle m_wait;
    WholeList m_result;
    QHash<QString, qsizetype> m_places;
    int m_from;
    int m_stepsBack = 0;
};
}

RequestHandle readList(ListSource source, Clock& clock, QObject* context, Reply<WholeList> reply)
{
    const auto sweep = std::make_shared<Sweep>(std::move(source), clock, context, std::move(reply));
    sweep->ask();
    return RequestHandle([weak = std::weak_ptr(sweep)] {
        if (const auto alive = weak.lock())
            alive->cancel();
    });
}

RequestHandle readWholeList(PageReader read, ReadBudget* budget, Clock& clock, QObject* context, Reply<WholeList> reply)
{
    return readList({ std::move(read), budget }, clock, context, std::move(reply));
}

} // namespace kindling
