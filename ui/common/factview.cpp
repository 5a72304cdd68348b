// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/factview.h"

#include "ui/common/linkbutton.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/wrappedtext.h"

#include <QLabel>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestValue = 2000;
constexpr qsizetype longestLink = 200;
constexpr qsizetype longWord = 48;

/// Has it words that a label would make the page wide for?
bool isLong(const PageFact& fact)
{
    qsizetype length = 0;
    for (const QChar c : fact.revealed.isEmpty() ? fact.value : fact.revealed) {
        length = c.isSpace() ? 0 : length + 1;
        if (length > longWord)
            return true;
    }
    return false;
}
}

bool isAlike(const PageFact& fact, const PageFact& other)
{
    return fact.label == other.label && fact.link.isEmpty() == other.link.isEmpty()
        && fact.revealed.isEmpty() == other.revealed.isEmpty() && isLong(fact) == isLong(other);
}

FactView::FactView(const PageFact& fact, QWidget* parent)
    : QWidget(parent)
    , m_fact(fact)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    if (fact.link.isEmpty() && isLong(fact))
        addLongText();
    else if (fact.link.isEmpty())
        addText();
    else
        addLink();
    if (!fact.revealed.isEmpty())
        addReveal();
    showFact();
}

void FactView::addText()
{
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setWordWrap(true);
    layout()->addWidget(m_text);
}

void FactView::addLongText()
{
    m_longText = new WrappedText(this);
    layout()->addWidget(m_longText);
}

void FactView::addLink()
{
    m_link = new LinkButton(QString(), this);
    m_link->setObjectName("link"_L1);
    m_link->setAccessibleName(m_fact.label);
    connect(m_link, &LinkButton::clicked, this, [this] { Q_EMIT linkActivated(m_fact.link); });
    layout()->addWidget(m_link);
    layout()->setAlignment(m_link, Qt::AlignLeft | Qt::AlignVCenter);
}

void FactView::addReveal()
{
    m_reveal = new LinkButton(QString(), this);
    m_reveal->setObjectName("reveal"_L1);
    connect(m_reveal, &LinkButton::clicked, this, [this] {
        m_isRevealed = !m_isRevealed;
        showFact();
    });
    layout()->addWidget(m_reveal);
    layout()->setAlignment(m_reveal, Qt::AlignLeft | Qt::AlignVCenter);
}

void FactView::setFact(const PageFact& fact)
{
    if (fact == m_fact)
        return;
    m_fact = fact;
    showFact();
}

void FactView::showFact()
{
    if (m_link) {
        m_link->setText(m_fact.value.left(longestLink).simplified());
        m_link->setToolTip(plainToolTip(m_fact.link.toString()));
    }
    const QString value = (m_isRevealed ? m_fact.revealed : m_fact.value).left(longestValue);
    if (m_text) {
        m_text->setText(value);
        m_text->setToolTip(plainToolTip(m_fact.toolTip));
    }
    if (m_longText)
        m_longText->setText(value);
    if (m_reveal) {
        m_reveal->setText(m_isRevealed ? tr("Hide secret values") : tr("Show secret values"));
        m_reveal->setAccessibleName(m_reveal->text());
    }
}

} // namespace kindling
