// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/resulttablemodel.h"

#include "app/core/inworker.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace kindling {

namespace {
bool isNumber(const Cell& cell)
{
    return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

/// Where kinds of values are mixed in a column (numbers and exact texts of larger ones), those of a kind stay together.
int compareCells(const Cell& left, const Cell& right, ColumnType type)
{
    const bool areTexts = std::holds_alternative<QString>(left) || std::holds_alternative<QString>(right);
    const bool areNumbers = isNumber(left) && isNumber(right) && left.index() != right.index();
    if (areNumbers || (areTexts && isNumeric(type)))
        return compareDecimals(displayText(left), displayText(right));
    if (left.index() != right.index()) {
        const QString first = displayText(left);
        const int order = first.compare(displayText(right));
        return order < 0 ? -1 : static_cast<int>(order > 0);
    }
    return std::visit(
        [&right](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            const Value& other = std::get<Value>(right);
            if constexpr (std::is_same_v<Value, std::monostate>)
                return 0;
            else
                return value < other ? -1 : static_cast<int>(other < value);
        },
        left);
}

bool isNull(const Cell& cell)
{
    return std::holds_alternative<std::monostate>(cell);
}

/// NaN is no number: it sorts with null, last, or the order would be none.
bool isLast(const Cell& cell)
{
    const double* number = std::get_if<double>(&cell);
    return isNull(cell) || (number && *number != *number);
}

/// Text by code point, which is the order of its bytes; the first of them decide mostly.
struct TextKey {
    quint64 head = 0;
    QByteArrayView text;

    friend bool operator<(const TextKey& left, const TextKey& right)
    {
        return left.head != right.head ? left.head < right.head : left.text < right.text;
    }
};

std::optional<TextKey> textKey(const ColumnCells& cells, qsizetype row)
{
    const auto text = cells.text(row);
    if (!text)
        return std::nullopt;
    TextKey key{ 0, *text };
    for (qsizetype i = 0; i < 8; ++i)
        key.head = key.head << 8 | (i < text->size() ? static_cast<uchar>(text->at(i)) : 0U);
    return key;
}

/// Sorts rows that ascend by keys that stand beside them; those without a value last. False, and nothing done, where a
/// value is of another kind.
template<typename Key, typename KeyOf, typename IsLast>
bool sortByKeys(QList<qsizetype>& order, Qt::SortOrder direction, KeyOf keyOf, IsLast isLastRow)
{
    std::vector<std::pair<Key, qsizetype>> keyed;
    keyed.reserve(static_cast<size_t>(order.size()));
    QList<qsizetype> last;
    for (const qsizetype row : std::as_const(order)) {
        if (isLastRow(row))
            last += row;
        else if (const std::optional<Key> key = keyOf(row))
            keyed.emplace_back(*key, row);
        else
            return false;
    }
    const bool isDescending = direction == Qt::DescendingOrder;
    std::ranges::sort(keyed, [isDescending](const auto& left, const auto& right) {
        if (left.first < right.first || right.first < left.first)
            return isDescending ? right.first < left.first : left.first < right.first;
        return left.second < right.second;
    });
    std::ranges::transform(keyed, order.begin(), [](const auto& each) { return each.second; });
    std::ranges::copy(last, order.begin() + std::ssize(keyed));
    return true;
}

/// Rows that are sorted while the window waits; above, in a worker.
constexpr qsizetype mostSortedAtOnce = 20'000;

QList<qsizetype> sortedRows(QList<qsizetype> rows, const Table& table, int column, Qt::SortOrder order)
{
    // from the table's order every time: equal rows then stand as the server gave them
    std::ranges::sort(rows);
    if (column < 0)
        return rows;
    const ColumnCells& cells = table.cells(column);
    const ColumnType type = table.column(column).type;
    const auto isNoValue = [&cells](qsizetype row) { return isLast(cells.at(row)); };
    if (sortByKeys<double>(rows, order, [&cells](qsizetype row) { return cells.real(row); }, isNoValue)
        || sortByKeys<std::int64_t>(rows, order, [&cells](qsizetype row) { return cells.integer(row); }, isNoValue))
        return rows;
    const auto isNothing = [&cells](qsizetype row) { return cells.isNull(row); };
    if (!isNumeric(type) && sortByKeys<TextKey>(rows, order, [&cells](qsizetype row) { return textKey(cells, row); }, isNothing))
        return rows;
    std::ranges::stable_sort(rows, [&cells, type, isDescending = order == Qt::DescendingOrder](qsizetype left, qsizetype right) {
        const Cell first = cells.at(left);
        const Cell second = cells.at(right);
        if (isLast(first) || isLast(second))
            return !isLast(first);
        const int compared = compareCells(first, second, type);
        return isDescending ? compared > 0 : compared < 0;
    });
    return rows;
}
}

ResultTableModel::ResultTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ResultTableModel::setTable(std::shared_ptr<const Table> table)
{
    beginResetModel();
    ++m_generation;
    m_table = std::move(table);
    m_filterText.clear();
    m_sortColumn = -1;
    m_order.resize(m_table ? m_table->rowCount() : 0);
    std::iota(m_order.begin(), m_order.end(), qsizetype(0));
    endResetModel();
}

void ResultTableModel::setFilterText(const QString& text)
{
    if (text == m_filterText)
        return;
    beginResetModel();
    ++m_generation;
    m_filterText = text;
    m_order.clear();
    const qsizetype rows = m_table ? m_table->rowCount() : 0;
    for (qsizetype row = 0; row < rows; ++row) {
        if (matches(row))
            m_order.append(row);
    }
    if (m_table)
        m_order = sortedRows(std::move(m_order), *m_table, m_sortColumn, m_sortOrder);
    endResetModel();
}

int ResultTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ResultTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->columnCount());
}

