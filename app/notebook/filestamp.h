// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace kindling {

/// What a file was when it was last read or written here; another stamp later means that somebody else wrote it.
struct FileStamp {
    QDateTime modified; ///< in UTC; invalid = there was no file, or nobody looked
    qint64 size = -1;

    /// Of the file as it is now.
    [[nodiscard]] static FileStamp of(const QString& path);
    [[nodiscard]] static FileStamp fromText(const QString& text);
    [[nodiscard]] QString toText() const;
    [[nodiscard]] bool isValid() const { return modified.isValid(); }

    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

} // namespace kindling
