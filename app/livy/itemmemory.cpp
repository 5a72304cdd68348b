// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/itemmemory.h"

#include <QHashSeed>

namespace kindling {

namespace {
size_t hashOf(QByteArrayView text)
{
    return qHash(text, QHashSeed::globalSeed());
}
}

void ItemMemory::beginList()
{
    const QMutexLocker lock(&m_mutex);
    m_before = std::exchange(m_now, {});
    m_now.reserve(m_before.size());
}

std::optional<SparkItem> ItemMemory::find(QByteArrayView text)
{
    const QMutexLocker lock(&m_mutex);
    const size_t hash = hashOf(text);
    if (const auto known = m_now.constFind(hash); known != m_now.cend())
        return *known;
    const auto known = m_before.constFind(hash);
    if (known == m_before.cend())
        return {};
    return *m_now.insert(hash, *known);
}

void ItemMemory::keep(QByteArrayView text, const SparkItem& item)
{
    const QMutexLocker lock(&m_mutex);
    m_now.insert(hashOf(text), item);
}

} // namespace kindling
