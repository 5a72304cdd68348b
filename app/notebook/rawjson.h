// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace kindling {

// JSON as text. A notebook holds much that is not ours; only text keeps its numbers, its order and its doubled keys
// as they were. All functions but `checkedJson` want what `checkedJson` gave.

enum class RawType { Object, Array, String, Number, Boolean, Null, Absent };

/// One whole JSON value without the white space between tokens, or nothing if it is not JSON. Also takes Python's NaN
/// and Infinity, and raw control characters in strings (they come out escaped). At most 500 levels deep.
[[nodiscard]] std::optional<QByteArray> checkedJson(QByteArrayView text);
/// Lines and indents of one space, as Jupyter writes; what is nested deeper than `levels` stays on one line.
[[nodiscard]] QByteArray indentedJson(QByteArrayView json, int levels);

/// By its first character; Absent for an empty view.
[[nodiscard]] RawType rawTypeOf(QByteArrayView json);
/// The text of a string value; nothing for any other type. Lone surrogates become U+FFFD.
[[nodiscard]] std::optional<QString> rawString(QByteArrayView json);
[[nodiscard]] std::optional<int> rawInteger(QByteArrayView json);
/// The elements of an array; empty for any other type.
[[nodiscard]] QList<QByteArray> rawElements(QByteArrayView json);
/// A JSON string.
[[nodiscard]] QByteArray jsonString(const QString& text);
/// A JSON array of ready-made values.
[[nodiscard]] QByteArray arrayJson(const QList<QByteArray>& values);

/// An object whose members stay in their order, as text.
class RawObject {
public:
    struct Member {
        QString key;
        QByteArray value;
    };

    RawObject() = default;
    /// Empty if `json` is no object.
    explicit RawObject(QByteArrayView json);

    [[nodiscard]] const QList<Member>& members() const { return m_members; }
    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }
    /// Empty if there is none; of doubled keys the last one counts.
    [[nodiscard]] QByteArray value(QStringView key) const;
    [[nodiscard]] RawType typeOf(QStringView key) const { return rawTypeOf(value(key)); }
    [[nodiscard]] QString string(QStringView key) const { return rawString(value(key)).value_or(QString()); }
    [[nodiscard]] RawObject object(QStringView key) const { return RawObject(value(key)); }
    /// In its old place, or at the end.
    void set(const QString& key, const QByteArray& value);
    void remove(QStringView key);
    [[nodiscard]] QByteArray toJson() const;

private:
    QList<Member> m_members;
};

} // namespace kindling
