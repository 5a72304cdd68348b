// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/tablecodec.h"

#include "app/livy/fieldreader.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livywords.h"
#include "app/livy/ondemand.h"

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype sqlRowCap = 1000;

constexpr std::array<std::pair<QLatin1StringView, ColumnType>, 28> typeWords{ {
    { "string"_L1, ColumnType::Text }, { "char"_L1, ColumnType::Text }, { "varchar"_L1, ColumnType::Text },
    { "boolean"_L1, ColumnType::Boolean }, { "byte"_L1, ColumnType::Integer }, { "tinyint"_L1, ColumnType::Integer },
    { "short"_L1, ColumnType::Integer }, { "smallint"_L1, ColumnType::Integer }, { "integer"_L1, ColumnType::Integer },
    { "int"_L1, ColumnType::Integer }, { "long"_L1, ColumnType::Integer }, { "bigint"_L1, ColumnType::Integer },
    { "float"_L1, ColumnType::Real }, { "double"_L1, ColumnType::Real }, { "decimal"_L1, ColumnType::Decimal },
    { "date"_L1, ColumnType::Date }, { "timestamp"_L1, ColumnType::Timestamp }, { "timestamp_ntz"_L1, ColumnType::Timestamp },
    { "timestamp_ltz"_L1, ColumnType::Timestamp }, { "binary"_L1, ColumnType::Binary }, { "void"_L1, ColumnType::Null },
    { "null"_L1, ColumnType::Null }, { "nulltype"_L1, ColumnType::Null }, { "array"_L1, ColumnType::Nested },
    { "map"_L1, ColumnType::Nested }, { "struct"_L1, ColumnType::Nested }, { "udt"_L1, ColumnType::Nested },
    { "variant"_L1, ColumnType::Nested },
} };

// Both vocabularies: "decimal(10,2)" of Spark and "DECIMAL_TYPE" of the %table magic.
ColumnType typeOf(const QString& words)
{
    QString word = words.section(u'(', 0, 0).trimmed().toLower();
    if (word.endsWith("_type"_L1))
        word.chop(5);
    for (const auto& [text, type] : typeWords) {
        if (word == text)
            return type;
    }
    return ColumnType::Text;
}

std::unexpected<Error> misunderstood(const QString& problem)
{
    return failure(ErrorKind::Protocol, LivyWords::tr("The table could not be read."), problem);
}

Cell integerCell(const QByteArray& lexeme)
{
    bool isOk = false;
    const qint64 value = lexeme.toLongLong(&isOk);
    return isOk ? Cell(static_cast<std::int64_t>(value)) : Cell(QString::fromLatin1(lexeme));
}

