// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/statementrunner.h"
#include "app/notebook/notebookdocument.h"
#include "ui/notebook/cellcommand.h"

#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace kindling {

class CellView;

/// All cells of a notebook, one below the other; knows which is the current one and carries out what is asked of it.
class CellColumn final : public QWidget {
    Q_OBJECT
public:
    explicit CellColumn(NotebookDocument* document, QWidget* parent = nullptr);

    /// nullptr = no such cell
    [[nodiscard]] CellView* view(const CellId& id) const { return m_views.value(id); }
    [[nodiscard]] int cellCount() const { return m_document->cellCount(); }
    /// The first cell that reaches into the lines from `top` to `bottom`, rather one that has its widgets; nullptr = none.
    [[nodiscard]] CellView* firstWithin(int top, int bottom) const;
    /// Lets at most `most` cells within `rect` make their widgets. false = all of them have some.
    bool makeBodies(const QRect& rect, int most);
    /// Lays the cells out at once.
    void placeNow();
    /// Empty = there is no cell.
    [[nodiscard]] const CellId& currentId() const { return m_current; }
    void setCurrent(const CellId& id);
    void perform(const CellId& id, CellCommand command);
    void addCell(CellType type);

Q_SIGNALS:
    void runRequested(const kindling::CellId& id);
    void interruptRequested(const kindling::CellId& id);
    void savingRequested(const kindling::CellId& id);
    /// Something in this rectangle (own coordinates) is to be scrolled into view.
    void revealRequested(const QRect& rect);

private:
    void rebuild();
    void insertView(int index);
    void removeView(int index, const CellId& id);
    void updatePlaces();
    void chainStops(const CellId& id);
    void followFocus(const QWidget* now);
    void setUpStrip();
    void step(const CellId& from, int by, bool isEditing);
    void insertBeside(const CellId& id, int offset, bool isEditing);
    void runAndGo(const CellId& id, CellCommand command);
    void convert(const CellId& id, CellType type);
    void revealCursor(const CellId& id);
    [[nodiscard]] Kind kindFor(int index) const;

    NotebookDocument* m_document;
    QVBoxLayout* m_column;
    QWidget* m_tabHead; ///< never shown; the first cell stands behind it in the tab order
    QWidget* m_strip;
    QHash<CellId, CellView*> m_views;
    CellId m_current;
    int m_headerHeight = 30; ///< of the cells; this until one has its widgets
};

} // namespace kindling
