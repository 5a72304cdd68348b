// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/answerfile.h"

#include "app/livy/livywords.h"

#include <algorithm>

namespace kindling {

namespace {
constexpr qsizetype headBytes = 2048;
constexpr qint64 progressBytes = 1024LL * 1024;
}

AnswerFile::AnswerFile(AnswerTarget target)
    : m_target(std::move(target))
{
}

Result<void> AnswerFile::take(QByteArrayView bytes)
{
    if (!m_file) {
        m_file = std::make_unique<QSaveFile>(m_target.path);
        if (!m_file->open(QIODevice::WriteOnly))
            return trouble();
    }
    if (m_file->write(bytes.data(), bytes.size()) != bytes.size() || m_file->error() != QFileDevice::NoError)
        return trouble();
    m_head += bytes.first(std::min(bytes.size(), headBytes - m_head.size()));
    const qint64 before = m_bytes / progressBytes;
    m_bytes += bytes.size();
    if (m_target.progress && m_bytes / progressBytes > before)
        m_target.progress(m_bytes);
    return {};
}

Result<qint64> AnswerFile::keep()
{
    if (m_isUnwanted || !m_file || !m_file->commit())
        return trouble();
    m_file.reset();
    return m_bytes;
}

void AnswerFile::discard()
{
    m_isUnwanted = true;
    if (!m_isClosed)
        m_file.reset();
}

std::unexpected<Error> AnswerFile::trouble() const
{
    return failure(ErrorKind::Io, LivyWords::tr("The answer could not be written to %1.").arg(m_target.path), m_file ? m_file->errorString() : QString());
}

} // namespace kindling
