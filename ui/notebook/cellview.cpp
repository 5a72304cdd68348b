// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellview.h"

#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/cellheader.h"
#include "ui/notebook/markdownview.h"
#include "ui/notebook/outputview.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int barWidth = 3;
constexpr int radius = 6;

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
    , m_header(new CellHeader(this))
    , m_editor(new CodeEditor(this))
    , m_markdown(new MarkdownView(this))
    , m_output(new OutputView(this))
{
    setObjectName(u"cell"_s);
    m_editor->setObjectName(u"cellEditor"_s);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(barWidth, 1, 1, 3);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_editor);
    column->addWidget(m_markdown);
    column->addWidget(m_output);
    m_header->setToolsShown(false);
    connectHeader();
    connectEditor();
    connect(m_markdown, &MarkdownView::editRequested, this, [this] { edit(); });
    connect(m_output, &OutputView::contentChanged, this, [this] { Q_EMIT tabStopsChanged(m_id); });
    refreshSource();
    const NotebookCell* own = cell();
    m_isRendered = own && own->type == CellType::Markdown && !own->source.isEmpty();
    refreshKind();
    refreshOutputs();
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
    m_output->showOutputs(own->outputs);
    const bool isError = std::ranges::any_of(own->outputs, [](const Output& output) { return output.status == Output::Status::Error; });
    m_header->showLast(own->run, !own->outputs.isEmpty(), isError);
}

void CellView::showRun(const Run& run)
{
    m_header->showRun(run);
    const bool hasProblem = (run.state == RunState::Failed || run.state == RunState::Lost) && !run.output;
    m_output->showProblem(hasProblem ? errorTitle(run.problem) : QString(), hasProblem ? run.problem.detail : QString());
}

void CellView::setPlace(int place)
{
    setAccessibleName(tr("Cell %1").arg(place));
    m_editor->setLabel(tr("Code of cell %1").arg(place));
}

void CellView::setCurrent(bool isCurrent)
{
    if (m_isCurrent == isCurrent)
        return;
    m_isCurrent = isCurrent;
    m_header->setToolsShown(isCurrent || underMouse());
    update();
}

void CellView::edit(bool isAtEnd)
{
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
    if (m_editor->hasEditorFocus())
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
    m_header->setToolsShown(true);
}

void CellView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_header->setToolsShown(m_isCurrent);
}

} // namespace kindling
