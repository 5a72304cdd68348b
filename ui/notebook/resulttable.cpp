// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/resulttable.h"

#include "app/core/inworker.h"
#include "app/models/resulttablemodel.h"
#include "app/results/tableexport.h"
#include "ui/common/celldelegate.h"
#include "ui/common/statedelegate.h"
#include "ui/common/theme.h"
#include "ui/notebook/numbershape.h"

#include <QBitArray>
#include <QClipboard>
#include <QGuiApplication>
#include <QHash>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr int shownRows = 12;
constexpr int widestColumn = 360;
constexpr int narrowestColumn = 60;
constexpr int pad = 9;
constexpr qsizetype mostCopiedAtOnce = 20'000;

bool isNumericAt(const QVariant& columnType)
{
    return columnType.isValid() && isNumeric(static_cast<ColumnType>(columnType.toInt()));
}

/// Column names with their types in small beside them.
class TypeHeader final : public QHeaderView {
public:
    explicit TypeHeader(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setHighlightSections(false);
        setSortIndicatorShown(true);
        setSortIndicatorClearable(true);
        setMinimumSectionSize(narrowestColumn);
    }
    [[nodiscard]] QSize sizeHint() const override { return { QHeaderView::sizeHint().width(), rowHeight(fontMetrics()) + 2 }; }
    [[nodiscard]] int wantedWidth(int section) const
    {
        QFont bold = font();
        bold.setBold(true);
        return QFontMetrics(bold).horizontalAdvance(name(section)) + QFontMetrics(secondaryFont(font())).horizontalAdvance(type(section))
            + 2 * pad + 8 + (sortIndicatorSection() == section ? 14 : 0);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        QStyleOptionHeader option;
        initStyleOption(&option);
        option.rect = rect;
        style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
        QRect inner = rect.adjusted(pad, 0, -pad, 0);
        if (sortIndicatorSection() == section) {
            paintArrow(*painter, inner);
            inner.setRight(inner.right() - 14);
        }
        QFont bold = font();
        bold.setBold(true);
        const QFont small = secondaryFont(font());
        const int typeWidth = QFontMetrics(small).horizontalAdvance(type(section));
        const QFontMetrics metrics(bold);
        const QString shown = metrics.elidedText(name(section), Qt::ElideRight, qMax(20, inner.width() - typeWidth - 8));
        const int nameWidth = metrics.horizontalAdvance(shown);
        const bool isRight = isNumericAt(model()->headerData(section, Qt::Horizontal, ResultTableModel::ColumnTypeRole));
        const int left = isRight ? qMax(inner.left(), inner.right() - nameWidth - 8 - typeWidth) : inner.left();
        painter->save();
        painter->setClipRect(rect);
        painter->setFont(bold);
        painter->setPen(themeColor(ColorRole::Text, palette()));
        painter->drawText(QRect(left, rect.top(), nameWidth + 1, rect.height()), Qt::AlignVCenter | Qt::TextSingleLine, shown);
        painter->setFont(small);
        painter->setPen(themeColor(ColorRole::Secondary, palette()));
        painter->drawText(QRect(left + nameWidth + 8, rect.top(), typeWidth + 1, rect.height()), Qt::AlignVCenter | Qt::TextSingleLine, type(section));
        painter->restore();
    }

private:
    [[nodiscard]] QString name(int section) const { return model()->headerData(section, Qt::Horizontal).toString().left(200); }
    [[nodiscard]] QString type(int section) const
    {
        const QString words = model()->headerData(section, Qt::Horizontal, ResultTableModel::TypeTextRole).toString().left(40);
        // Livy's %table magic shouts: "STRING_TYPE".
        return words.endsWith("_TYPE"_L1) ? words.chopped(5).toLower() : words;
    }
    void paintArrow(QPainter& painter, const QRect& inner) const
    {
        const QPointF middle(inner.right() - 4, inner.center().y() + 0.5);
        const double tip = sortIndicatorOrder() == Qt::AscendingOrder ? -2 : 2;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(themeColor(ColorRole::Accent, palette()), 1.4));
        painter.drawPolyline(QPolygonF({ middle + QPointF(-3.5, -tip), middle + QPointF(0, tip), middle + QPointF(3.5, -tip) }));
        painter.restore();
    }
};

