// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/linebuffer.h"

namespace kindling::local {

QByteArrayList LineBuffer::take(const QByteArray& bytes)
{
    QByteArrayList lines;
    qsizetype begin = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', begin)) {
        lines.append(std::exchange(m_rest, {}) + bytes.mid(begin, end - begin));
        begin = end + 1;
    }
    m_rest += bytes.mid(begin);
    return lines;
}

} // namespace kindling::local
