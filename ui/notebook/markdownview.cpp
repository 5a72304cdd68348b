// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/markdownview.h"

#include "ui/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QPainter>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr int sideMargin = 12;
constexpr int endMargin = 8;
constexpr qsizetype longestText = 500'000;

/// Qt reads files itself where this gives nothing, or nothing that it can decode; so it gives a picture of nothing.
class SealedDocument final : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int, const QUrl&) override
    {
        QImage nothing(1, 1, QImage::Format_ARGB32);
        nothing.fill(Qt::transparent);
        return nothing;
    }
};

}

MarkdownView::MarkdownView(QWidget* parent)
    : QWidget(parent)
    , m_document(std::make_unique<SealedDocument>())
{
    setObjectName(u"markdownView"_s);
    m_document->setUndoRedoEnabled(false);
    m_document->setDocumentMargin(0);
}

MarkdownView::~MarkdownView() = default;

void MarkdownView::setMarkdown(const QString& markdown)
{
    m_source = markdown;
    const bool isEmpty = markdown.trimmed().isEmpty();
    m_document->setDefaultFont(font());
    m_document->setMarkdown(isEmpty ? u"*%1*"_s.arg(tr("Empty text. Double-click to write.")) : markdown.left(longestText),
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    setAccessibleName(plainText().left(2000));
    layOut();
}

QString MarkdownView::plainText() const
{
    return m_document->toPlainText();
}

void MarkdownView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.translate(sideMargin, endMargin);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette = palette();
    if (m_source.trimmed().isEmpty())
        context.palette.setColor(QPalette::Text, themeColor(ColorRole::Secondary, palette()));
    m_document->documentLayout()->draw(&painter, context);
}

void MarkdownView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void MarkdownView::mouseDoubleClickEvent(QMouseEvent*)
{
    Q_EMIT editRequested();
}

void MarkdownView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setMarkdown(m_source);
}

void MarkdownView::layOut()
{
    m_document->setTextWidth(qMax(80, width() - 2 * sideMargin));
    const int height = qCeil(m_document->size().height()) + 2 * endMargin;
    if (height != maximumHeight())
        setFixedHeight(height);
    update();
}

} // namespace kindling
