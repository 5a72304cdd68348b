// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/emptystate.h"

#include "ui/common/elidedlabel.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace kindling {

EmptyState::EmptyState(const QString& title, const QString& text, const QString& buttonText, QWidget* parent)
    : QWidget(parent)
    , m_title(new RoleLabel({}, ColorRole::Text, this))
    , m_text(new RoleLabel({}, ColorRole::Secondary, this))
    , m_button(new QPushButton(this))
    , m_progress(new QProgressBar(this))
{
    m_title->setObjectName(u"emptyTitle"_s);
    m_text->setObjectName(u"emptyText"_s);
    m_button->setObjectName(u"emptyButton"_s);
    m_progress->setObjectName(u"emptyProgress"_s);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : { m_title, m_text }) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setMinimumWidth(120);
    }
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(160, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(4);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
    setContent(title, text, buttonText);
    setLoading(false);
}

void EmptyState::setContent(const QString& title, const QString& text, const QString& buttonText)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(buttonText);
    m_button->setAccessibleName(buttonText);
    m_hasButton = !buttonText.isEmpty();
    m_button->setVisible(m_hasButton && m_progress->isHidden());
}

void EmptyState::setLoading(bool isLoading)
{
    m_progress->setVisible(isLoading);
    m_button->setVisible(m_hasButton && !isLoading);
}

} // namespace kindling
