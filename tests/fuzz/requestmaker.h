// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fuzz/mutator.h"

namespace kindling::test {

/// Makes requests that are nearly right: words of the protocol, cut, doubled, swapped and spoilt.
class RequestMaker final {
public:
    explicit RequestMaker(Mutator& random)
        : m_random(random)
    {
    }

    /// Between the requests of a conversation.
    static constexpr QByteArrayView separator{ "\n\x1e\n" };

    /// Requests as they would stand on the wire, one after another.
    [[nodiscard]] QByteArray conversation();
    /// A request on the wire with its length, or several, or half of one.
    [[nodiscard]] QByteArray wire();

private:
    QByteArray oneOf(std::initializer_list<const char*> words);
    QByteArray method();
    QByteArray target();
    QByteArray headers();
    QByteArray body();
    QByteArray form();
    QByteArray route();
    QByteArray segment();
    QByteArray value(int depth);
    QByteArray pair(int depth);
    QByteArray anything();
    /// Spoils one in `odds`.
    QByteArray spoil(QByteArray bytes, int odds);
    int below(int bound) { return m_random.below(bound); }

    Mutator& m_random;
};

} // namespace kindling::test
