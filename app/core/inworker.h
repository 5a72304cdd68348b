// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace kindling {

/// Computes a value in a worker. `done` gets it on the caller's thread, never before this returned, and not at all after
/// `context` died. The job owns what it works on.
template<typename Job, typename Done>
void inWorker(QThreadPool& workers, QObject* context, Job job, Done done)
{
    auto promise = std::make_shared<QPromise<std::invoke_result_t<Job>>>();
    promise->start();
    promise->future().then(context, std::move(done));
    workers.start([promise, job = std::move(job)] {
        promise->addResult(job());
        promise->finish();
    });
}

} // namespace kindling
