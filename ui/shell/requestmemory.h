// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"
#include "app/livy/requestrecord.h"
#include "app/storage/records.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace kindling {

struct Services;

/// Which one is meant, in which of its lives; 0 = the newest.
struct RecalledItem {
    ItemKey key;
    SparkItem item;
    LifeNumber life = 0;
};

/// What sessions and batches were asked for with: as their server tells it, as they were submitted here, or as the
/// records have it. Without their names, which they may still hold.
class RequestMemory final : public QObject {
    Q_OBJECT
public:
    /// nullopt = nothing tells it
    template<typename Wanted>
    using Callback = std::function<void(const std::optional<RememberedRequest<Wanted>>&)>;

    RequestMemory(const Services& services, QObject* parent);

    /// No server tells afterwards what a batch was given; `item` as answered.
    void keepBatch(const ItemKey& key, const SparkItem& item, const QByteArray& request);
    /// The callback comes once, later, unless this died.
    void recallSession(const RecalledItem& wanted, const Callback<NewSession>& callback);
    void recallBatch(const RecalledItem& wanted, const Callback<NewBatch>& callback);

private:
    struct Submitted {
        ItemKey key;
        SparkItem item;
        QByteArray request; ///< with its secrets
    };
    [[nodiscard]] std::optional<NewSession> toldByServer(const RecalledItem& wanted) const;
    [[nodiscard]] std::optional<NewBatch> submittedHere(const RecalledItem& wanted) const;
    void readRecord(const RecalledItem& wanted, std::function<void(const RecordedConfiguration&)> callback);
    template<typename Wanted>
    void answer(const std::optional<Wanted>& known, const Callback<Wanted>& callback);

    const Services& m_services;
    QList<Submitted> m_submitted; ///< oldest first
};

} // namespace kindling
