// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/requestdialog.h"

#include "ui/common/elidedlabel.h"
#include "ui/dialogs/resourcefields.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

RequestDialog::RequestDialog(const QString& acceptLabel, JsonCheck check, QWidget* parent)
    : QDialog(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 12);
    column->setSpacing(12);
    m_fields = new QWidget(this);
    auto* fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(8);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setVerticalSpacing(8);
    m_form->setHorizontalSpacing(12);
    fields->addLayout(m_form);
    setupMore();
    fields->addWidget(m_more, 0, Qt::AlignLeft);
    fields->addWidget(m_resources);
    column->addWidget(m_fields);

    m_preview = new RequestPreview(std::move(check), this);
    m_preview->setObjectName("requestPreview"_L1);
    connect(m_preview, &RequestPreview::changed, this, &RequestDialog::updateState);
    column->addWidget(m_preview, 1);

    m_problem = new RoleLabel(QString(), ColorRole::Bad, this);
    m_problem->setObjectName("problem"_L1);
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing());
    column->addWidget(m_problem);
    setupButtons(acceptLabel);
    resize(560, 0);
}

void RequestDialog::addRow(const QString& label, QWidget* field)
{
    auto* name = new QLabel(label, m_fields);
    name->setBuddy(field);
    name->setMinimumWidth(m_resources->labelWidth());
    m_form->addRow(name, field);
}

void RequestDialog::setupMore()
{
    m_more = new QToolButton(m_fields);
    m_more->setObjectName("more"_L1);
    m_more->setText(tr("&More"));
    m_more->setAccessibleName(tr("More"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_resources = new ResourceFields(m_fields);
    m_resources->setObjectName("resources"_L1);
    connect(m_resources, &ResourceFields::changed, this, &RequestDialog::updateState);
    connect(m_more, &QToolButton::toggled, this, &RequestDialog::setMoreOpen);
    setMoreOpen(false);
}

void RequestDialog::setMoreOpen(bool isOpen)
{
    m_more->setChecked(isOpen);
    m_more->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_resources->setVisible(isOpen);
}

void RequestDialog::setupButtons(const QString& acceptLabel)
{
    auto* buttons = new QDialogButtonBox(this);
    m_accept = buttons->addButton(acceptLabel, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName("okButton"_L1);
    m_accept->setAccessibleName(QString(acceptLabel).remove(u'&'));
    m_accept->setDefault(true);
    makePrimary(m_accept);
    auto* cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName("cancelButton"_L1);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

void RequestDialog::updateState()
{
    m_preview->setPreview(formJson());
    m_fields->setEnabled(!isRaw());
    const QString problem = isRaw() ? m_preview->problem() : formProblem();
    m_problem->setText(problem);
    m_accept->setEnabled(problem.isEmpty() && (isRaw() || isComplete()));
}

} // namespace kindling
