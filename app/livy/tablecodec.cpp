// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/tablecodec.h"

#include "app/livy/fieldreader.h"
#include "app/livy/jsoncursor.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livywords.h"
#include "app/livy/ondemand.h"
#include "app/livy/rowlimit.h"

#include <algorithm>
#include <array>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// Rows shorter than the columns are filled up: to so many cells in all, or as many as their text has bytes.
constexpr qsizetype mostCells = 20'000'000;

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

void addTextCell(std::string_view text, ColumnType type, Table& table)
{
    // JSON has no words for these, so Livy writes them as text.
    const bool isReal = type == ColumnType::Real && (text == "Infinity" || text == "-Infinity" || text == "NaN");
    if (isReal)
        table.addCell(realCell(QByteArray(text.data(), std::ssize(text))));
    else
        table.addText({ text.data(), std::ssize(text) });
}

simdjson::error_code readOddCell(ondemand::value value, ColumnType type, Table& table)
{
    std::string_view text;
    if (const auto error = takeRaw(value, text))
        return error;
    const QByteArray token = QByteArray::fromRawData(text.data(), std::ssize(text));
    if (token.startsWith('[') || token.startsWith('{'))
        table.addText(compactJson(token));
    else if (token == "null")
        table.addCell({});
    else if (token == "true" || token == "false")
        table.addCell(token == "true");
    else if (isNumberLexeme(token))
        table.addCell(numberCell(QByteArray(token.data(), token.size()), type));
    else
        return simdjson::NUMBER_ERROR;
    return simdjson::SUCCESS;
}

/// Mostly a cell is of its column's type; what is not, or is no number of the machine, is read by its text.
simdjson::error_code readCell(ondemand::value value, ColumnType type, Table& table)
{
    if (value.raw_json_token().starts_with('"')) {
        std::string_view text;
        const auto error = value.get_string(true).get(text);
        if (error == simdjson::SUCCESS)
            addTextCell(text, type, table);
        return error;
    }
    double real = 0;
    std::int64_t integer = 0;
    if (type == ColumnType::Real && value.get_double().get(real) == simdjson::SUCCESS)
        table.addReal(real);
    else if (type == ColumnType::Integer && value.get_int64().get(integer) == simdjson::SUCCESS)
        table.addInteger(integer);
    else
        return readOddCell(value, type, table);
    return simdjson::SUCCESS;
}

/// The rows of a table, as text: many at a time, so that what reading them takes fits a processor's cache, however many
/// there are.
class RowBatches {
public:
    explicit RowBatches(QByteArrayView rows)
        : m_rows(rows)
        , m_cursor(rows)
    {
    }

    /// Rows with commas between them; empty = there are no more.
    QByteArrayView next()
    {
        const char* const begin = m_cursor.place();
        do {
            m_cursor.takeValue();
            const char* const end = m_cursor.place();
            // Wherever something else follows than a row, it stays in the batch for its reader to find.
            if (end - begin >= batchBytes && m_cursor.take(',') && m_cursor.isBefore('['))
                return { begin, end };
        } while (m_cursor.take(','));
        m_cursor = JsonCursor(m_rows.last(0));
        return { begin, m_rows.end() };
    }

private:
    static constexpr qsizetype batchBytes = 256 * 1024;

    QByteArrayView m_rows;
    JsonCursor m_cursor;
};

class RowReader {
public:
    explicit RowReader(QList<Column> columns)
        : m_columns(std::move(columns))
        , m_table(m_columns)
    {
    }

    /// `rows` is a list of lists.
    Result<DecodedTable> read(QByteArrayView rows)
    {
        const auto error = rows.startsWith('[') && rows.endsWith(']') ? readRows(rows.sliced(1).chopped(1)) : simdjson::INCORRECT_TYPE;
        if (error != simdjson::SUCCESS)
            return misunderstood(u"data[%1]: %2"_s.arg(m_table.rowCount()).arg(QString::fromUtf8(simdjson::error_message(error))));
        m_table.squeeze();
        return DecodedTable{ std::move(m_table), note() };
    }

private:
    simdjson::error_code readRows(QByteArrayView rows)
    {
        m_mostCells = std::max(mostCells, rows.size());
        RowBatches batches(rows);
        JsonSource source;
        for (QByteArrayView batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
            if (const auto error = readBatch(source, batch))
                return error;
            if (batch.begin() == rows.begin())
                expectRest(batch.size(), rows.size());
        }
        return simdjson::SUCCESS;
    }

