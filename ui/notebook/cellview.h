// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/statementrunner.h"
#include "app/notebook/notebookdocument.h"
#include "ui/notebook/cellcommand.h"

#include <QWidget>

#include <optional>

namespace kindling {

class CellHeader;
class CodeEditor;
class MarkdownView;
class OutputView;

/// One cell of a notebook on the screen. Shows what the document has; sends it what a person types and chooses. Its
/// widgets are made when it comes near the window, or is to be typed in; until then it is about as high as with them.
class CellView final : public QWidget {
    Q_OBJECT
public:
    CellView(NotebookDocument* document, CellId id, QWidget* parent = nullptr);

    [[nodiscard]] const CellId& id() const { return m_id; }
    void makeBody();
    [[nodiscard]] bool hasBody() const { return m_header != nullptr; }
    void refreshSource();
    void refreshKind();
    void refreshOutputs();
    void showRun(const Run& run);
    /// Its place in the notebook, from 1, for screen readers.
    void setPlace(int place);

    [[nodiscard]] bool isCurrent() const { return m_isCurrent; }
    void setCurrent(bool isCurrent);
    /// Begins to type; Markdown shows its source.
    void edit(bool isAtEnd = true);
    /// Command mode: the cell has the focus, not its text.
    void choose();
    /// Markdown is shown readable.
    void render();
    /// nullptr = there is no body yet
    [[nodiscard]] CodeEditor* editor() const { return m_editor; }
    [[nodiscard]] QSize sizeHint() const override;
    /// The height of its header, for cells that have none yet.
    [[nodiscard]] int headerHeight() const;
    void setHeaderHeight(int height);

Q_SIGNALS:
    void commandGiven(const kindling::CellId& id, kindling::CellCommand command);
    void interruptRequested(const kindling::CellId& id);
    /// What its run gave is too large to be shown.
    void savingRequested(const kindling::CellId& id);
    /// It got the focus, itself or something in it.
    void activated(const kindling::CellId& id);
    void cursorMoved(const kindling::CellId& id);
    void tabStopsChanged(const kindling::CellId& id);
    /// The cursor left the text upwards or downwards.
    void cursorLeft(const kindling::CellId& id, bool isUp);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void connectEditor();
    void connectHeader();
    void showPlace();
    void updateTools();
    /// Its height is another one now, by the estimate.
    void estimateAgain();
    [[nodiscard]] const NotebookCell* cell() const;

    NotebookDocument* m_document;
    CellId m_id;
    CellHeader* m_header = nullptr;
    CodeEditor* m_editor = nullptr;
    MarkdownView* m_markdown = nullptr;
    OutputView* m_output = nullptr;
    std::optional<Run> m_run; ///< to be shown by a body that is not there yet
    mutable int m_estimate = -1;
    int m_headerHeight = 30; ///< until one is known
    int m_place = 1;
    CommandKeys m_keys;
    bool m_isCurrent = false;
    bool m_isRendered = false;
};

} // namespace kindling
