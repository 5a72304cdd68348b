// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellcolumn.h"

#include "ui/common/icons.h"
#include "ui/editor/codeeditor.h"
#include "ui/notebook/cellview.h"
#include "ui/notebook/tabstops.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr int sideMargin = 16;
constexpr int gap = 10;
}

CellColumn::CellColumn(NotebookDocument* document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_column(new QVBoxLayout(this))
    , m_tabHead(new QWidget(this))
    , m_strip(new QWidget(this))
{
    setObjectName(u"cellColumn"_s);
    m_column->setContentsMargins(sideMargin, 12, sideMargin, 24);
    m_column->setSpacing(gap);
    // Qt chains only what can have the focus.
    m_tabHead->setFocusPolicy(Qt::TabFocus);
    m_tabHead->hide();
    setUpStrip();
    m_column->addWidget(m_strip);
    m_column->addStretch(1);
    const auto each = [this](void (CellView::*act)()) {
        return [this, act](const CellId& id) {
            if (CellView* cell = view(id))
                (cell->*act)();
        };
    };
    connect(document, &NotebookDocument::wasReset, this, &CellColumn::rebuild);
    connect(document, &NotebookDocument::cellInserted, this, [this](int index) {
        insertView(index);
        updatePlaces();
        chainStops(m_document->cellAt(index).id);
    });
    connect(document, &NotebookDocument::cellRemoved, this, &CellColumn::removeView);
    connect(document, &NotebookDocument::cellMoved, this, [this](int, int to) {
        CellView* moved = view(m_document->cellAt(to).id);
        m_column->removeWidget(moved);
        m_column->insertWidget(to, moved);
        updatePlaces();
        chainStops(moved->id());
    });
    connect(document, &NotebookDocument::sourceChanged, this, each(&CellView::refreshSource));
    connect(document, &NotebookDocument::kindChanged, this, each(&CellView::refreshKind));
    connect(document, &NotebookDocument::outputsChanged, this, each(&CellView::refreshOutputs));
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) { followFocus(now); });
    rebuild();
}

void CellColumn::setUpStrip()
{
    m_strip->setObjectName(u"addStrip"_s);
    auto* row = new QHBoxLayout(m_strip);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    const auto add = [this, row](const QString& text, const QString& name, CellType type) {
        auto* button = new QPushButton(themedIcon(u"list-add"_s), text, m_strip);
        button->setObjectName(name);
        button->setAccessibleName(text);
        button->setFlat(true);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, type] { addCell(type); });
    };
    add(tr("Code"), u"addCode"_s, CellType::Code);
    add(tr("Markdown"), u"addMarkdown"_s, CellType::Markdown);
    row->addStretch(1);
}

void CellColumn::rebuild()
{
    setUpdatesEnabled(false);
    for (CellView* view : std::as_const(m_views)) {
        m_column->removeWidget(view);
        view->hide();
        view->deleteLater();
    }
    m_views.clear();
    m_current.clear();
    for (int index = 0; index < m_document->cellCount(); ++index)
        insertView(index);
    updatePlaces();
    for (const NotebookCell& cell : m_document->cells())
        chainStops(cell.id);
    if (m_document->cellCount() > 0)
        setCurrent(m_document->cellAt(0).id);
    setUpdatesEnabled(true);
}

void CellColumn::insertView(int index)
{
    const CellId id = m_document->cellAt(index).id;
    auto* cell = new CellView(m_document, id, this);
    m_views.insert(id, cell);
    m_column->insertWidget(index, cell);
    cell->setHeaderHeight(m_headerHeight);
    // A layout gives no room to what is to be shown later.
    cell->show();
    connect(cell, &CellView::commandGiven, this, &CellColumn::perform);
    connect(cell, &CellView::interruptRequested, this, &CellColumn::interruptRequested);
    connect(cell, &CellView::savingRequested, this, &CellColumn::savingRequested);
    connect(cell, &CellView::activated, this, &CellColumn::setCurrent);
    connect(cell, &CellView::tabStopsChanged, this, &CellColumn::chainStops);
    connect(cell, &CellView::cursorMoved, this, &CellColumn::revealCursor);
    connect(cell, &CellView::cursorLeft, this, [this](const CellId& from, bool isUp) { step(from, isUp ? -1 : 1, true); });
}

CellView* CellColumn::firstWithin(int top, int bottom) const
{
    CellView* first = nullptr;
    for (const NotebookCell& cell : m_document->cells()) {
        CellView* candidate = view(cell.id);
        if (!candidate || candidate->geometry().bottom() < top)
            continue;
        if (candidate->y() > bottom)
            break;
        if (candidate->hasBody())
            return candidate;
        first = first ? first : candidate;
    }
    return first;
}

bool CellColumn::makeBodies(const QRect& rect, int most)
{
    int made = 0;
    for (const NotebookCell& cell : m_document->cells()) {
        CellView* candidate = view(cell.id);
        if (candidate && candidate->y() > rect.bottom())
            break;
        if (!candidate || candidate->hasBody() || !candidate->geometry().intersects(rect))
            continue;
        candidate->makeBody();
        m_headerHeight = candidate->headerHeight();
        if (++made == most)
            break;
    }
    for (CellView* other : std::as_const(m_views))
        other->setHeaderHeight(m_headerHeight);
    return made > 0;
}

void CellColumn::placeNow()
{
    m_column->activate();
    // Whoever scrolls this waits for the event to take over the new height.
    QEvent request(QEvent::LayoutRequest);
    QCoreApplication::sendEvent(this, &request);
}

