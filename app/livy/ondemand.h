// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <utility>

/// What the JSON codecs share of simdjson's On-Demand reader. Only .cpp files of this folder include it.
namespace kindling {

namespace ondemand = simdjson::ondemand;

[[nodiscard]] inline QString toText(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// A scalar's characters without the white space around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    const auto last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// Takes a value as its JSON text, whatever it is.
[[nodiscard]] inline simdjson::error_code takeRaw(ondemand::value value, std::string_view& text)
{
    ondemand::json_type shape{};
    simdjson::error_code error = simdjson::SUCCESS;
    // NaN and Infinity have no type to simdjson; their characters are there all the same.
    if (value.type().get(shape) == simdjson::SUCCESS)
        error = value.raw_json().get(text);
    else
        text = value.raw_json_token();
    text = trimmed(text);
    return error;
}

/// A text while it is read. What was taken from it (keys, texts, tokens) lives until the next is read into it; the
/// memory serves all of them.
class JsonSource {
public:
    /// In brackets, since a bare value at the root reads by other functions.
    [[nodiscard]] simdjson::simdjson_result<ondemand::document> begin(QByteArrayView json)
    {
        const auto size = static_cast<std::size_t>(json.size()) + 2;
        if (size + simdjson::SIMDJSON_PADDING > m_capacity) {
            m_capacity = std::max(size, m_capacity * 2) + simdjson::SIMDJSON_PADDING;
            m_text = std::make_unique_for_overwrite<char[]>(m_capacity);
        }
        m_text[0] = '[';
        std::ranges::copy(json, &m_text[1]);
        m_text[size - 1] = ']';
        std::fill_n(&m_text[size], simdjson::SIMDJSON_PADDING, '\0');
        return m_parser.iterate(simdjson::padded_string_view(m_text.get(), size, m_capacity));
    }
    /// Where the value begins in the text that is being read.
    [[nodiscard]] qsizetype placeOf(ondemand::value value) const { return value.raw_json_token().data() - m_text.get() - 1; }

private:
    std::unique_ptr<char[]> m_text;
    std::size_t m_capacity = 0;
    ondemand::parser m_parser;
};

/// Calls `read` with the document's value; the whole text must be one value. Bad UTF-8 is replaced and read once more.
template<typename Read>
[[nodiscard]] simdjson::error_code withDocument(QByteArrayView json, JsonSource& source, Read&& read)
{
    const auto attempt = [&read, &source](QByteArrayView text) -> simdjson::error_code {
        ondemand::document document;
        if (const auto error = source.begin(text).get(document))
            return error;
        ondemand::array items;
        if (const auto error = document.get_array().get(items))
            return error;
        int count = 0;
        for (auto item : items) {
            ondemand::value value;
            if (const auto error = item.get(value))
                return error;
            if (++count > 1)
                return simdjson::TRAILING_CONTENT;
            if (const auto error = read(value))
                return error;
        }
        if (count == 0)
            return simdjson::EMPTY;
        return document.at_end() ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
    };
    const auto error = attempt(json);
    return error == simdjson::UTF8_ERROR ? attempt(QString::fromUtf8(json).toUtf8()) : error;
}

template<typename Read>
[[nodiscard]] simdjson::error_code withDocument(QByteArrayView json, Read&& read)
{
    JsonSource source;
    return withDocument(json, source, std::forward<Read>(read));
}

} // namespace kindling
