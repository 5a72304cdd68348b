// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace kindling {

/// One value of a JSON document. Numbers keep their lexeme, so that nothing is rounded; NaN and Infinity are read too.
struct JsonNode {
    enum class Type { Missing, Null, Boolean, Number, String, Array, Object, Raw };

    Type type = Type::Missing;
    bool boolean = false;
    QByteArray bytes; ///< Number: the lexeme. Raw: the JSON text.
    QString text;     ///< String
    std::vector<JsonNode> items;
    std::vector<std::pair<QString, JsonNode>> members;

    /// The last member of that name; a Missing node where there is none.
    [[nodiscard]] const JsonNode& at(QStringView key) const;
    [[nodiscard]] bool isAbsent() const { return type == Type::Missing || type == Type::Null; }
    [[nodiscard]] std::optional<qint64> toInteger() const;
    [[nodiscard]] std::optional<double> toDouble() const;
};

/// Reads a whole document, bare values too. Members named in `rawKeys`, at any depth, stay JSON text (Type::Raw).
/// Bytes that are no UTF-8 are replaced once; half surrogates too. Errors: Protocol.
[[nodiscard]] Result<JsonNode> readJson(const QByteArray& json, const QList<QStringView>& rawKeys = {});
/// The members of an object, each as JSON text. Errors: Protocol.
[[nodiscard]] Result<QList<std::pair<QString, QByteArray>>> readRawMembers(const QByteArray& json);

/// Is it a number by the grammar of JSON, or NaN, Infinity, -Infinity?
[[nodiscard]] bool isNumberLexeme(QByteArrayView lexeme);
/// The text as a JSON string, with its quotes.
[[nodiscard]] QByteArray quotedJson(const QString& text);
/// The same JSON without white space between its tokens. Keeps every token as it is.
[[nodiscard]] QByteArray compactJson(QByteArrayView json);
/// The same JSON in lines indented by two spaces. Keeps every token as it is; of any depth.
[[nodiscard]] QString indentedJson(const QByteArray& json);

} // namespace kindling
