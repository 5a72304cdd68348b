// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editorcolors.h"

#include "ui/common/theme.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>
#include <QFont>
#include <QHash>
#include <QVarLengthArray>
#include <Qsci/qscilexercustom.h>
#include <Qsci/qsciscintilla.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace kindling {

namespace {

// Reading the index of all definitions takes longer than making ten editors, so they share it.
KSyntaxHighlighting::Repository& repository()
{
    static KSyntaxHighlighting::Repository shared;
    return shared;
}

/// How a piece of text looks; equal looks share a style number, because Scintilla has few.
struct Look {
    ColorRole color = ColorRole::Text;
    bool isBold = false;
    bool isItalic = false;

    friend bool operator==(const Look&, const Look&) = default;
};

Look lookOf(KSyntaxHighlighting::Theme::TextStyle style)
{
    using Theme = KSyntaxHighlighting::Theme;
    switch (style) {
    case Theme::Keyword:
    case Theme::ControlFlow:
    case Theme::Import:
    case Theme::Preprocessor: return { .color = ColorRole::AnsiMagenta };
    case Theme::String:
    case Theme::Char:
    case Theme::SpecialChar:
    case Theme::VerbatimString:
    case Theme::SpecialString: return { .color = ColorRole::Good };
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant:
    case Theme::DataType:
    case Theme::BuiltIn:
    case Theme::Attribute: return { .color = ColorRole::Active };
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::RegionMarker: return { .color = ColorRole::Secondary };
    case Theme::Warning:
    case Theme::Alert: return { .color = ColorRole::Waiting, .isBold = true };
    case Theme::Error: return { .color = ColorRole::Bad };
    case Theme::Function:
    case Theme::Variable:
    case Theme::Operator:
    case Theme::Extension:
    case Theme::Information:
    case Theme::Others:
    case Theme::Normal: break;
    }
    return {};
}

constexpr int firstReservedStyle = 32;
constexpr int matchedBrace = 8;
constexpr int unmatchedBrace = 9;

/// Bytes that the first n UTF-16 units of `line` take, for every n.
QVarLengthArray<int, 256> byteOffsets(const QString& line)
{
    QVarLengthArray<int, 256> offsets(line.size() + 1);
    int bytes = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        offsets[i] = bytes;
        const char16_t unit = line.at(i).unicode();
        if (QChar::isHighSurrogate(unit))
            continue;
        if (QChar::isLowSurrogate(unit))
            bytes += 4;
        else
            bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    }
    offsets[line.size()] = bytes;
    return offsets;
}

}

class EditorColors::Lexer final : public QsciLexerCustom, private KSyntaxHighlighting::AbstractHighlighter {
public:
    explicit Lexer(QsciScintilla* target)
        : QsciLexerCustom(nullptr)
        , m_target(target)
    {
        connect(m_target, &QsciScintilla::SCN_MODIFIED, this,
            [this](int position, int kind, const char*, int, int added) { followEdit(position, kind, added); });
    }

    CodeLanguage wanted = CodeLanguage::Plain;
    QPalette palette;
    QFont font;

    /// Takes language, palette and font over.
    void restart()
    {
        setDefinition(repository().definitionForName(definitionName(wanted)));
        m_looks = { Look() };
        m_styleOf.clear();
        m_ends.clear();
        QList<KSyntaxHighlighting::Definition> all = definition().includedDefinitions();
        all.prepend(definition());
        for (const auto& one : std::as_const(all))
            for (const auto& format : one.formats())
                m_styleOf.insert(format.id(), styleFor(format));
        setDefaultFont(font);
        setDefaultPaper(themeColor(ColorRole::Base, palette));
        setDefaultColor(themeColor(ColorRole::Text, palette));
        for (int style = 0; style < static_cast<int>(m_looks.size()); ++style) {
            setColor(defaultColor(style), style);
            setPaper(defaultPaper(style), style);
            setFont(defaultFont(style), style);
        }
        m_target->setLexer(this);
        setLook();
        m_target->recolor();
    }

    [[nodiscard]] const char* language() const override { return "kindling"; }

    void styleText(int start, int end) override
    {
        if (!editor())
            return;
        const auto lines = static_cast<size_t>(m_target->lines());
        if (m_ends.size() != lines)
            m_ends.assign(lines, std::nullopt);
        size_t line = lineAt(start);
        const size_t last = lineAt(end);
        while (line <= last && line < lines) {
            const auto before = m_ends[line];
            styleLine(line);
            const bool isSame = before == m_ends[line];
            ++line;
            // What follows was coloured after this very state.
            while (isSame && line < lines && m_ends[line])
                ++line;
            if (!isSame && line < lines && line > last)
                m_ends[line].reset();
        }
        startStyling(line < lines ? startOf(line) : m_target->length());
    }

