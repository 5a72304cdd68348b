// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/submitbatchdialog.h"

#include "ui/common/dialogs.h"
#include "ui/dialogs/commandtext.h"
#include "ui/dialogs/resourcefields.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

SubmitBatchDialog::SubmitBatchDialog(const QString& serverName, BatchPreview preview, JsonCheck check, Dialogs* files,
    QWidget* parent)
    : RequestDialog(tr("Su&bmit batch"), std::move(check), parent)
    , m_previewOf(std::move(preview))
    , m_files(files)
{
    setObjectName("submitBatchDialog"_L1);
    setWindowTitle(tr("Submit batch to %1").arg(serverName.simplified().left(60)));
    setupForm();
    updateState();
}

void SubmitBatchDialog::setupForm()
{
    const QString where = m_files != nullptr ? tr("A .py or .jar file of this machine") : tr("hdfs:///jobs/load.py, as the server sees it");
    m_file = field("file", tr("File"), where);
    m_class = field("className", tr("Main class"), tr("For a .jar: org.example.Load"));
    m_arguments = field("arguments", tr("Arguments"), tr("Parted by spaces; quote what belongs together"));
    m_name = field("name", tr("Name"), tr("Chosen by Kindling if left empty"));
    m_name->setMaxLength(200);
    m_proxyUser = field("proxyUser", tr("Run as"), tr("Yourself"));
    addRow(tr("&File"), fileRow());
    addRow(tr("Main &class"), m_class);
    addRow(tr("&Arguments"), m_arguments);
    addRow(tr("&Name"), m_name);
    addRow(tr("&Run as"), m_proxyUser);
    m_file->setFocus();
}

QWidget* SubmitBatchDialog::fileRow()
{
    if (m_files == nullptr)
        return m_file;
    auto* holder = new QWidget(this);
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* button = new QPushButton(tr("B&rowse…"), holder);
    button->setObjectName("browse"_L1);
    button->setAccessibleName(tr("Browse…"));
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, &SubmitBatchDialog::browse);
    row->addWidget(m_file, 1);
    row->addWidget(button);
    holder->setFocusProxy(m_file);
    return holder;
}

QLineEdit* SubmitBatchDialog::field(const char* name, const QString& label, const QString& hint)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(QLatin1StringView(name));
    edit->setAccessibleName(label);
    edit->setPlaceholderText(hint);
    connect(edit, &QLineEdit::textChanged, this, &SubmitBatchDialog::updateState);
    return edit;
}

void SubmitBatchDialog::browse()
{
    FileQuestion question;
    question.title = tr("Program to submit");
    question.folder = m_file->text();
    question.filter = tr("Spark programs (*.py *.jar *.R);;All files (*)");
    m_files->askOpenFile(this, question, this, [this](const QString& path) {
        if (!path.isEmpty())
            m_file->setText(path);
    });
}

void SubmitBatchDialog::setWanted(const NewBatch& wanted)
{
    m_base = wanted;
    m_file->setText(wanted.file);
    m_class->setText(wanted.className);
    m_arguments->setText(joinArguments(wanted.args));
    m_name->setText(wanted.name);
    m_proxyUser->setText(wanted.proxyUser);
    resources()->readFrom(wanted);
    updateState();
}

NewBatch SubmitBatchDialog::wanted() const
{
    NewBatch wanted = m_base;
    wanted.file = m_file->text().trimmed();
    wanted.className = m_class->text().trimmed();
    wanted.args = splitArguments(m_arguments->text()).value_or(QStringList());
    wanted.name = m_name->text().trimmed();
    wanted.proxyUser = m_proxyUser->text().trimmed();
    resources()->writeTo(wanted);
    return wanted;
}

QByteArray SubmitBatchDialog::formJson() const
{
    return m_previewOf ? m_previewOf(wanted()) : QByteArray();
}

QString SubmitBatchDialog::formProblem() const
{
    if (!splitArguments(m_arguments->text()))
        return tr("Arguments: a quote is left open.");
    return resources()->problem();
}

bool SubmitBatchDialog::isComplete() const
{
    return !m_file->text().trimmed().isEmpty();
}

} // namespace kindling
