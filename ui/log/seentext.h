// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logselection.h"

namespace kindling {

/// What of a log stands on the screen, as one text with line feeds between its lines, for who cannot see it: so much as
/// can be read out, whatever the log's size. Offsets are UTF-16 units. For use at once: the log may change.
class SeenText final {
public:
    /// The places of the log from `first` on that are seen.
    SeenText(const LogDocument& log, qsizetype first, qsizetype count);

    [[nodiscard]] const QString& text() const { return m_text; }
    /// Of what is not seen: the start or the end, whichever is nearer to it.
    [[nodiscard]] int offsetOf(const LogPlace& place) const;
    /// Row -1 where nothing is seen.
    [[nodiscard]] LogPlace placeAt(int offset) const;
    /// From where to where the selection goes, as far as it is seen; twice the same = nothing of it is.
    [[nodiscard]] std::pair<int, int> spanOf(const LogSelection& selection) const;

private:
    struct Line {
        qsizetype row = 0;
        qsizetype start = 0;
        qsizetype length = 0;
    };
    [[nodiscard]] int offsetIn(const Line& line, qsizetype byte) const;

    const LogDocument& m_log;
    QList<Line> m_lines;
    QString m_text;
};

} // namespace kindling
