// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/codelanguage.h"

#include <QWidget>

#include <functional>
#include <memory>

class QKeyEvent;

namespace kindling {

/// A piece of code to be typed, coloured by its language. As high as its text; never scrolls up and down itself.
class CodeEditor final : public QWidget {
    Q_OBJECT
public:
    explicit CodeEditor(QWidget* parent = nullptr);
    ~CodeEditor() override;

    /// Replaces the text if it differs; keeps the cursor where that is possible. Emits nothing; typing undo starts afresh.
    void setText(const QString& text);
    [[nodiscard]] QString text() const;
    void setLanguage(CodeLanguage language);
    [[nodiscard]] CodeLanguage language() const;
    void setReadOnly(bool isReadOnly);
    [[nodiscard]] bool isReadOnly() const;
    /// Pixels that show every line.
    [[nodiscard]] int contentHeight() const;
    void setLabel(const QString& accessibleName);
    /// Sees every key before the editor; true = it is used up.
    void setKeyFilter(std::function<bool(QKeyEvent*)> filter);
    void moveCursorToStart();
    void moveCursorToEnd();
    /// Line and column of the cursor, from 0.
    [[nodiscard]] std::pair<int, int> cursor() const;
    /// Where the cursor is drawn, in coordinates of this widget.
    [[nodiscard]] QRect cursorRect() const;
    [[nodiscard]] bool hasEditorFocus() const;
    /// The colour of the character at a UTF-16 offset, as painted.
    [[nodiscard]] QColor colorAt(int offset) const;

Q_SIGNALS:
    /// A person changed the text.
    void textEdited();
    void focusGained();
    void focusLost();
    void cursorMoved();
    /// Up was pressed in the first line, Down in the last.
    void cursorLeftTop();
    void cursorLeftBottom();
    void contentHeightChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace kindling
