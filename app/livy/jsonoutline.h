// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QStringView>

#include <vector>

namespace kindling {

/// What stays JSON text (Type::Raw) while a document is read, at any depth; names are ASCII.
struct RawParts {
    QList<QStringView> members = {};
    QList<QStringView> itemsOf = {}; ///< the items of arrays, and the members of objects, of these names

    [[nodiscard]] bool isEmpty() const { return members.isEmpty() && itemsOf.isEmpty(); }
};

/// A JSON text without its raw parts: `null` stands where one was. Large answers are mostly raw parts, which then are
/// neither copied nor indexed. Where the text is no JSON, its outline is none either.
struct JsonOutline {
    struct Part {
        qsizetype place = 0; ///< of its null in `text`
        QByteArrayView json; ///< in the text as it was
    };
    QByteArray text;
    std::vector<Part> parts; ///< as they stand
};

[[nodiscard]] JsonOutline outlineOf(QByteArrayView json, const RawParts& rawParts);

} // namespace kindling
