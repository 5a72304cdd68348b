// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/local/heldfile.h"
#include "app/local/sparklocation.h"

namespace kindling::local {

/// A server's own token file `serve-PORT.token`: removed with this object; what killed servers left in its folder is
/// removed when the next one writes there.
class TokenFile {
public:
    /// False = could not be written.
    [[nodiscard]] bool write(const QString& folder, quint16 port, const QByteArray& token);
    /// Of what was written last.
    [[nodiscard]] QString path() const { return m_file ? m_file->path() : QString(); }

private:
    std::optional<HeldFile> m_file;
};

/// Removes the token files in that folder that no server holds.
void removeOldTokens(const QString& folder);

/// The token in a file of the user's choice, which stays; a file that is not there yet is made with a new token in it.
/// Refused where others may read it, or where it holds no token.
[[nodiscard]] std::expected<QByteArray, StartProblem> keptToken(const QString& path);

} // namespace kindling::local
