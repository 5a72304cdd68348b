// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "ui/common/theme.h"
#include "ui/editor/editorcolors.h"

#include <QEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <Qsci/qsciscintilla.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr int sideMargin = 12;
constexpr int endMargin = 8;

/// Scintilla with hooks in place of the events that a notebook wants to see.
class Surface final : public QsciScintilla {
public:
    using QsciScintilla::QsciScintilla;

    std::function<bool(QKeyEvent*)> keyFilter;
    std::function<void(bool)> onFocus;
    std::function<void(bool)> onLeave; ///< true: at the top

protected:
    bool event(QEvent* event) override
    {
        // Without this, a shortcut of the window would take a key that the filter knows.
        if (event->type() == QEvent::ShortcutOverride && keyFilter) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_Escape) {
                event->accept();
                return true;
            }
        }
        return QsciScintilla::event(event);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (keyFilter && keyFilter(event))
            return;
        int line = 0;
        int column = 0;
        getCursorPosition(&line, &column);
        const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && event->key() == Qt::Key_Up && line == 0 && onLeave)
            return onLeave(true);
        if (isPlain && event->key() == Qt::Key_Down && line == lines() - 1 && onLeave)
            return onLeave(false);
        QsciScintilla::keyPressEvent(event);
    }
    void focusInEvent(QFocusEvent* event) override
    {
        QsciScintilla::focusInEvent(event);
        if (onFocus)
            onFocus(true);
    }
    void focusOutEvent(QFocusEvent* event) override
    {
        QsciScintilla::focusOutEvent(event);
        if (onFocus)
            onFocus(false);
    }
    void wheelEvent(QWheelEvent* event) override
    {
        const bool isSideways = qAbs(event->angleDelta().x()) > qAbs(event->angleDelta().y());
        if (isSideways && event->modifiers() == Qt::NoModifier)
            QsciScintilla::wheelEvent(event);
        else
            event->ignore();
    }
};

void setUpSurface(Surface* surface)
{
    surface->setObjectName(u"codeText"_s);
    surface->setFrameShape(QFrame::NoFrame);
    surface->setUtf8(true);
    surface->setEolMode(QsciScintilla::EolUnix);
    surface->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    surface->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    surface->SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTH, 1);
    surface->SendScintilla(QsciScintilla::SCI_SETSCROLLWIDTHTRACKING, 1);
    surface->SendScintilla(QsciScintilla::SCI_SETEXTRAASCENT, 2);
    surface->SendScintilla(QsciScintilla::SCI_SETEXTRADESCENT, 2);
    surface->SendScintilla(QsciScintilla::SCI_SETMARGINLEFT, 0, static_cast<long>(0));
    for (int margin = 0; margin < 5; ++margin)
        surface->setMarginWidth(margin, 0);
    surface->setIndentationsUseTabs(false);
    surface->setTabWidth(4);
    surface->setAutoIndent(true);
    surface->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    surface->setContextMenuPolicy(Qt::DefaultContextMenu);
    // Tab indents here, so that it must not lead in.
    surface->setFocusPolicy(Qt::ClickFocus);
}

}

class CodeEditor::Private {
public:
    explicit Private(CodeEditor* owner)
        : surface(new Surface(owner))
        , colors(surface)
    {
    }
    Surface* surface;
    EditorColors colors;
    bool isSetting = false;
};

