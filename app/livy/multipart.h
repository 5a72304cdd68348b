// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace kindling {

/// A body of type multipart/form-data with one file in it.
struct Multipart {
    QByteArray contentType;
    QByteArray body;
};

/// `part` is the name that the server looks for. The boundary does not occur in `bytes`.
[[nodiscard]] Multipart encodeFilePart(const QByteArray& part, const QString& fileName, const QByteArray& bytes);

} // namespace kindling
