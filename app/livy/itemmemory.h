// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/types.h"

#include <QByteArrayView>
#include <QHash>
#include <QMutex>

#include <optional>

namespace kindling {

/// The entries of a server's lists by their text as sent, so that one that has not changed is not read again: of long
/// lists few entries change between two looks. Thread-safe.
class ItemMemory final {
public:
    /// A list is read from its beginning: what the look before the last had, and the last had not, is forgotten.
    void beginList();
    [[nodiscard]] std::optional<SparkItem> find(QByteArrayView text);
    void keep(QByteArrayView text, const SparkItem& item);

private:
    using Items = QHash<size_t, SparkItem>; ///< by the text's hash, whose seed no server knows

    QMutex m_mutex;
    Items m_now;
    Items m_before;
};

} // namespace kindling
