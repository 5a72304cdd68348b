// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/codelanguage.h"

#include <QPalette>

#include <memory>

class QFont;
class QsciScintilla;

namespace kindling {

/// Colours one editor's text: language by KSyntaxHighlighting, colours by the theme. Lives no longer than the editor.
class EditorColors final {
public:
    explicit EditorColors(QsciScintilla* editor);
    EditorColors(const EditorColors&) = delete;
    EditorColors& operator=(const EditorColors&) = delete;
    ~EditorColors();

    void setLanguage(CodeLanguage language);
    [[nodiscard]] CodeLanguage language() const;
    /// Also the caret, the selection and the braces.
    void setLook(const QPalette& palette, const QFont& font);

private:
    class Lexer;
    std::unique_ptr<Lexer> m_lexer;
};

} // namespace kindling
