// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/messagebar.h"

#include "ui/common/icons.h"
#include "ui/common/stateglyph.h"
#include "ui/common/wrappedtext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {
constexpr qsizetype shownDetailLength = 600;
constexpr qsizetype shownDetailLines = 4;

constexpr int glyphSide = 14;
constexpr int gap = 8;
constexpr int leastWords = 280; ///< in less room beside it they have the action below

WrappedText* makeText(QWidget* parent, const QString& name)
{
    auto* text = new WrappedText(parent);
    text->setObjectName(name);
    text->setFocusPolicy(Qt::NoFocus);
    text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    return text;
}

/// A ringed i: neither success nor failure.
QPixmap infoGlyph(const QPalette& palette, qreal ratio)
{
    QPixmap pixmap(QSize(glyphSide, glyphSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(themeColor(ColorRole::Active, palette), 1.4));
    painter.drawEllipse(QRectF(1, 1, 12, 12));
    painter.drawLine(QPointF(7, 6.4), QPointF(7, 10));
    painter.drawPoint(QPointF(7, 4));
    return pixmap;
}

QString shortened(const QString& detail)
{
    const QStringList lines = detail.left(shownDetailLength).split(u'\n').mid(0, shownDetailLines);
    const QString text = lines.join(u'\n').trimmed();
    return text.size() < detail.trimmed().size() ? text + u" …"_s : text;
}
}

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent)
    , m_glyph(new QLabel(this))
    , m_text(makeText(this, u"messageText"_s))
    , m_detail(makeText(this, u"messageDetail"_s))
    , m_body(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"messageBar"_s);
    m_close->setObjectName(u"messageClose"_s);
    m_close->setAutoRaise(true);
    m_close->setIcon(themedIcon(u"window-close-symbolic"_s));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    setupRow();
    m_detail->setFont(secondaryFont(font()));
    m_action->setObjectName(u"messageAction"_s);
    m_action->hide();
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        // It may show another message, which takes it away.
        if (const auto act = m_act)
            act();
    });
    hide();
}

void MessageBar::setupRow()
{
    // The first line stands at the height of the buttons' words.
    const int height = m_close->sizeHint().height();
    auto* words = new QVBoxLayout;
    words->setContentsMargins(0, qMax(0, height - fontMetrics().height()) / 2, 0, 0);
    words->setSpacing(2);
    words->addWidget(m_text);
    words->addWidget(m_detail);
    m_body->setSpacing(gap);
    m_body->addLayout(words); // a stretch would be one downwards too, and the bar take room of its pane's
    m_body->addWidget(m_action, 0, Qt::AlignTop | Qt::AlignLeft);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 7);
    row->setSpacing(gap);
    m_glyph->setContentsMargins(0, (height - glyphSide) / 2, 0, 0);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addLayout(m_body, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
}

void MessageBar::fitAction()
{
    const QMargins margins = layout()->contentsMargins();
    const int fixed = margins.left() + margins.right() + glyphSide + m_close->sizeHint().width() + 2 * gap;
    const int beside = width() - fixed - m_action->sizeHint().width() - gap;
    const bool isWide = beside >= qMin(leastWords, qMax(m_text->longestLine(), m_detail->longestLine()));
    m_body->setDirection(isWide || m_action->isHidden() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

bool MessageBar::event(QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fitAction();
    return QWidget::event(event);
}

void MessageBar::showProblem(const QString& text, const QString& detail)
{
    showMessage(true, text, detail);
}

void MessageBar::showInfo(const QString& text, const QString& detail)
{
    showMessage(false, text, detail);
}

void MessageBar::showMessage(bool isProblem, const QString& text, const QString& detail)
{
    m_isProblem = isProblem;
    setAction({}, {});
    m_text->setText(shortened(text));
    m_detail->setText(shortened(detail));
    m_detail->setToolTip(detail.size() > shownDetailLength ? u"<pre>"_s + detail.left(20'000).toHtmlEscaped() + u"</pre>"_s : QString());
    m_detail->setVisible(!detail.trimmed().isEmpty());
    setAccessibleName(text);
    updateColors();
    show();
}

void MessageBar::setAction(const QString& label, std::function<void()> act)
{
    m_act = std::move(act);
    m_action->setText(label);
    m_action->setAccessibleName(label);
    m_action->setVisible(!label.isEmpty());
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::dismiss()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT dismissed();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Alternate, palette()));
    painter.fillRect(QRect(0, 0, 3, height()), themeColor(m_isProblem ? ColorRole::Bad : ColorRole::Accent, palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorRole::Line, palette()));
}

void MessageBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColors();
}

void MessageBar::updateColors()
{
    m_glyph->setPixmap(m_isProblem ? stateIcon(StateRole::Bad, palette()).pixmap(QSize(glyphSide, glyphSide), devicePixelRatioF())
                                   : infoGlyph(palette(), devicePixelRatioF()));
}

} // namespace kindling