Cell realCell(const QByteArray& lexeme)
{
    if (lexeme == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (lexeme == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    bool isOk = false;
    const double value = lexeme.toDouble(&isOk);
    return isOk ? Cell(value) : Cell(QString::fromLatin1(lexeme));
}

Cell numberCell(const QByteArray& lexeme, ColumnType type)
{
    switch (type) {
    case ColumnType::Integer: return integerCell(lexeme);
    case ColumnType::Real: return realCell(lexeme);
    case ColumnType::Null:
    case ColumnType::Timestamp:
    case ColumnType::Date:
    case ColumnType::Binary:
    case ColumnType::Nested: {
        const bool isWhole = std::ranges::none_of(lexeme, [](char c) { return c == '.' || c == 'e' || c == 'E'; });
        return isWhole ? integerCell(lexeme) : realCell(lexeme);
    }
    case ColumnType::Text:
    case ColumnType::Boolean:
    case ColumnType::Decimal: break;
    }
    return QString::fromLatin1(lexeme);
}

Cell textCell(const QString& text, ColumnType type)
{
    // JSON has no words for these, so Livy writes them as text.
    const bool isReal = type == ColumnType::Real && (text == "Infinity"_L1 || text == "-Infinity"_L1 || text == "NaN"_L1);
    return isReal ? realCell(text.toLatin1()) : Cell(text);
}

simdjson::error_code readCell(ondemand::value value, ColumnType type, Cell& cell)
{
    std::string_view text;
    ondemand::json_type shape{};
    if (value.type().get(shape) == simdjson::SUCCESS && shape == ondemand::json_type::string) {
        const auto error = value.get_string(true).get(text);
        cell = textCell(toText(text), type);
        return error;
    }
    if (const auto error = takeRaw(value, text))
        return error;
    const QByteArray token = QByteArray::fromRawData(text.data(), std::ssize(text));
    if (token.startsWith('[') || token.startsWith('{'))
        cell = QString::fromUtf8(compactJson(token));
    else if (token == "null")
        cell = std::monostate();
    else if (token == "true" || token == "false")
        cell = token == "true";
    else if (isNumberLexeme(token))
        cell = numberCell(QByteArray(token.data(), token.size()), type);
    else
        return simdjson::NUMBER_ERROR;
    return simdjson::SUCCESS;
}

class RowReader {
public:
    explicit RowReader(QList<Column> columns)
        : m_columns(std::move(columns))
        , m_table(m_columns)
    {
    }

    Result<DecodedTable> read(const QByteArray& rows)
    {
        const auto error = withDocument(rows, [this](ondemand::value value) {
            m_table = Table(m_columns);
            ondemand::array list;
            if (const auto wrong = value.get_array().get(list))
                return wrong;
            for (auto row : list) {
                ondemand::value cells;
                if (const auto wrong = row.get(cells))
                    return wrong;
                if (const auto wrong = readRow(cells))
                    return wrong;
            }
            return simdjson::SUCCESS;
        });
        if (error != simdjson::SUCCESS)
            return misunderstood(u"data[%1]: %2"_s.arg(m_table.rowCount()).arg(QString::fromUtf8(simdjson::error_message(error))));
        return DecodedTable{ std::move(m_table), note() };
    }

private:
    simdjson::error_code readRow(ondemand::value row)
    {
        ondemand::array list;
        if (const auto error = row.get_array().get(list))
            return error;
        QList<Cell> cells;
        cells.reserve(m_columns.size());
        for (auto item : list) {
            ondemand::value value;
            if (const auto error = item.get(value))
                return error;
            const qsizetype index = cells.size();
            const ColumnType type = index < m_columns.size() ? m_columns.at(index).type : ColumnType::Text;
            if (const auto error = readCell(value, type, cells.emplaceBack()))
                return error;
        }
        m_hasLongRow = m_hasLongRow || cells.size() > m_columns.size();
        m_table.appendRow(std::move(cells));
        return simdjson::SUCCESS;
    }

    [[nodiscard]] QString note() const
    {
        if (m_hasLongRow)
            return LivyWords::tr("Some rows have more cells than there are columns; the raw view has them all.");
        return {};
    }

    QList<Column> m_columns;
    Table m_table;
    bool m_hasLongRow = false;
};

// Scala's %table sorts unnamed headers as text ("0","1","10","2"), while the cells keep their order (livy-protocol 3.2).
void restoreNumericOrder(QList<Column>& columns)
{
    QList<bool> isSeen(columns.size(), false);
    for (const Column& column : columns) {
        bool isOk = false;
        const int index = column.name.toInt(&isOk);
        if (!isOk || index < 0 || index >= columns.size() || isSeen.at(index))
            return;
        isSeen[index] = true;
    }
    std::ranges::sort(columns, {}, [](const Column& column) { return column.name.toInt(); });
}

struct Parts {
    QByteArray head;
    QByteArray rows;
};

Result<Parts> partsOf(const QByteArray& json, QStringView headKey)
{
    const auto members = readRawMembers(json);
    if (!members)
        return std::unexpected(members.error());
    Parts parts;
    for (const auto& [name, text] : *members) {
        if (name == headKey)
            parts.head = text;
        else if (name == "data"_L1)
            parts.rows = text;
    }
    if (parts.head.isEmpty() || parts.rows.isEmpty())
        return misunderstood(LivyWords::tr("%1: missing").arg(parts.head.isEmpty() ? headKey : QStringView(u"data")));
    return parts;
}
}

bool looksLikeSqlResult(const QByteArray& json)
{
    const auto parts = partsOf(json, u"schema");
    return parts && parts->head.startsWith('{') && parts->rows.startsWith('[') && parts->head.contains("\"fields\"");
}

Result<DecodedTable> decodeSqlTable(const QByteArray& json)
{
    const auto parts = partsOf(json, u"schema");
    if (!parts)
        return std::unexpected(parts.error());
    // Only the outermost types matter here; nested ones stay text.
    const auto schema = readJson(parts->head, { .members = { u"type", u"metadata" } });
    if (!schema)
        return std::unexpected(schema.error());
    QString problem;
    const FieldReader fields(schema->root(), u"schema"_s, problem);
    QList<Column> columns;
    for (const JsonNode& node : fields.items(u"fields")) {
        const FieldReader field(node, u"schema.fields[%1]"_s.arg(columns.size()), problem);
        const QByteArray type = node.at(u"type").bytes().toByteArray();
        Column column;
        column.name = field.text(u"name");
        column.typeText = QString::fromUtf8(type.startsWith('"') ? type.sliced(1).chopped(1) : compactJson(type));
        column.type = type.startsWith('{') ? ColumnType::Nested : typeOf(column.typeText);
        columns += column;
    }
    if (!problem.isEmpty())
        return misunderstood(problem);
    auto result = RowReader(std::move(columns)).read(parts->rows);
    if (result)
        result->table.setCapped(result->table.rowCount() == sqlRowCap);
    return result;
}

Result<DecodedTable> decodeMagicTable(const QByteArray& json)
{
    const auto parts = partsOf(json, u"headers");
    if (!parts)
        return std::unexpected(parts.error());
    const auto headers = readJson("{\"headers\":" + parts->head + '}');
    if (!headers)
        return std::unexpected(headers.error());
    QString problem;
    QList<Column> columns;
    for (const JsonNode& node : FieldReader(headers->root(), {}, problem).items(u"headers")) {
        const FieldReader header(node, u"headers[%1]"_s.arg(columns.size()), problem);
        const QString type = header.text(u"type");
        columns += Column{ header.text(u"name"), type, typeOf(type) };
    }
    if (!problem.isEmpty())
        return misunderstood(problem);
    restoreNumericOrder(columns);
    return RowReader(std::move(columns)).read(parts->rows).transform([](DecodedTable decoded) {
        if (decoded.table.isRagged() && decoded.note.isEmpty())
            decoded.note = LivyWords::tr("Some rows are shorter than others; their cells may not stand under their columns.");
        return decoded;
    });
}

} // namespace kindling
