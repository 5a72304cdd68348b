// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <simdjson.h>

#include <algorithm>
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

/// Takes a scalar as its characters.
[[nodiscard]] inline simdjson::error_code takeToken(ondemand::value value, std::string_view& text)
{
    return takeRaw(value, text);
}

/// A text while it is read. What was taken from it (keys, texts, tokens) lives as long.
struct JsonSource {
    simdjson::padded_string text;
    ondemand::parser parser;
};

/// Calls `read` with the document's value; the whole text must be one value. Bad UTF-8 is replaced and read once more.
template<typename Read>
[[nodiscard]] simdjson::error_code withDocument(const QByteArray& json, JsonSource& source, Read&& read)
{
    const auto attempt = [&read, &source](const QByteArray& text) -> simdjson::error_code {
        // In brackets, since a bare value at the root reads by other functions.
        source.text = simdjson::padded_string(static_cast<std::size_t>(text.size()) + 2);
        std::ranges::copy(text, source.text.data() + 1);
        source.text.data()[0] = '[';
        source.text.data()[text.size() + 1] = ']';
        ondemand::document document;
        if (const auto error = source.parser.iterate(source.text).get(document))
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
[[nodiscard]] simdjson::error_code withDocument(const QByteArray& json, Read&& read)
{
    JsonSource source;
    return withDocument(json, source, std::forward<Read>(read));
}

} // namespace kindling
