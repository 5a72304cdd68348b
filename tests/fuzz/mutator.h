// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>

namespace kindling::test {

/// Makes damaged texts of whole ones, the same for the same seed.
class Mutator final {
public:
    Mutator(quint32 seed, QList<QByteArray> corpus);

    /// One of the corpus, changed at one to eight places.
    [[nodiscard]] QByteArray next();
    [[nodiscard]] int below(qsizetype bound) { return bound < 1 ? 0 : static_cast<int>(m_random.bounded(static_cast<qint64>(bound))); }

private:
    void change(QByteArray& text);

    QRandomGenerator m_random;
    QList<QByteArray> m_corpus;
};

} // namespace kindling::test