QVariant ResultTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const qsizetype row = m_order.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(m_table->cell(row, index.column()));
    case NullRole:
        return m_table->cells(index.column()).isNull(row);
    case ColumnTypeRole:
        return static_cast<int>(m_table->column(index.column()).type);
    case SourceRowRole:
        return static_cast<int>(row);
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole && section < rowCount() ? QVariant(sourceRow(section) + 1) : QVariant();
    if (section < 0 || section >= columnCount())
        return {};
    const Column& column = m_table->column(section);
    switch (role) {
    case Qt::DisplayRole:
        return column.name;
    case TypeTextRole:
        return column.typeText;
    case ColumnTypeRole:
        return static_cast<int>(column.type);
    default: // roles are an open set of numbers, not an enum of ours
        return {};
    }
}

void ResultTableModel::sort(int column, Qt::SortOrder order)
{
    if (column >= columnCount())
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    const int generation = ++m_generation;
    if (!m_table)
        return;
    if (m_order.size() <= mostSortedAtOnce) {
        setOrder(sortedRows(m_order, *m_table, column, order));
        return;
    }
    inWorker(*QThreadPool::globalInstance(), this,
        [rows = m_order, table = m_table, column, order] { return sortedRows(rows, *table, column, order); },
        [this, generation](const QList<qsizetype>& rows) {
            if (generation == m_generation)
                setOrder(rows);
        });
}

void ResultTableModel::setOrder(const QList<qsizetype>& order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<qsizetype> rowsBefore;
    for (const QModelIndex& each : before)
        rowsBefore.append(m_order.at(each.row()));
    m_order = order;
    if (!before.isEmpty()) {
        QHash<qsizetype, int> places;
        for (qsizetype place = 0; place < m_order.size(); ++place)
            places.insert(m_order.at(place), static_cast<int>(place));
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i)
            after.append(index(places.value(rowsBefore.at(i)), before.at(i).column()));
        changePersistentIndexList(before, after);
    }
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

bool ResultTableModel::matches(qsizetype row) const
{
    if (m_filterText.isEmpty())
        return true;
    for (qsizetype column = 0; column < m_table->columnCount(); ++column) {
        if (displayText(m_table->cell(row, column)).contains(m_filterText, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace kindling
