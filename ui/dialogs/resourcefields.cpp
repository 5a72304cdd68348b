// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/resourcefields.h"

#include "ui/dialogs/formpage.h"
#include "ui/dialogs/requestrules.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace kindling {

using namespace Qt::StringLiterals;

ResourceFields::ResourceFields(QWidget* parent)
    : QWidget(parent)
    , m_driverMemory(lineField(u"driverMemory"_s, tr("For example 4g")))
    , m_driverCores(countField(u"driverCores"_s))
    , m_executorMemory(lineField(u"executorMemory"_s, tr("For example 4g")))
    , m_executorCores(countField(u"executorCores"_s))
    , m_numExecutors(countField(u"numExecutors"_s))
    , m_queue(lineField(u"queue"_s, tr("The server's default")))
{
    auto* form = makeForm(this);
    for (QWidget* field : std::initializer_list<QWidget*>{ m_driverMemory, m_driverCores, m_executorMemory, m_executorCores, m_numExecutors, m_queue })
        form->addRow(fieldLabel(field->objectName()), field);
}

QLineEdit* ResourceFields::lineField(const QString& name, const QString& hint)
{
    auto* field = makeLineField(name, hint, this);
    connect(field, &QLineEdit::textChanged, this, &ResourceFields::changed);
    return field;
}

QSpinBox* ResourceFields::countField(const QString& name)
{
    auto* field = new QSpinBox(this);
    field->setObjectName(name);
    field->setAccessibleName(fieldLabel(name));
    field->setRange(0, 100000);
    field->setSpecialValueText(tr("default", "number of cores or executors: the server decides"));
    connect(field, &QSpinBox::valueChanged, this, &ResourceFields::changed);
    return field;
}

QString ResourceFields::memory(const QLineEdit* field)
{
    return field->text().simplified().remove(u' ').toLower();
}

std::optional<int> ResourceFields::count(const QSpinBox* field)
{
    return field->value() > 0 ? std::optional(field->value()) : std::nullopt;
}

QString ResourceFields::queue() const
{
    return m_queue->text().trimmed();
}

void ResourceFields::setMemory(const QString& driver, const QString& executor)
{
    m_driverMemory->setText(driver);
    m_executorMemory->setText(executor);
}

void ResourceFields::setCounts(std::optional<int> driver, std::optional<int> executor, std::optional<int> executors)
{
    m_driverCores->setValue(driver.value_or(0));
    m_executorCores->setValue(executor.value_or(0));
    m_numExecutors->setValue(executors.value_or(0));
}

void ResourceFields::setQueue(const QString& queue)
{
    m_queue->setText(queue);
}

} // namespace kindling
