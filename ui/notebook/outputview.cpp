// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/outputview.h"

#include "app/core/inworker.h"
#include "app/livy/outputcodec.h"
#include "app/results/ansi.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/theme.h"
#include "ui/notebook/htmltext.h"
#include "ui/notebook/outputtext.h"
#include "ui/notebook/picture.h"
#include "ui/notebook/pagetab.h"
#include "ui/notebook/resulttable.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr qsizetype mostOutputs = 40;
constexpr qsizetype longestTitle = 500;
/// Bytes of an output that are read while the window waits; above, in a worker.
constexpr qsizetype mostReadAtOnce = 256 * 1024;

bool isLarge(const Output& output)
{
    qsizetype bytes = 0;
    for (const MimePart& part : output.parts)
        bytes += part.json.size();
    return bytes > mostReadAtOnce;
}

QWidget* makeNote(const QString& text, QWidget& parent)
{
    auto* note = new RoleLabel(text, ColorRole::Secondary, &parent);
    note->setContentsMargins(12, 4, 12, 6);
    return note;
}

QVBoxLayout* makeColumn(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}
}

QWidget* makeErrorPage(const QString& title, const QString& text, QWidget* parent)
{
    auto* page = new QWidget(parent);
    auto* column = makeColumn(page);
    auto* heading = new RoleLabel(plainText(title.left(4 * longestTitle)).left(longestTitle), ColorRole::Bad, page);
    heading->setObjectName(u"errorTitle"_s);
    heading->setAccessibleName(heading->text());
    heading->setWordWrap(true);
    heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    heading->setContentsMargins(12, 8, 12, 4);
    QFont bold = page->font();
    bold.setBold(true);
    heading->setFont(bold);
    column->addWidget(heading);
    if (!text.trimmed().isEmpty())
        column->addWidget(new OutputText(text, OutputView::tr("Error text"), page));
    return page;
}

OutputBlock::OutputBlock(const Output& output, const Rendering& rendering, QWidget* parent)
    : QWidget(parent)
    , m_output(output)
    , m_rendering(rendering)
    , m_tabs(new QButtonGroup(this))
    , m_column(makeColumn(this))
{
    setObjectName(u"outputBlock"_s);
    listPages();
    if (m_pages.size() > 1 || !noteText().isEmpty())
        buildTabs();
    showPage(0);
}

void OutputBlock::listPages()
{
    const Rendering& r = m_rendering;
    const auto add = [this](bool isThere, Page page) {
        if (isThere)
            m_pages.append(page);
    };
    add(r.isError, Page::Error);
    add(r.table != nullptr, Page::Table);
    add(!r.image.isEmpty(), Page::Picture);
    add(!r.text.isEmpty(), Page::Text);
    add(!r.html.isEmpty(), Page::Html);
    add(!r.json.isEmpty(), Page::Json);
    const bool isPlain = m_pages == QList{ Page::Text } || m_pages == QList{ Page::Error };
    add((!isPlain && !m_pages.isEmpty()) || !r.note.isEmpty(), Page::Raw);
}

QString OutputBlock::titleOf(Page page)
{
    switch (page) {
    case Page::Table: return tr("Table");
    case Page::Picture: return tr("Picture");
    case Page::Error: return tr("Error");
    case Page::Text: return tr("Text");
    case Page::Html: return tr("HTML");
    case Page::Json: return tr("JSON");
    case Page::Raw: break;
    }
    return tr("Raw", "the answer as it came");
}

QStringList OutputBlock::pageTitles() const
{
    QStringList titles;
    for (const Page page : m_pages)
        titles.append(titleOf(page));
    return titles;
}

QString OutputBlock::noteText() const
{
    const auto& table = m_rendering.table;
    if (!table)
        return {};
    const int rows = static_cast<int>(table->rowCount());
    if (table->isCapped())
        return tr("%1 of at least %1 rows: the server stopped there").arg(QLocale().toString(rows));
    return tr("%Ln row(s)", nullptr, rows);
}

void OutputBlock::buildTabs()
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 2, 12, 2);
    row->setSpacing(0);
    m_tabs->setExclusive(true);
    for (int i = 0; i < m_pages.size(); ++i) {
        auto* tab = new PageTab(titleOf(m_pages.at(i)), this);
        m_tabs->addButton(tab, i);
        row->addWidget(tab);
    }
    row->addStretch(1);
    if (const QString note = noteText(); !note.isEmpty()) {
        auto* label = new RoleLabel(note, m_rendering.table->isCapped() ? ColorRole::Text : ColorRole::Secondary, this);
        label->setObjectName(u"tableNote"_s);
        label->setAccessibleName(note);
        label->setSmall();
        if (m_rendering.table->isCapped())
            label->setBackground(ColorRole::MarkBackground);
        row->addWidget(label);
    }
    m_column->addLayout(row);
    connect(m_tabs, &QButtonGroup::idClicked, this, &OutputBlock::showPage);
}

void OutputBlock::showPage(int page)
{
    if (page < 0 || page >= m_pages.size())
        return;
    if (auto* tab = m_tabs->button(page))
        tab->setChecked(true);
    QWidget* next = makePage(m_pages.at(page));
    if (m_current) {
        m_current->hide();
        m_current->deleteLater();
    }
    m_current = next;
    m_column->addWidget(next);
    Q_EMIT pageShown();
}

