// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsonnode.h"

#include "app/livy/livywords.h"
#include "app/livy/ondemand.h"

#include <algorithm>
#include <vector>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int maxDepth = 200;

bool isNamed(std::string_view name, QStringView key)
{
    return std::ssize(name) == key.size()
        && std::ranges::equal(name, key, [](char left, QChar right) { return static_cast<unsigned char>(left) == right.unicode(); });
}

/// Nodes that stay where they are, many to an allocation.
class NodePool {
public:
    JsonNode& add()
    {
        if (m_chunk < m_chunks.size() && m_used == m_chunks[m_chunk].size) {
            ++m_chunk;
            m_used = 0;
        }
        if (m_chunk == m_chunks.size()) {
            const std::size_t size = m_chunks.empty() ? 64 : std::min<std::size_t>(2 * m_chunks.back().size, 4096);
            m_chunks.push_back({ std::make_unique<JsonNode[]>(size), size });
        }
        return m_chunks[m_chunk].nodes[m_used++] = JsonNode();
    }
    /// The memory stays for others.
    void clear() { m_chunk = m_used = 0; }

private:
    struct Chunk {
        std::unique_ptr<JsonNode[]> nodes;
        std::size_t size = 0;
    };
    std::vector<Chunk> m_chunks;
    std::size_t m_chunk = 0; ///< that is being filled
    std::size_t m_used = 0;  ///< of it
};

std::unexpected<Error> notJson(simdjson::error_code code)
{
    return failure(ErrorKind::Protocol, LivyWords::tr("The answer is not valid JSON."), QString::fromUtf8(simdjson::error_message(code)));
}
}

/// Copies what On-Demand shows into nodes.
class JsonWalker {
public:
    JsonWalker(NodePool& nodes, const JsonSource& source, const std::vector<JsonOutline::Part>& rawParts)
        : m_nodes(nodes)
        , m_source(source)
        , m_nextRaw(rawParts.cbegin())
        , m_endOfRaw(rawParts.cend())
    {
    }

    simdjson::error_code walk(ondemand::value value, JsonNode& node, int depth)
    {
        if (depth > maxDepth)
            return simdjson::DEPTH_ERROR;
        if (m_nextRaw != m_endOfRaw && m_source.placeOf(value) == m_nextRaw->place)
            return raw(value, node);
        ondemand::json_type type;
        if (value.type().get(type) != simdjson::SUCCESS)
            return number(value, node);
        switch (type) {
        case ondemand::json_type::array:
            return array(value, node, depth);
        case ondemand::json_type::object:
            return object(value, node, depth);
        case ondemand::json_type::string:
            node.m_type = JsonNode::Type::String;
            return value.get_string(true).get(node.m_bytes);
        case ondemand::json_type::boolean:
            node.m_type = JsonNode::Type::Boolean;
            return value.get_bool().get(node.m_isTrue);
        case ondemand::json_type::null: {
            node.m_type = JsonNode::Type::Null;
            bool isNull = false;
            const auto error = value.is_null().get(isNull);
            return error != simdjson::SUCCESS ? error : isNull ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR;
        }
        default: return number(value, node);
        }
    }

private:
    static simdjson::error_code number(ondemand::value value, JsonNode& node)
    {
        node.m_type = JsonNode::Type::Number;
        if (const auto error = takeRaw(value, node.m_bytes))
            return error;
        return isNumberLexeme(node.bytes()) ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
    }

    simdjson::error_code array(ondemand::value value, JsonNode& node, int depth)
    {
        node.m_type = JsonNode::Type::Array;
        ondemand::array items;
        if (const auto error = value.get_array().get(items))
            return error;
        const JsonNode** place = &node.m_first;
        for (auto item : items) {
            ondemand::value child;
            if (const auto error = item.get(child))
                return error;
            if (const auto error = walk(child, append(place), depth + 1))
                return error;
        }
        return simdjson::SUCCESS;
    }

    simdjson::error_code object(ondemand::value value, JsonNode& node, int depth)
    {
        node.m_type = JsonNode::Type::Object;
        ondemand::object members;
        if (const auto error = value.get_object().get(members))
            return error;
        const JsonNode** place = &node.m_first;
        for (auto member : members) {
            ondemand::value child;
            JsonNode& next = append(place);
            if (const auto error = member.unescaped_key(true).get(next.m_name))
                return error;
            if (const auto error = member.value().get(child))
                return error;
            if (const auto error = walk(child, next, depth + 1))
                return error;
        }
        return simdjson::SUCCESS;
    }

    /// A new node after those that `place` leads to; moves `place` behind it.
    JsonNode& append(const JsonNode**& place) const
    {
        JsonNode& next = m_nodes.add();
        *place = &next;
        place = &next.m_next;
        return next;
    }

    simdjson::error_code raw(ondemand::value value, JsonNode& node)
    {
        const QByteArrayView json = (m_nextRaw++)->json;
        node.m_bytes = std::string_view(json.data(), static_cast<std::size_t>(json.size()));
        node.m_type = json == "null" ? JsonNode::Type::Null : JsonNode::Type::Raw;
        return value.is_null().error();
    }

    NodePool& m_nodes;
    const JsonSource& m_source;
    std::vector<JsonOutline::Part>::const_iterator m_nextRaw;
    std::vector<JsonOutline::Part>::const_iterator m_endOfRaw;
};