void CellColumn::removeView(int index, const CellId& id)
{
    CellView* gone = m_views.take(id);
    if (!gone)
        return;
    const bool hadFocus = gone->isAncestorOf(focusWidget()) || gone->hasFocus();
    m_column->removeWidget(gone);
    gone->hide();
    gone->deleteLater();
    updatePlaces();
    if (id != m_current)
        return;
    m_current.clear();
    if (m_document->cellCount() == 0)
        return;
    setCurrent(m_document->cellAt(qMin(index, m_document->cellCount() - 1)).id);
    if (hadFocus)
        view(m_current)->choose();
}

void CellColumn::updatePlaces()
{
    for (int index = 0; index < m_document->cellCount(); ++index) {
        if (CellView* cell = view(m_document->cellAt(index).id))
            cell->setPlace(index + 1);
    }
}

// Tab goes through a cell before it goes to the next.
void CellColumn::chainStops(const CellId& id)
{
    const int index = m_document->indexOf(id);
    CellView* cell = view(id);
    CellView* above = index > 0 ? view(m_document->cellAt(index - 1).id) : nullptr;
    if (cell)
        chainTabStops(above ? *tabStopsOf(*above).constLast() : *m_tabHead, tabStopsOf(*cell));
}

void CellColumn::followFocus(const QWidget* now)
{
    while (now && now->parentWidget() != this)
        now = now->parentWidget();
    if (const auto* cell = qobject_cast<const CellView*>(now))
        setCurrent(cell->id());
}

void CellColumn::setCurrent(const CellId& id)
{
    if (m_current == id)
        return;
    if (CellView* before = view(m_current))
        before->setCurrent(false);
    m_current = id;
    if (CellView* now = view(id))
        now->setCurrent(true);
}

Kind CellColumn::kindFor(int index) const
{
    for (int i = qMin(index, m_document->cellCount() - 1); i >= 0; --i)
        if (m_document->cellAt(i).type == CellType::Code)
            return m_document->cellAt(i).kind;
    return Kind::PySpark;
}

void CellColumn::addCell(CellType type)
{
    const int index = m_document->cellCount();
    const CellId id = m_document->insertCell(index, type, kindFor(index));
    setCurrent(id);
    CellView* fresh = view(id);
    if (!fresh)
        return;
    fresh->makeBody();
    placeNow();
    fresh->edit();
    Q_EMIT revealRequested(fresh->geometry());
}

void CellColumn::insertBeside(const CellId& id, int offset, bool isEditing)
{
    const int index = m_document->indexOf(id);
    CellView* fresh = view(m_document->insertCell(index + offset, CellType::Code, kindFor(index)));
    if (!fresh)
        return;
    setCurrent(fresh->id());
    fresh->makeBody();
    placeNow();
    if (isEditing)
        fresh->edit();
    else
        fresh->choose();
    Q_EMIT revealRequested(fresh->geometry());
}

void CellColumn::step(const CellId& from, int by, bool isEditing)
{
    const int index = m_document->indexOf(from) + by;
    if (index < 0 || index >= m_document->cellCount())
        return;
    CellView* next = view(m_document->cellAt(index).id);
    setCurrent(next->id());
    next->makeBody();
    placeNow();
    if (isEditing)
        next->edit(by < 0);
    else
        next->choose();
    Q_EMIT revealRequested(next->geometry());
}

void CellColumn::runAndGo(const CellId& id, CellCommand command)
{
    const bool isLast = m_document->indexOf(id) == m_document->cellCount() - 1;
    if (CellView* cell = view(id))
        cell->render();
    Q_EMIT runRequested(id);
    if (command == CellCommand::Run)
        return view(id) ? view(id)->choose() : void();
    if (command == CellCommand::RunAndInsert || isLast)
        return insertBeside(id, 1, true);
    step(id, 1, false);
}

void CellColumn::convert(const CellId& id, CellType type)
{
    const int index = m_document->indexOf(id);
    m_document->setKind(id, type, m_document->cellAt(index).kind == Kind::Unknown ? kindFor(index) : m_document->cellAt(index).kind);
}

void CellColumn::perform(const CellId& id, CellCommand command)
{
    const int index = m_document->indexOf(id);
    if (index < 0)
        return;
    setCurrent(id);
    switch (command) {
    case CellCommand::Run:
    case CellCommand::RunAndNext:
    case CellCommand::RunAndInsert: return runAndGo(id, command);
    case CellCommand::Edit: return view(id)->edit();
    case CellCommand::LeaveEdit: return view(id)->choose();
    case CellCommand::Previous: return step(id, -1, false);
    case CellCommand::Next: return step(id, 1, false);
    case CellCommand::InsertAbove: return insertBeside(id, 0, false);
    case CellCommand::InsertBelow: return insertBeside(id, 1, false);
    case CellCommand::Remove: return m_document->removeCell(id);
    case CellCommand::ToMarkdown: return convert(id, CellType::Markdown);
    case CellCommand::ToCode: return convert(id, CellType::Code);
    case CellCommand::MoveUp: return m_document->moveCell(id, qMax(0, index - 1));
    case CellCommand::MoveDown: return m_document->moveCell(id, qMin(m_document->cellCount() - 1, index + 1));
    case CellCommand::Undo: return m_document->undoStack()->undo();
    }
}

void CellColumn::revealCursor(const CellId& id)
{
    if (const CellView* cell = view(id))
        Q_EMIT revealRequested(QRect(cell->editor()->mapTo(this, cell->editor()->cursorRect().topLeft()), cell->editor()->cursorRect().size()));
}

} // namespace kindling