QWidget* OutputBlock::makeText(const QString& text, const QString& label)
{
    auto* page = new QWidget(this);
    auto* column = makeColumn(page);
    auto* view = new OutputText(text, label, page);
    column->addWidget(view);
    if (view->isCut()) {
        auto* note = new RoleLabel(tr("Only the beginning is shown; the notebook keeps all of it."), ColorRole::Secondary, page);
        note->setObjectName(u"cutNote"_s);
        note->setSmall();
        note->setContentsMargins(12, 0, 12, 6);
        column->addWidget(note);
    }
    return page;
}

QWidget* OutputBlock::makeError()
{
    // The traceback ends with what the title says already.
    return makeErrorPage(m_rendering.errorTitle, m_rendering.errorText, this);
}

QWidget* OutputBlock::makePage(Page page)
{
    switch (page) {
    case Page::Table: return new ResultTable(m_rendering.table, this);
    case Page::Picture: return new Picture(m_rendering.image, this);
    case Page::Error: return makeError();
    case Page::Text: return makeText(m_rendering.text, tr("Output text"));
    case Page::Html: return makeText(textOfHtml(m_rendering.html), tr("Output as text"));
    case Page::Json: return makeText(m_rendering.json, tr("Output as JSON"));
    case Page::Raw: break;
    }
    const QString note = m_rendering.note.isEmpty() ? QString() : m_rendering.note + u"\n\n"_s;
    return makeText(note + rawText(m_output), tr("Raw output"));
}

OutputView::OutputView(QWidget* parent)
    : QWidget(parent)
    , m_column(makeColumn(this))
{
    setObjectName(u"outputView"_s);
    m_column->setContentsMargins(0, 1, 0, 0);
    hide();
}

void OutputView::showOutputs(const QList<Output>& outputs)
{
    if (m_outputs == outputs)
        return;
    m_outputs = outputs;
    for (QWidget* block : std::as_const(m_blocks)) {
        block->hide();
        block->deleteLater();
    }
    m_blocks.clear();
    for (const Output& output : outputs.mid(0, mostOutputs))
        take(output);
    if (outputs.size() > mostOutputs) {
        put(makeNote(tr("%Ln more output(s) are kept in the notebook but not shown.", nullptr,
                         static_cast<int>(outputs.size() - mostOutputs)), *this));
    }
    noteContent();
}

void OutputView::take(const Output& output)
{
    if (isLarge(output))
        readInWorker(output);
    else if (QWidget* block = makeBlock(output, renderOutput(output)))
        put(block);
}

void OutputView::put(QWidget* block)
{
    m_column->addWidget(block);
    m_blocks.append(block);
}

void OutputView::readInWorker(const Output& output)
{
    QWidget* place = makeNote(tr("Reading the result…"), *this);
    place->setObjectName(u"outputPlace"_s);
    put(place);
    // The place is the context: what comes for outputs that are not shown any more, comes to nobody.
    inWorker(*QThreadPool::globalInstance(), place, [output] { return renderOutput(output); },
        [this, place, output](const Rendering& rendering) {
            const qsizetype index = m_blocks.indexOf(place);
            if (index < 0)
                return;
            m_blocks.removeAt(index);
            if (QWidget* block = makeBlock(output, rendering)) {
                m_column->insertWidget(m_column->indexOf(place), block);
                m_blocks.insert(index, block);
            }
            m_column->removeWidget(place);
            place->hide();
            place->deleteLater();
            noteContent();
        });
}

QWidget* OutputView::makeBlock(const Output& output, const Rendering& rendering)
{
    if (output.status == Output::Status::Ok && rendering.isEmpty() && rendering.note.isEmpty())
        return nullptr;
    auto* block = new OutputBlock(output, rendering, this);
    connect(block, &OutputBlock::pageShown, this, &OutputView::contentChanged);
    return block;
}

void OutputView::noteContent()
{
    setVisible(!m_blocks.isEmpty() || m_problem);
    Q_EMIT contentChanged();
}

void OutputView::showProblem(const QString& title, const QString& detail)
{
    if (m_problem) {
        m_problem->hide();
        m_problem->deleteLater();
        m_problem = nullptr;
    }
    if (!title.isEmpty()) {
        m_problem = makeErrorPage(title, detail, this);
        m_problem->setObjectName(u"runProblem"_s);
        m_column->addWidget(m_problem);
    }
    noteContent();
}

void OutputView::offerSaving()
{
    if (!m_problem)
        return;
    auto* save = new QPushButton(tr("Save the answer…"), m_problem);
    save->setObjectName(u"saveAnswer"_s);
    save->setAccessibleName(save->text());
    connect(save, &QPushButton::clicked, this, &OutputView::savingRequested);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 10);
    row->addWidget(save);
    row->addStretch(1);
    qobject_cast<QVBoxLayout*>(m_problem->layout())->addLayout(row);
    noteContent();
}

void OutputView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorRole::Line, palette()));
}

} // namespace kindling
