// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace kindling::local {

/// A file that came with a form.
struct UploadedFile {
    QString name; ///< the last part of what the client called it, safe as a file's name; never empty
    QByteArray content;
};

/// The file in the part of that name of a multipart/form-data body (RFC 7578); nothing where there is none, or the body
/// is no such form. `contentType` is the request's header with its boundary.
[[nodiscard]] std::optional<UploadedFile> uploadedFile(
    const QByteArray& contentType, const QByteArray& body, const QByteArray& part);

} // namespace kindling::local