CodeEditor::CodeEditor(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    setUpSurface(d->surface);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFocusProxy(d->surface);
    setFocusPolicy(Qt::ClickFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(sideMargin, endMargin, sideMargin, endMargin);
    column->addWidget(d->surface);
    d->colors.setLook(palette(), codeFont());

    d->surface->onFocus = [this](bool hasFocus) {
        if (hasFocus)
            Q_EMIT focusGained();
        else
            Q_EMIT focusLost();
    };
    d->surface->onLeave = [this](bool isTop) {
        if (isTop)
            Q_EMIT cursorLeftTop();
        else
            Q_EMIT cursorLeftBottom();
    };
    const auto grow = [this] {
        if (maximumHeight() == contentHeight())
            return;
        setFixedHeight(contentHeight());
        Q_EMIT contentHeightChanged();
    };
    connect(d->surface, &QsciScintilla::textChanged, this, [this, grow] {
        grow();
        if (!d->isSetting)
            Q_EMIT textEdited();
    });
    connect(d->surface, &QsciScintilla::cursorPositionChanged, this, [this] { Q_EMIT cursorMoved(); });
    connect(d->surface->horizontalScrollBar(), &QScrollBar::rangeChanged, this, grow);
    setFixedHeight(contentHeight());
}

CodeEditor::~CodeEditor()
{
    // The surface says goodbye (focus, cursor) while this object is half gone.
    d->surface->onFocus = {};
    d->surface->onLeave = {};
    d->surface->keyFilter = {};
    d->surface->disconnect(this);
    d->surface->horizontalScrollBar()->disconnect(this);
}

void CodeEditor::setText(const QString& text)
{
    if (this->text() == text)
        return;
    const auto [line, column] = cursor();
    d->isSetting = true;
    d->surface->setText(text);
    d->surface->convertEols(QsciScintilla::EolUnix);
    d->surface->setCursorPosition(qMin(line, d->surface->lines() - 1), column);
    d->isSetting = false;
}

QString CodeEditor::text() const
{
    // The surface's own text() goes byte by byte, which one feels at every key in a long cell.
    const auto* bytes = static_cast<const char*>(d->surface->SendScintillaPtrResult(QsciScintilla::SCI_GETCHARACTERPOINTER));
    return QString::fromUtf8(bytes, d->surface->length());
}

void CodeEditor::setLanguage(CodeLanguage language)
{
    d->colors.setLanguage(language);
}

CodeLanguage CodeEditor::language() const
{
    return d->colors.language();
}

void CodeEditor::setReadOnly(bool isReadOnly)
{
    d->surface->setReadOnly(isReadOnly);
}

bool CodeEditor::isReadOnly() const
{
    return d->surface->isReadOnly();
}

int CodeEditor::contentHeight() const
{
    const QScrollBar* bar = d->surface->horizontalScrollBar();
    const int barHeight = bar->maximum() > bar->minimum() ? bar->sizeHint().height() : 0;
    return d->surface->lines() * d->surface->textHeight(0) + barHeight + 2 * endMargin;
}

void CodeEditor::setLabel(const QString& accessibleName)
{
    setAccessibleName(accessibleName);
    d->surface->setAccessibleName(accessibleName);
}

void CodeEditor::setKeyFilter(std::function<bool(QKeyEvent*)> filter)
{
    d->surface->keyFilter = std::move(filter);
}

void CodeEditor::moveCursorToStart()
{
    d->surface->setCursorPosition(0, 0);
}

void CodeEditor::moveCursorToEnd()
{
    const int last = d->surface->lines() - 1;
    d->surface->setCursorPosition(last, d->surface->lineLength(last));
}

std::pair<int, int> CodeEditor::cursor() const
{
    int line = 0;
    int column = 0;
    d->surface->getCursorPosition(&line, &column);
    return { line, column };
}

QRect CodeEditor::cursorRect() const
{
    const auto position = d->surface->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
    const auto x = d->surface->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0UL, position);
    const int height = d->surface->textHeight(0);
    return { d->surface->x() + static_cast<int>(x), d->surface->y() + cursor().first * height, 2, height };
}

bool CodeEditor::hasEditorFocus() const
{
    return d->surface->hasFocus();
}

QColor CodeEditor::colorAt(int offset) const
{
    const auto position = text().left(offset).toUtf8().size();
    d->surface->SendScintilla(QsciScintilla::SCI_COLOURISE, 0UL, -1L);
    const auto style = d->surface->SendScintilla(QsciScintilla::SCI_GETSTYLEAT, static_cast<unsigned long>(position));
    const auto bgr = d->surface->SendScintilla(QsciScintilla::SCI_STYLEGETFORE, static_cast<unsigned long>(style));
    return QColor(static_cast<int>(bgr & 0xff), static_cast<int>((bgr >> 8) & 0xff), static_cast<int>((bgr >> 16) & 0xff));
}

void CodeEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (d && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)) {
        d->colors.setLook(palette(), codeFont());
        setFixedHeight(contentHeight());
    }
}

} // namespace kindling