    [[nodiscard]] QString description(int style) const override
    {
        return style < static_cast<int>(m_looks.size()) ? QString::number(style) : QString();
    }
    [[nodiscard]] QColor defaultColor(int style) const override { return themeColor(look(style).color, palette); }
    [[nodiscard]] QColor defaultPaper(int) const override { return themeColor(ColorRole::Base, palette); }
    [[nodiscard]] QFont defaultFont(int style) const override
    {
        QFont styled = font;
        styled.setBold(look(style).isBold);
        styled.setItalic(look(style).isItalic);
        return styled;
    }
    using QsciLexer::defaultColor;
    using QsciLexer::defaultFont;
    using QsciLexer::defaultPaper;

private:
    /// setLexer resets these, too.
    void setLook()
    {
        m_target->setCaretForegroundColor(themeColor(ColorRole::Text, palette));
        m_target->setSelectionBackgroundColor(themeColor(ColorRole::Selection, palette));
        m_target->resetSelectionForegroundColor();
        // As marks, not as styles: those would come with a font of their own.
        m_target->indicatorDefine(QsciScintilla::BoxIndicator, matchedBrace);
        m_target->setIndicatorForegroundColor(themeColor(ColorRole::Accent, palette), matchedBrace);
        m_target->setMatchedBraceIndicator(matchedBrace);
        m_target->indicatorDefine(QsciScintilla::BoxIndicator, unmatchedBrace);
        m_target->setIndicatorForegroundColor(themeColor(ColorRole::Bad, palette), unmatchedBrace);
        m_target->setUnmatchedBraceIndicator(unmatchedBrace);
    }
    [[nodiscard]] Look look(int style) const { return m_looks.value(style); }

    int styleFor(const KSyntaxHighlighting::Format& format)
    {
        const Look look = lookOf(format.textStyle());
        const qsizetype known = m_looks.indexOf(look);
        if (known >= 0)
            return static_cast<int>(known);
        if (m_looks.size() >= firstReservedStyle)
            return 0;
        m_looks.append(look);
        return static_cast<int>(m_looks.size()) - 1;
    }

    [[nodiscard]] size_t lineAt(int position) const
    {
        return static_cast<size_t>(m_target->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, position));
    }
    [[nodiscard]] int startOf(size_t line) const
    {
        return static_cast<int>(m_target->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)));
    }

    /// Lines that only moved keep what is known of them, as Scintilla keeps their colours.
    void followEdit(int position, int kind, int added)
    {
        const size_t line = lineAt(position);
        if ((kind & (QsciScintilla::SC_MOD_INSERTTEXT | QsciScintilla::SC_MOD_DELETETEXT)) == 0 || line >= m_ends.size())
            return;
        const auto next = m_ends.begin() + static_cast<std::ptrdiff_t>(line) + 1;
        if (added > 0)
            m_ends.insert(next, static_cast<size_t>(added), std::nullopt);
        else
            m_ends.erase(next, next + std::min<std::ptrdiff_t>(-added, m_ends.end() - next));
        m_ends[line].reset();
    }

    void styleLine(size_t line)
    {
        const int number = static_cast<int>(line);
        QString text = m_target->text(number);
        while (text.endsWith(u'\n') || text.endsWith(u'\r'))
            text.chop(1);
        m_styles.assign(static_cast<size_t>(text.size()), 0);
        const auto before = line > 0 ? m_ends[line - 1] : std::nullopt;
        m_ends[line] = highlightLine(text, before.value_or(KSyntaxHighlighting::State()));
        const auto offsets = byteOffsets(text);
        startStyling(startOf(line));
        for (qsizetype from = 0; from < text.size();) {
            qsizetype to = from;
            const int style = m_styles[static_cast<size_t>(from)];
            while (to < text.size() && m_styles[static_cast<size_t>(to)] == style)
                ++to;
            setStyling(offsets[to] - offsets[from], style);
            from = to;
        }
        const auto whole = static_cast<int>(m_target->SendScintilla(QsciScintilla::SCI_LINELENGTH, number));
        if (whole > offsets[text.size()])
            setStyling(whole - offsets[text.size()], 0);
    }

    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override
    {
        const int style = m_styleOf.value(format.id(), 0);
        for (int i = qMax(0, offset); i < offset + length && static_cast<size_t>(i) < m_styles.size(); ++i)
            m_styles[static_cast<size_t>(i)] = style;
    }

    QsciScintilla* m_target;
    QList<Look> m_looks;
    QHash<int, int> m_styleOf;
    std::vector<std::optional<KSyntaxHighlighting::State>> m_ends; ///< the state after each line; none = to be coloured
    std::vector<int> m_styles; ///< of the line under way, by UTF-16 unit
};

EditorColors::EditorColors(QsciScintilla* editor)
    : m_lexer(std::make_unique<Lexer>(editor))
{
}

EditorColors::~EditorColors() = default;

void EditorColors::setLanguage(CodeLanguage language)
{
    if (m_lexer->wanted == language)
        return;
    m_lexer->wanted = language;
    m_lexer->restart();
}

CodeLanguage EditorColors::language() const
{
    return m_lexer->wanted;
}

void EditorColors::setLook(const QPalette& palette, const QFont& font)
{
    m_lexer->palette = palette;
    m_lexer->font = font;
    m_lexer->restart();
}

} // namespace kindling
