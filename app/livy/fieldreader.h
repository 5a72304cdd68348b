// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/livy/jsonnode.h"
#include "app/livy/textlist.h"

#include <QStringList>

namespace kindling {

/// Reads typed members of an object and keeps the first wrong type as a path. Absent and null members are the default.
class FieldReader {
public:
    /// `problem` gets "path: what was expected" once; `path` is the object's own, empty for the root.
    FieldReader(const JsonNode& object, QString path, QString& problem);

    [[nodiscard]] bool has(QStringView key) const { return !m_object.at(key).isAbsent(); }
    [[nodiscard]] QByteArrayView utf8(QStringView key) const;
    [[nodiscard]] QString text(QStringView key) const { return QString::fromUtf8(utf8(key)); }
    /// An id: text, or a whole number as text. Must be there.
    [[nodiscard]] QString id(QStringView key) const;
    [[nodiscard]] int integer(QStringView key, int absent = 0) const;
    [[nodiscard]] qint64 longInteger(QStringView key) const;
    [[nodiscard]] double real(QStringView key) const;
    [[nodiscard]] TextList textList(QStringView key) const;
    [[nodiscard]] QStringList texts(QStringView key) const { return textList(key).toStringList(); }
    /// Values that are numbers or booleans are taken as their words.
    [[nodiscard]] TextMap textMap(QStringView key) const;
    [[nodiscard]] FieldReader object(QStringView key) const;
    /// The items of a list; empty where it is absent.
    [[nodiscard]] JsonNode::Children items(QStringView key) const;
    [[nodiscard]] QString pathOf(QStringView key) const;
    void require(QStringView key) const;

private:
    [[nodiscard]] qint64 longInteger(const JsonNode& node, QStringView key) const;
    void complain(QStringView key, const QString& words) const;

    const JsonNode& m_object;
    QString m_path;
    QString& m_problem;
};

} // namespace kindling