    void expectRest(qsizetype bytesRead, qsizetype bytes)
    {
        // a little more, lest the last rows double it all
        const double times = 1.02 * static_cast<double>(bytes) / static_cast<double>(bytesRead);
        m_table.expect(std::min(times, static_cast<double>(m_mostCells) / static_cast<double>(cellCount())));
    }

    [[nodiscard]] qsizetype cellCount() const { return m_table.rowCount() * m_table.columnCount(); }

    simdjson::error_code readBatch(JsonSource& source, QByteArrayView batch)
    {
        ondemand::document document;
        if (const auto error = source.begin(batch).get(document))
            return error;
        ondemand::array list;
        if (const auto error = document.get_array().get(list))
            return error;
        for (auto row : list) {
            ondemand::value cells;
            if (const auto error = row.get(cells))
                return error;
            if (const auto error = readRow(cells))
                return error;
        }
        return document.at_end() ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
    }

    simdjson::error_code readRow(ondemand::value row)
    {
        ondemand::array list;
        if (const auto error = row.get_array().get(list))
            return error;
        qsizetype index = 0;
        for (auto item : list) {
            ondemand::value value;
            if (const auto error = item.get(value))
                return error;
            const ColumnType type = index < m_columns.size() ? m_columns.at(index).type : ColumnType::Text;
            if (const auto error = readCell(value, type, m_table))
                return error;
            ++index;
        }
        m_hasLongRow = m_hasLongRow || index > m_columns.size();
        m_table.endRow();
        return cellCount() <= m_mostCells ? simdjson::SUCCESS : simdjson::CAPACITY;
    }

    [[nodiscard]] QString note() const
    {
        if (m_hasLongRow)
            return LivyWords::tr("Some rows have more cells than there are columns; the raw view has them all.");
        return {};
    }

    QList<Column> m_columns;
    Table m_table;
    qsizetype m_mostCells = 0;
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
}

std::optional<Result<DecodedTable>> decodeSqlTable(const QByteArray& json, int rowLimit)
{
    // Only the outermost types matter here; nested ones stay text.
    const auto document = readJson(json, { .members = { u"type", u"metadata", u"data" } });
    if (!document)
        return {};
    const JsonNode& schema = document->root().at(u"schema");
    const QByteArrayView rows = document->root().at(u"data").bytes();
    if (schema.at(u"fields").type() == JsonNode::Type::Missing || !rows.startsWith('['))
        return {};
    QString problem;
    const FieldReader fields(schema, u"schema"_s, problem);
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
    auto result = RowReader(std::move(columns)).read(rows);
    if (result)
        result->table.setCapped(result->table.rowCount() == (rowLimit > 0 ? rowLimit : usualRowLimit));
    return result;
}

Result<DecodedTable> decodeMagicTable(const QByteArray& json)
{
    const auto document = readJson(json, { .members = { u"data" } });
    if (!document)
        return std::unexpected(document.error());
    QString problem;
    const FieldReader fields(document->root(), {}, problem);
    fields.require(u"headers");
    fields.require(u"data");
    QList<Column> columns;
    for (const JsonNode& node : fields.items(u"headers")) {
        const FieldReader header(node, u"headers[%1]"_s.arg(columns.size()), problem);
        const QString type = header.text(u"type");
        columns += Column{ header.text(u"name"), type, typeOf(type) };
    }
    if (!problem.isEmpty())
        return misunderstood(problem);
    restoreNumericOrder(columns);
    return RowReader(std::move(columns)).read(document->root().at(u"data").bytes()).transform([](DecodedTable decoded) {
        if (decoded.table.isRagged() && decoded.note.isEmpty())
            decoded.note = LivyWords::tr("Some rows are shorter than others; their cells may not stand under their columns.");
        return decoded;
    });
}

} // namespace kindling