/// Row numbers on the ground and the base line of their rows.
class RowNumbers final : public QHeaderView {
public:
    explicit RowNumbers(QWidget* parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        setHighlightSections(false);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->save();
        const bool isOdd = section % 2 != 0;
        painter->fillRect(rect, themeColor(isOdd ? ColorRole::Alternate : ColorRole::Base, palette()));
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), themeColor(ColorRole::Line, palette()));
        painter->setPen(themeColor(ColorRole::Secondary, palette()));
        painter->drawText(rect.adjusted(0, 0, -pad, -1), Qt::AlignRight | Qt::AlignVCenter, model()->headerData(section, Qt::Vertical).toString());
        painter->restore();
    }
};

/// All digits of one width, so that they stand under each other.
QFont tabular(QFont font)
{
    font.setFeature("tnum", 1);
    return font;
}

class ResultDelegate final : public QStyledItemDelegate {
public:
    ResultDelegate(const QList<NumberShape>& shapes, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_shapes(shapes)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
        if (!isAtEdge(option))
            painter->fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), themeColor(ColorRole::Line, option.palette));
        QStyleOptionViewItem inner = option;
        inner.rect.adjust(pad - 3, 0, 3 - pad - insetOf(index, option.font), 0);
        QStyledItemDelegate::paint(painter, inner, index);
    }
    /// What a cell shows, without its marks.
    [[nodiscard]] QString textOf(const QModelIndex& index) const
    {
        const QString text = index.data().toString();
        return shapeAt(index).isGrouped ? groupedDigits(text) : text;
    }
    /// The room at the right that lets decimal points stand under each other.
    [[nodiscard]] int insetOf(const QModelIndex& index, const QFont& font) const
    {
        const int wanted = shapeAt(index).decimals;
        const int decimals = wanted > 0 ? decimalsOf(index.data().toString()) : -1;
        if (decimals < 0 || decimals >= wanted)
            return 0;
        const QFontMetrics metrics(tabular(font));
        return metrics.horizontalAdvance(QString(wanted - decimals, u'0')) + (decimals == 0 ? metrics.horizontalAdvance(u'.') : 0);
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool isRight = isNumericAt(index.data(ResultTableModel::ColumnTypeRole));
        option->displayAlignment = (isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
        option->textElideMode = Qt::ElideRight;
        if (isRight) {
            option->font = tabular(option->font);
            option->text = textOf(index);
        }
        if (option->text.size() > 2000)
            option->text.truncate(2000);
        option->text.replace(u'\n', u'⏎');
        if (index.data(ResultTableModel::NullRole).toBool()) {
            option->text = u"null"_s;
            option->font.setItalic(true);
            option->palette.setColor(QPalette::Text, themeColor(ColorRole::Secondary, option->palette));
        }
    }

private:
    [[nodiscard]] NumberShape shapeAt(const QModelIndex& index) const { return m_shapes.value(index.column()); }

    QList<NumberShape> m_shapes;
};

using Interval = std::pair<int, int>; ///< first and last

/// All numbers in any of them, in order.
QList<int> united(QList<Interval> intervals)
{
    std::ranges::sort(intervals);
    QList<int> all;
    int next = 0;
    for (const auto& [first, last] : std::as_const(intervals)) {
        for (next = std::max(next, first); next <= last; ++next)
            all.append(next);
    }
    return all;
}

QList<NumberShape> shapesOf(const Table* table)
{
    QList<NumberShape> shapes;
    for (qsizetype column = 0; table && column < table->columnCount(); ++column)
        shapes.append(shapeOf(*table, column));
    return shapes;
}

}

