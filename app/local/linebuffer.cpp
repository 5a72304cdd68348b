// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/linebuffer.h"

namespace kindling::local {

QByteArrayList LineBuffer::take(const QByteArray& bytes)
{
    QByteArrayList lines;
    qsizetype begin = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', begin)) {
        m_rest += bytes.mid(begin, end - begin);
        takePieces(lines);
        lines.append(std::exchange(m_rest, {}));
        begin = end + 1;
    }
    m_rest += bytes.mid(begin);
    takePieces(lines);
    return lines;
}

void LineBuffer::takePieces(QByteArrayList& lines)
{
    const auto isWithin = [this](qsizetype at) { return (static_cast<uchar>(m_rest.at(at)) & 0xc0) == 0x80; };
    qsizetype begin = 0;
    while (m_rest.size() - begin > m_longest) {
        qsizetype end = begin + m_longest;
        for (int steps = 0; steps < 3 && isWithin(end); ++steps)
            --end;
        lines.append(m_rest.mid(begin, end - begin));
        begin = end;
    }
    m_rest.remove(0, begin);
}

} // namespace kindling::local
