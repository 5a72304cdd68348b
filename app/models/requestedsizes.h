// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/itemstore.h"
#include "app/storage/records.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace kindling {

class Recorder;
class Workspace;

/// The sizes and the queue that sessions and batches were asked for with from here, where their servers do not tell
/// them: of batches none does.
class RequestedSizes final : public QObject {
    Q_OBJECT
public:
    /// Without a recorder nothing is known. Both must outlive this.
    RequestedSizes(const Workspace& workspace, Recorder* recorder, QObject* parent = nullptr);

    /// Reads what was recorded; what is asked for later is learnt by itself then.
    void load();
    /// The item with what its server does not tell; nullopt = nothing more is known of it.
    [[nodiscard]] std::optional<SparkItem> completed(const TrackedItem& tracked) const;

Q_SIGNALS:
    /// Other requests are known.
    void changed();

private:
    struct Request {
        RecordedRequest recorded;
        std::optional<SparkItem> sizes = {}; ///< read when first needed
    };
    void read();

    Recorder* m_recorder;
    bool m_isAsked = false;
    bool m_isStale = false; ///< something was asked for since
    mutable QHash<ItemKey, Request> m_requests;
};

} // namespace kindling
