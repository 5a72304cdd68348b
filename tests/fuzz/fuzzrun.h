// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fuzz/mutator.h"

#include <functional>

namespace kindling::test {

/// One reader under fire.
struct FuzzTarget {
    QByteArray name;                                        ///< of its folder of kept texts, tests/fuzz/corpus/NAME
    QList<QByteArray> texts;                                ///< whole ones beside the kept ones, to be damaged
    std::function<QByteArray(const QByteArray&)> complaint; ///< about the reading of one text; empty = as it should be
    std::function<QByteArray(Mutator&)> next = &Mutator::next;
};

/// Reads the kept texts, then damaged ones for KINDLING_FUZZ_SECONDS (2 without it). Each is in a file before it is
/// read; that file, whose name is printed, stays after a complaint and after a crash. KINDLING_FUZZ_SEED repeats a run,
/// KINDLING_FUZZ_INPUT reads one such file and nothing else.
void fuzz(const FuzzTarget& target);

/// For what a check has to choose: the same for the same text, so that a text alone repeats it.
[[nodiscard]] QRandomGenerator choicesOf(const QByteArray& text);

} // namespace kindling::test