ResultTable::ResultTable(std::shared_ptr<const Table> table, QWidget* parent)
    : QTableView(parent)
    , m_model(new ResultTableModel(this))
{
    setObjectName(u"resultTable"_s);
    setAccessibleName(tr("Result table"));
    setHorizontalHeader(new TypeHeader(this));
    setVerticalHeader(new RowNumbers(this));
    m_model->setTable(std::move(table));
    setModel(m_model);
    setItemDelegate(new ResultDelegate(shapesOf(m_model->table().get()), this));
    setFrameShape(QFrame::NoFrame);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->setDefaultSectionSize(kindling::rowHeight(fontMetrics()));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setFixedWidth(fontMetrics().horizontalAdvance(QString::number(m_model->rowCount())) + 2 * pad);
    // A number far from the name that it belongs to is read in the wrong row.
    const int last = m_model->columnCount() - 1;
    horizontalHeader()->setStretchLastSection(!isNumericAt(m_model->headerData(last, Qt::Horizontal, ResultTableModel::ColumnTypeRole)));
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    fitColumns();
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &ResultTable::fitHeight);
    fitHeight();
}

void ResultTable::fitColumns()
{
    const auto* header = static_cast<const TypeHeader*>(horizontalHeader());
    const auto* cells = static_cast<const ResultDelegate*>(itemDelegate());
    const QFontMetrics metrics(tabular(font()));
    const int sampled = qMin(50, m_model->rowCount());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int width = header->wantedWidth(column) + 14;
        for (int row = 0; row < sampled; ++row) {
            const QModelIndex index = m_model->index(row, column);
            width = qMax(width, metrics.horizontalAdvance(cells->textOf(index).left(80)) + cells->insetOf(index, font()) + 2 * pad);
        }
        setColumnWidth(column, qBound(narrowestColumn, width, widestColumn));
    }
}

void ResultTable::fitHeight()
{
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    const int rows = qMin(m_model->rowCount(), shownRows);
    const int height = horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + bar;
    if (height != maximumHeight())
        setFixedHeight(height);
}

void ResultTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitHeight();
}

void ResultTable::wheelEvent(QWheelEvent* event)
{
    if (verticalScrollBar()->maximum() > 0 || event->angleDelta().x() != 0)
        QTableView::wheelEvent(event);
    else
        event->ignore();
}

void ResultTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void ResultTable::copySelection()
{
    const TableSelection wanted = wantedCells();
    if (wanted.rows.isEmpty())
        return;
    const int copy = ++m_copies;
    viewport()->unsetCursor();
    if (wanted.rows.size() * wanted.columns.size() <= mostCopiedAtOnce) {
        QGuiApplication::clipboard()->setText(exportTable(*m_model->table(), TableFormat::Tsv, wanted));
        return;
    }
    viewport()->setCursor(Qt::BusyCursor);
    inWorker(*QThreadPool::globalInstance(), this,
        [table = m_model->table(), wanted] { return exportTable(*table, TableFormat::Tsv, wanted); },
        [this, copy](const QString& text) {
            if (copy != m_copies)
                return;
            viewport()->unsetCursor();
            QGuiApplication::clipboard()->setText(text);
        });
}

TableSelection ResultTable::wantedCells() const
{
    const QItemSelection ranges = selectionModel()->selection();
    QList<Interval> rows;
    QList<Interval> columns;
    qsizetype count = 0;
    for (const QItemSelectionRange& range : ranges) {
        rows.append({ range.top(), range.bottom() });
        columns.append({ range.left(), range.right() });
        count += qsizetype(range.height()) * range.width();
    }
    TableSelection wanted;
    for (const int row : united(rows))
        wanted.rows.append(m_model->sourceRow(row));
    for (const int column : united(columns))
        wanted.columns.append(column);
    const qsizetype rectangle = wanted.rows.size() * wanted.columns.size();
    wanted.hasHeader = rectangle > 1;
    if (count == rectangle)
        return wanted;
    QHash<qsizetype, QBitArray> held;
    for (const QItemSelectionRange& range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            QBitArray& cells = held[m_model->sourceRow(row)];
            cells.resize(m_model->columnCount());
            cells.fill(true, range.left(), range.right() + 1);
        }
    }
    wanted.holds = [held](qsizetype row, qsizetype column) { return held.value(row).testBit(column); };
    return wanted;
}

} // namespace kindling