class JsonReader::Memory {
public:
    QByteArray repaired;
    JsonOutline outline;
    JsonSource source;
    NodePool nodes;
    JsonNode root;
};

JsonReader::JsonReader()
    : m_memory(std::make_unique<Memory>())
{
}

JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Result<const JsonNode*> JsonReader::read(QByteArrayView json, const RawParts& rawParts)
{
    Memory& memory = *m_memory;
    memory.outline = {};
    if (!rawParts.isEmpty() && !json.isValidUtf8())
        json = memory.repaired = QString::fromUtf8(json).toUtf8();
    if (!rawParts.isEmpty()) {
        memory.outline = outlineOf(json, rawParts);
        json = memory.outline.text;
    }
    const auto error = withDocument(json, memory.source, [&memory](ondemand::value value) {
        memory.nodes.clear();
        memory.root = {};
        return JsonWalker(memory.nodes, memory.source, memory.outline.parts).walk(value, memory.root, 0);
    });
    if (error != simdjson::SUCCESS)
        return notJson(error);
    return &memory.root;
}

QString JsonNode::text() const
{
    return m_type == Type::String ? toText(m_bytes) : QString();
}

QString JsonNode::name() const
{
    return toText(m_name);
}

const JsonNode& JsonNode::at(QStringView key) const
{
    static const JsonNode missing;
    const JsonNode* found = &missing;
    for (const JsonNode* member = m_type == Type::Object ? m_first : nullptr; member; member = member->m_next) {
        if (isNamed(member->m_name, key))
            found = member;
    }
    return *found;
}

std::optional<qint64> JsonNode::toInteger() const
{
    bool isOk = false;
    const qint64 value = bytes().toLongLong(&isOk);
    return m_type == Type::Number && isOk ? std::optional(value) : std::nullopt;
}

std::optional<double> JsonNode::toDouble() const
{
    bool isOk = false;
    const double value = bytes().toDouble(&isOk);
    return m_type == Type::Number && isOk ? std::optional(value) : std::nullopt;
}

Result<JsonDocument> readJson(const QByteArray& json, const RawParts& rawParts)
{
    JsonReader reader;
    return reader.read(json, rawParts).transform([&](const JsonNode* root) { return JsonDocument(json, std::move(reader), root); });
}

bool isNumberLexeme(QByteArrayView lexeme)
{
    if (lexeme == "NaN" || lexeme == "Infinity" || lexeme == "-Infinity")
        return true;
    const char* at = lexeme.begin();
    const char* const end = lexeme.end();
    const auto digits = [&] {
        const char* const begin = at;
        at = std::find_if_not(at, end, [](char c) { return c >= '0' && c <= '9'; });
        return at != begin;
    };
    if (at != end && *at == '-')
        ++at;
    const bool startsWithZero = at != end && *at == '0';
    const char* const whole = at;
    if (!digits() || (startsWithZero && at - whole > 1))
        return false;
    if (at != end && *at == '.' && (++at, !digits()))
        return false;
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == end;
}

QByteArray quotedJson(const QString& text)
{
    QByteArray result = "\"";
    for (const char c : text.toUtf8()) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            result += '\\', result += c;
        else if (c == '\n')
            result += "\\n";
        else if (code < 0x20)
            result += "\\u00" + QByteArray(1, c).toHex();
        else
            result += c;
    }
    return result + '"';
}

QByteArray compactJson(QByteArrayView json)
{
    QByteArray result;
    result.reserve(json.size());
    bool isInText = false;
    bool isEscaped = false;
    for (const char c : json) {
        if (!isInText && (c == ' ' || c == '\n' || c == '\r' || c == '\t'))
            continue;
        result += c;
        if (isEscaped)
            isEscaped = false;
        else if (isInText && c == '\\')
            isEscaped = true;
        else if (c == '"')
            isInText = !isInText;
    }
    return result;
}

namespace {
constexpr int maxIndent = 64;

class Indenter {
public:
    QByteArray run(const QByteArray& compact)
    {
        m_result.reserve(compact.size() * 2);
        for (qsizetype i = 0; i < compact.size(); ++i)
            take(compact.at(i), i + 1 < compact.size() ? compact.at(i + 1) : '\0');
        return m_result;
    }

private:
    void take(char c, char next)
    {
        if (m_isInText || c == '"') {
            m_result += c;
            m_isInText = c != '"' || m_isEscaped || !m_isInText;
            m_isEscaped = m_isInText && c == '\\' && !m_isEscaped;
            return;
        }
        const bool isOpening = c == '{' || c == '[';
        const bool isClosing = c == '}' || c == ']';
        if (isClosing && !m_wasOpened)
            newLine(--m_depth);
        else if (isClosing)
            --m_depth;
        m_result += c;
        m_wasOpened = isOpening && (next == '}' || next == ']');
        if (isOpening)
            ++m_depth;
        if (c == ':')
            m_result += ' ';
        else if (c == ',' || (isOpening && !m_wasOpened))
            newLine(m_depth);
    }

    void newLine(int depth)
    {
        m_result += '\n';
        m_result.append(2 * std::clamp(depth, 0, maxIndent), ' ');
    }

    QByteArray m_result;
    int m_depth = 0;
    bool m_isInText = false;
    bool m_isEscaped = false;
    bool m_wasOpened = false;
};
}

QString indentedJson(const QByteArray& json)
{
    return QString::fromUtf8(Indenter().run(compactJson(json)));
}

} // namespace kindling
