// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellview.h"

#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/cellestimate.h"
#include "ui/notebook/cellheader.h"
#include "ui/notebook/markdownview.h"
#include "ui/notebook/outputview.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int barWidth = 3;
constexpr int radius = 6;
constexpr int topMargin = 1;
constexpr int bottomMargin = 3;

CodeLanguage languageOfCell(const NotebookCell& cell)
{
    switch (cell.type) {
    case CellType::Markdown: return CodeLanguage::Markdown;
    case CellType::Raw: return CodeLanguage::Plain;
    case CellType::Code: break;
    }
    return languageOf(cell.kind);
}
}

CellView::CellView(NotebookDocument* document, CellId id, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_id(std::move(id))
{
    setObjectName(u"cell"_s);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    const NotebookCell* own = cell();
    m_isRendered = own && own->type == CellType::Markdown && !own->source.isEmpty();
}

void CellView::makeBody()
{
    if (hasBody())
        return;
    m_header = new CellHeader(this);
    m_editor = new CodeEditor(this);
    m_editor->setObjectName(u"cellEditor"_s);
    m_markdown = new MarkdownView(this);
    m_output = new OutputView(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(barWidth, topMargin, 1, bottomMargin);
    column->setSpacing(0);
    for (QWidget* part : QWidgetList{ m_header, m_editor, m_markdown, m_output })
        column->addWidget(part);
    m_header->show();
    connectHeader();
    connectEditor();
    connect(m_markdown, &MarkdownView::editRequested, this, [this] { edit(); });
    connect(m_output, &OutputView::contentChanged, this, [this] { Q_EMIT tabStopsChanged(m_id); });
    connect(m_output, &OutputView::savingRequested, this, [this] { Q_EMIT savingRequested(m_id); });
    showPlace();
    updateTools();
    refreshSource();
    refreshKind();
    refreshOutputs();
    if (const auto run = std::exchange(m_run, std::nullopt))
        showRun(*run);
    updateGeometry();
    Q_EMIT tabStopsChanged(m_id);
}

QSize CellView::sizeHint() const
{
    if (hasBody())
        return QWidget::sizeHint();
    if (m_estimate < 0)
        m_estimate = cell() ? estimatedHeight(*cell()) : 0;
    return { 0, topMargin + m_headerHeight + m_estimate + bottomMargin };
}

int CellView::headerHeight() const
{
    return hasBody() ? m_header->sizeHint().height() : m_headerHeight;
}

void CellView::setHeaderHeight(int height)
{
    if (height == m_headerHeight)
        return;
    m_headerHeight = height;
    updateGeometry();
}

void CellView::estimateAgain()
{
    m_estimate = -1;
    updateGeometry();
}

void CellView::connectHeader()
{
    connect(m_header, &CellHeader::kindChosen, this, [this](CellType type, Kind kind) {
        const NotebookCell* own = cell();
        if (!own)
            return;
        m_isRendered = false;
        m_document->setKind(m_id, type, type == CellType::Code ? kind : own->kind);
    });
    connect(m_header, &CellHeader::interruptClicked, this, [this] { Q_EMIT interruptRequested(m_id); });
    connect(m_header, &CellHeader::commandChosen, this, [this](CellCommand command) { Q_EMIT commandGiven(m_id, command); });
}

void CellView::connectEditor()
{
    m_editor->setKeyFilter([this](QKeyEvent* event) {
        const auto command = editModeCommand(*event);
        if (command)
            Q_EMIT commandGiven(m_id, *command);
        return command.has_value();
    });
    connect(m_editor, &CodeEditor::textEdited, this, [this] { m_document->setSource(m_id, m_editor->text()); });
    connect(m_editor, &CodeEditor::focusGained, this, [this] { Q_EMIT activated(m_id); });
    connect(m_editor, &CodeEditor::cursorMoved, this, [this] {
        if (m_editor->hasEditorFocus())
            Q_EMIT cursorMoved(m_id);
    });
    connect(m_editor, &CodeEditor::cursorLeftTop, this, [this] { Q_EMIT cursorLeft(m_id, true); });
    connect(m_editor, &CodeEditor::cursorLeftBottom, this, [this] { Q_EMIT cursorLeft(m_id, false); });
}

const NotebookCell* CellView::cell() const
{
    const int index = m_document->indexOf(m_id);
    return index < 0 ? nullptr : &m_document->cellAt(index);
}

void CellView::refreshSource()
{
    const NotebookCell* own = cell();
    if (!own)
        return;
    if (!hasBody())
        return estimateAgain();
    m_editor->setText(own->source);
    if (m_isRendered)
        m_markdown->setMarkdown(own->source);
}

void CellView::refreshKind()
{
    const NotebookCell* own = cell();
    if (!own)
        return;
    m_isRendered = m_isRendered && own->type == CellType::Markdown;
    if (!hasBody())
        return estimateAgain();
    m_header->setKind(own->type, own->kind);
    m_editor->setLanguage(languageOfCell(*own));
    if (m_isRendered)
        m_markdown->setMarkdown(own->source);
    m_markdown->setVisible(m_isRendered);
    m_editor->setVisible(!m_isRendered);
}

void CellView::refreshOutputs()
{
    const NotebookCell* own = cell();
    if (!own)
        return;
    if (!hasBody())
        return estimateAgain();
    m_output->showOutputs(own->outputs);
    const bool isError = std::ranges::any_of(own->outputs, [](const Output& output) { return output.status == Output::Status::Error; });
    m_header->showLast(own->run, !own->outputs.isEmpty(), isError);
}

void CellView::showRun(const Run& run)
{
    if (!hasBody()) {
        m_run = run;
        return;
    }
    m_header->showRun(run);
    const bool hasProblem = (run.state == RunState::Failed || run.state == RunState::Lost) && !run.output;
    m_output->showProblem(hasProblem ? errorTitle(run.problem) : QString(), hasProblem ? run.problem.detail : QString());
    if (hasProblem && run.problem.kind == ErrorKind::TooLarge && run.statement >= 0)
        m_output->offerSaving();
}

void CellView::setPlace(int place)
{
    m_place = place;
    showPlace();
}

void CellView::showPlace()
{
    setAccessibleName(tr("Cell %1").arg(m_place));
    if (hasBody())
        m_editor->setLabel(tr("Code of cell %1").arg(m_place));
}

void CellView::updateTools()
{
    if (hasBody())
        m_header->setToolsShown(m_isCurrent || underMouse());
}

void CellView::setCurrent(bool isCurrent)
{
    if (m_isCurrent == isCurrent)
        return;
    m_isCurrent = isCurrent;
    updateTools();
    update();
}

void CellView::edit(bool isAtEnd)
{
    makeBody();
    if (m_isRendered) {
        m_isRendered = false;
        refreshKind();
    }
    if (isAtEnd)
        m_editor->moveCursorToEnd();
    else
        m_editor->moveCursorToStart();
    m_editor->setFocus(Qt::OtherFocusReason);
    Q_EMIT activated(m_id);
}

void CellView::choose()
{
    setFocus(Qt::OtherFocusReason);
    Q_EMIT activated(m_id);
}

void CellView::render()
{
    const NotebookCell* own = cell();
    if (!own || own->type != CellType::Markdown)
        return;
    // A hidden editor would throw its focus anywhere.
    if (hasBody() && m_editor->hasEditorFocus())
        choose();
    m_isRendered = true;
    refreshKind();
}

void CellView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor line = themeColor(m_isCurrent ? ColorRole::Accent : ColorRole::Line, palette());
    painter.setPen(QPen(line, 1));
    painter.setBrush(themeColor(ColorRole::Base, palette()));
    painter.drawRoundedRect(frame, radius, radius);
    if (!m_isCurrent)
        return;
    painter.setClipRect(QRect(0, 0, barWidth, height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(line);
    painter.drawRoundedRect(rect(), radius, radius);
}

void CellView::keyPressEvent(QKeyEvent* event)
{
    const CommandKeys::Answer answer = m_keys.take(*event);
    if (answer.command)
        Q_EMIT commandGiven(m_id, *answer.command);
    if (!answer.isUsed)
        QWidget::keyPressEvent(event);
}

void CellView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    Q_EMIT activated(m_id);
}

void CellView::mousePressEvent(QMouseEvent* event)
{
    QWidget::mousePressEvent(event);
    setFocus(Qt::MouseFocusReason);
}

void CellView::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    updateTools();
}

void CellView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    updateTools();
}

} // namespace kindling
