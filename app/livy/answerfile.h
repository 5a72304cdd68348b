// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/sparkapi.h"

#include <QSaveFile>

#include <atomic>
#include <memory>

namespace kindling {

/// An answer on its way into a file. In the end all of it is there; else nothing, or what was there before.
class AnswerFile final {
public:
    explicit AnswerFile(AnswerTarget target);

    [[nodiscard]] Result<void> take(QByteArrayView bytes);
    /// Nothing more comes, and keep() does in another thread.
    void close() { m_isClosed = true; }
    /// May take long: the file is written through to the disk. Gives its bytes.
    [[nodiscard]] Result<qint64> keep();
    void discard();
    /// The first two KiB.
    [[nodiscard]] const QByteArray& head() const { return m_head; }

private:
    [[nodiscard]] std::unexpected<Error> trouble() const;

    AnswerTarget m_target;
    std::unique_ptr<QSaveFile> m_file; ///< from the first bytes on
    QByteArray m_head;
    qint64 m_bytes = 0;
    bool m_isClosed = false;
    std::atomic_bool m_isUnwanted = false;
};

} // namespace kindling
