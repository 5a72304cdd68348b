// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/formpage.h"

#include "ui/common/flatstyle.h"
#include "ui/common/theme.h"
#include "ui/dialogs/requestrules.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace kindling {

QFormLayout* makeForm(QWidget* page)
{
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 12, 0, 12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(12);
    return form;
}

QLineEdit* makeLineField(const QString& name, const QString& hint, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    field->setObjectName(name);
    field->setAccessibleName(fieldLabel(name));
    field->setPlaceholderText(hint);
    return field;
}

QPlainTextEdit* makeTextField(const QString& name, QWidget* parent)
{
    auto* field = new QPlainTextEdit(parent);
    field->setObjectName(name);
    field->setAccessibleName(fieldLabel(name));
    field->setFont(codeFont());
    field->setTabChangesFocus(true);
    field->document()->setDocumentMargin(fieldPadding - 1);
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    field->setMinimumHeight(field->fontMetrics().lineSpacing() * 2 + 20);
    return field;
}

} // namespace kindling
