// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/resourcefields.h"

#include "ui/common/theme.h"
#include "ui/dialogs/commandtext.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QHBoxLayout* pair(QWidget* first, const QString& between, QWidget* second)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(first, 1);
    auto* label = new QLabel(between);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(second);
    label->setMinimumWidth(label->fontMetrics().horizontalAdvance(u"queue_"_s));
    row->addWidget(label);
    row->addWidget(second, 1);
    return row;
}
}

ResourceFields::ResourceFields(QWidget* parent)
    : QWidget(parent)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(12);
    setupMemory(form);
    setupRest(form);
}

void ResourceFields::setupMemory(QFormLayout* form)
{
    m_driverMemory = memoryField("driverMemory", tr("Driver memory"));
    m_driverCores = countField("driverCores", tr("Driver cores"));
    m_executorMemory = memoryField("executorMemory", tr("Executor memory"));
    m_executorCores = countField("executorCores", tr("Executor cores"));
    m_numExecutors = countField("numExecutors", tr("Executors"));
    form->addRow(tr("Driver memory"), pair(m_driverMemory, tr("cores"), m_driverCores));
    form->addRow(tr("Executor memory"), pair(m_executorMemory, tr("cores"), m_executorCores));
}

void ResourceFields::setupRest(QFormLayout* form)
{
    m_queue = new QLineEdit(this);
    m_queue->setObjectName("queue"_L1);
    m_queue->setAccessibleName(tr("Queue"));
    m_queue->setPlaceholderText(tr("The server's default"));
    connect(m_queue, &QLineEdit::textChanged, this, &ResourceFields::changed);
    form->addRow(tr("Executors"), pair(m_numExecutors, tr("queue"), m_queue));

    m_conf = new QPlainTextEdit(this);
    m_conf->setObjectName("conf"_L1);
    m_conf->setAccessibleName(tr("Spark settings"));
    m_conf->setFont(codeFont());
    m_conf->setPlaceholderText(tr("spark.sql.shuffle.partitions=64\nOne setting a line"));
    m_conf->setTabChangesFocus(true);
    m_conf->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_conf->setFixedHeight(m_conf->fontMetrics().lineSpacing() * 3 + 16);
    connect(m_conf, &QPlainTextEdit::textChanged, this, &ResourceFields::changed);
    form->addRow(tr("Spark settings"), m_conf);
}

QLineEdit* ResourceFields::memoryField(const char* name, const QString& label)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1StringView(name));
    field->setAccessibleName(label);
    field->setPlaceholderText(tr("For example 4g"));
    connect(field, &QLineEdit::textChanged, this, &ResourceFields::changed);
    return field;
}

QSpinBox* ResourceFields::countField(const char* name, const QString& label)
{
    auto* field = new QSpinBox(this);
    field->setObjectName(QLatin1StringView(name));
    field->setAccessibleName(label);
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

QMap<QString, QString> ResourceFields::conf() const
{
    return parseConf(m_conf->toPlainText()).conf;
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

void ResourceFields::setRest(const QString& queue, const QMap<QString, QString>& conf)
{
    m_queue->setText(queue);
    QStringList lines;
    for (const auto& [key, value] : conf.asKeyValueRange())
        lines += key + u'=' + value;
    m_conf->setPlainText(lines.join(u'\n'));
}

int ResourceFields::labelWidth() const
{
    int width = 0;
    for (const QString& label : { tr("Driver memory"), tr("Executor memory"), tr("Executors"), tr("Spark settings") })
        width = qMax(width, fontMetrics().horizontalAdvance(label));
    return width;
}

QString ResourceFields::problem() const
{
    if (!isMemorySize(m_driverMemory->text()))
        return tr("Driver memory is a number and a unit, for example 4g or 512m.");
    if (!isMemorySize(m_executorMemory->text()))
        return tr("Executor memory is a number and a unit, for example 4g or 512m.");
    const int badLine = parseConf(m_conf->toPlainText()).badLine;
    if (badLine > 0)
        return tr("Spark settings, line %1: a setting is written key=value.").arg(badLine);
    return {};
}

} // namespace kindling
