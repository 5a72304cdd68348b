// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace kindling::rules {

/// One source file in three readings of equal length: as written, without comments, and without what strings hold.
struct SourceFile {
    QString path;      ///< from the root of the tree
    QString text;
    QString plain;     ///< comments blanked
    QString code;      ///< comments and the insides of strings and characters blanked
    [[nodiscard]] qsizetype lineAt(qsizetype offset) const { return text.left(offset).count(u'\n') + 1; }
    /// "path:line: what"
    [[nodiscard]] QString place(qsizetype offset, const QString& what) const;
    [[nodiscard]] bool isHeader() const { return path.endsWith(u".h"); }
    [[nodiscard]] bool isUnder(const QString& folder) const { return path.startsWith(folder + u'/'); }
};

[[nodiscard]] SourceFile makeSource(const QString& path, const QString& text);
/// Every .cpp and .h of ours under the folders named.
[[nodiscard]] QList<SourceFile> readSources(const QStringList& folders);
/// The text of a file of the tree; a missing one is empty.
[[nodiscard]] QString readTreeFile(const QString& path);
/// Offences for a failure message, each on its line.
[[nodiscard]] QByteArray listed(const QStringList& offences);

} // namespace kindling::rules
