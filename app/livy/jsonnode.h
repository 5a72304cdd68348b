// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/livy/jsonoutline.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace kindling {

/// One value of a JsonDocument, valid as long as that. Numbers keep their lexeme, so that nothing is rounded; NaN and
/// Infinity are read too. Texts become QStrings only where they are asked for.
class JsonNode {
public:
    enum class Type { Missing, Null, Boolean, Number, String, Array, Object, Raw };
    class Children;

    [[nodiscard]] Type type() const { return m_type; }
    [[nodiscard]] bool isAbsent() const { return m_type == Type::Missing || m_type == Type::Null; }
    [[nodiscard]] bool boolean() const { return m_isTrue; }
    /// Number: the lexeme. Raw: the JSON text. String: its UTF-8.
    [[nodiscard]] QByteArrayView bytes() const { return { m_bytes.data(), static_cast<qsizetype>(m_bytes.size()) }; }
    /// Of a String; else empty.
    [[nodiscard]] QString text() const;
    /// Of an object's member, as UTF-8.
    [[nodiscard]] QByteArrayView nameBytes() const { return { m_name.data(), static_cast<qsizetype>(m_name.size()) }; }
    [[nodiscard]] QString name() const;
    /// Of an array or an object, in their order.
    [[nodiscard]] Children children() const;
    /// The last member of that name (ASCII); a Missing node where there is none.
    [[nodiscard]] const JsonNode& at(QStringView key) const;
    [[nodiscard]] std::optional<qint64> toInteger() const;
    [[nodiscard]] std::optional<double> toDouble() const;

private:
    friend class JsonWalker;

    std::string_view m_name;
    std::string_view m_bytes;
    const JsonNode* m_first = nullptr;
    const JsonNode* m_next = nullptr;
    Type m_type = Type::Missing;
    bool m_isTrue = false;
};

class JsonNode::Children {
public:
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = JsonNode;
        using difference_type = std::ptrdiff_t;
        using pointer = const JsonNode*;
        using reference = const JsonNode&;

        explicit Iterator(const JsonNode* node)
            : m_node(node)
        {
        }
        const JsonNode& operator*() const { return *m_node; }
        Iterator& operator++()
        {
            m_node = m_node->m_next;
            return *this;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const JsonNode* m_node;
    };

    explicit Children(const JsonNode* first = nullptr)
        : m_first(first)
    {
    }
    [[nodiscard]] Iterator begin() const { return Iterator(m_first); }
    [[nodiscard]] Iterator end() const { return Iterator(nullptr); }

private:
    const JsonNode* m_first;
};

inline JsonNode::Children JsonNode::children() const
{
    return Children(m_first);
}

/// Reads one document after another into the same memory: what it gave is valid until it reads the next, and raw parts
/// as long as the text that was read.
class JsonReader {
public:
    JsonReader();
    JsonReader(JsonReader&&) noexcept;
    JsonReader& operator=(JsonReader&&) noexcept;
    ~JsonReader();

    /// As readJson.
    [[nodiscard]] Result<const JsonNode*> read(QByteArrayView json, const RawParts& rawParts = {});

private:
    class Memory;
    std::unique_ptr<Memory> m_memory;
};

/// A text that was read, with all its values.
class JsonDocument {
public:
    [[nodiscard]] const JsonNode& root() const { return *m_root; }

private:
    friend Result<JsonDocument> readJson(const QByteArray& json, const RawParts& rawParts);
    JsonDocument(QByteArray json, JsonReader reader, const JsonNode* root)
        : m_json(std::move(json))
        , m_reader(std::move(reader))
        , m_root(root)
    {
    }

    QByteArray m_json;
    JsonReader m_reader;
    const JsonNode* m_root;
};

/// Reads a whole document, bare values too. Bytes that are no UTF-8 are replaced once; half surrogates too. Errors: Protocol.
[[nodiscard]] Result<JsonDocument> readJson(const QByteArray& json, const RawParts& rawParts = {});

/// Is it a number by the grammar of JSON, or NaN, Infinity, -Infinity?
[[nodiscard]] bool isNumberLexeme(QByteArrayView lexeme);
/// The text as a JSON string, with its quotes.
[[nodiscard]] QByteArray quotedJson(const QString& text);
/// The same JSON without white space between its tokens. Keeps every token as it is.
[[nodiscard]] QByteArray compactJson(QByteArrayView json);
/// The same JSON in lines indented by two spaces. Keeps every token as it is; of any depth.
[[nodiscard]] QString indentedJson(const QByteArray& json);

} // namespace kindling
