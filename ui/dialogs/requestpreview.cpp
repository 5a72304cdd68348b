// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/requestpreview.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/flatstyle.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

RequestPreview::RequestPreview(JsonCheck check, QWidget* parent)
    : QWidget(parent)
    , m_check(std::move(check))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    m_mark = new RoleLabel(QString(), ColorRole::Secondary, this);
    m_mark->setObjectName("requestMark"_L1);
    m_back = new QToolButton(this);
    m_back->setObjectName("backToForm"_L1);
    m_back->setText(tr("Back to the form"));
    m_back->setAccessibleName(m_back->text());
    m_back->setAutoRaise(true);
    connect(m_back, &QToolButton::clicked, this, [this] {
        const QByteArray written = json();
        setRaw(false);
        Q_EMIT leftRaw(written);
        show(m_preview);
        Q_EMIT changed();
    });
    head->addWidget(m_mark, 1);
    head->addWidget(m_back);
    column->addLayout(head);
    // The line keeps its height when the button comes and goes.
    head->addStrut(m_back->sizeHint().height());
    setupText();
    column->addWidget(m_text, 1);
    // Nor does it get wider then.
    setRaw(true);
    setMinimumWidth(m_mark->sizeHint().width() + head->spacing() + m_back->sizeHint().width());
    setRaw(false);
}

void RequestPreview::setupText()
{
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName("requestJson"_L1);
    m_text->setAccessibleName(tr("Request"));
    m_text->setFont(codeFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(fieldPadding - 1);
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 6 + 16);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RequestPreview::onEdited);
}

void RequestPreview::setPreview(const QByteArray& json)
{
    m_preview = json;
    if (!m_isRaw)
        show(json);
}

QByteArray RequestPreview::json() const
{
    return m_text->toPlainText().toUtf8();
}

QString RequestPreview::problem() const
{
    if (!m_isRaw)
        return {};
    const QByteArray typed = json();
    if (typed.trimmed().isEmpty())
        return tr("The request is empty.");
    return m_check ? m_check(typed) : QString();
}

void RequestPreview::onEdited()
{
    if (m_isShowing)
        return;
    setRaw(true);
    Q_EMIT changed();
}

void RequestPreview::setRaw(bool isRaw)
{
    m_isRaw = isRaw;
    m_mark->setText(isRaw ? tr("Edited by hand: fields not sent") : tr("This will be sent. Edit it for anything else."));
    m_mark->setColorRole(isRaw ? ColorRole::Waiting : ColorRole::Secondary);
    QFont font = this->font();
    font.setBold(isRaw);
    m_mark->setFont(font);
    m_back->setVisible(isRaw);
}

void RequestPreview::show(const QByteArray& json)
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    const QString text = QString::fromUtf8(json);
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
}

} // namespace kindling
