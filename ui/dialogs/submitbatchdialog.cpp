// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/submitbatchdialog.h"

#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"
#include "app/livy/requestrecord.h"
#include "ui/common/dialogs.h"
#include "ui/dialogs/commandtext.h"
#include "ui/dialogs/formpage.h"
#include "ui/dialogs/requestcommands.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

SubmitBatchDialog::SubmitBatchDialog(const RequestTarget& target, BatchPreview preview, TemplateShelf templates, Dialogs* files,
    QWidget* parent)
    : RequestDialog(target, tr("Su&bmit batch"), std::move(templates), parent)
    , m_previewOf(std::move(preview))
    , m_files(files)
{
    setObjectName("submitBatchDialog"_L1);
    setWindowTitle(tr("Submit batch to %1").arg(target.server.name.simplified().left(60)));
    setupEssentials();
    addSharedPages();
    setupAdvanced();
    updateState();
    m_file->setFocus();
}

void SubmitBatchDialog::setupEssentials()
{
    auto* page = new QWidget(this);
    auto* form = makeForm(page);
    const QString where = m_files != nullptr ? tr("A .py or .jar file of this machine") : tr("hdfs:///jobs/load.py, as the server sees it");
    m_file = lineField(u"file"_s, where, page);
    m_class = lineField(u"className"_s, tr("For a .jar: org.example.Load"), page);
    m_arguments = lineField(u"args"_s, tr("Parted by spaces; quote what belongs together"), page);
    m_name = lineField(u"name"_s, tr("Chosen by Kindling if left empty"), page);
    form->addRow(tr("&File"), fileRow(page));
    form->addRow(tr("Main c&lass"), m_class);
    form->addRow(tr("&Arguments"), m_arguments);
    form->addRow(tr("&Name"), m_name);
    addPage(page, tr("Essentials"));
}

void SubmitBatchDialog::setupAdvanced()
{
    auto* page = new QWidget(this);
    m_proxyUser = lineField(u"proxyUser"_s, tr("Yourself"), page);
    makeForm(page)->addRow(fieldLabel(u"proxyUser"_s), m_proxyUser);
    addPage(page, tr("Advanced"));
}

QWidget* SubmitBatchDialog::fileRow(QWidget* page)
{
    if (m_files == nullptr)
        return m_file;
    auto* holder = new QWidget(page);
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

QLineEdit* SubmitBatchDialog::lineField(const QString& name, const QString& hint, QWidget* page)
{
    auto* edit = makeLineField(name, hint, page);
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
    m_file->setText(wanted.file);
    m_class->setText(wanted.className);
    m_arguments->setText(joinArguments(wanted.args));
    m_name->setText(wanted.name);
    m_proxyUser->setText(wanted.proxyUser);
    readShared(wanted);
    updateState();
}

NewBatch SubmitBatchDialog::wanted() const
{
    NewBatch wanted;
    wanted.file = m_file->text().trimmed();
    wanted.className = m_class->text().trimmed();
    wanted.args = splitArguments(m_arguments->text()).value_or(QStringList());
    wanted.name = m_name->text().trimmed();
    wanted.proxyUser = m_proxyUser->text().trimmed();
    writeShared(wanted);
    return wanted;
}

QByteArray SubmitBatchDialog::formJson() const
{
    return m_previewOf ? m_previewOf(wanted()) : QByteArray();
}

QList<FieldProblem> SubmitBatchDialog::formProblems() const
{
    QList<FieldProblem> problems;
    if (!splitArguments(m_arguments->text()))
        problems += { u"args"_s, tr("%1: a quote is left open.").arg(fieldLabel(u"args"_s)) };
    return problems + problemsOf(wanted());
}

QString SubmitBatchDialog::rawProblem(const QByteArray& json) const
{
    const Result<NewBatch> read = readBatchRequest(json);
    if (!read)
        return read.error().detail.isEmpty() ? read.error().title : read.error().detail;
    if (read->file.isEmpty())
        return tr("%1: a batch needs one.").arg(fieldLabel(u"file"_s));
    const QList<FieldProblem> problems = problemsOf(*read);
    return problems.isEmpty() ? QString() : problems.first().text;
}

bool SubmitBatchDialog::isComplete() const
{
    return !m_file->text().trimmed().isEmpty();
}

QByteArray SubmitBatchDialog::templateJson(QStringList& leftOut) const
{
    NewBatch kept = wanted();
    kept.name.clear(); // a name is for one batch only
    const auto harmless = readRememberedBatch(recordableRequest(kept)).value_or(RememberedRequest<NewBatch>());
    leftOut = labelsOf(harmless.lacking);
    return encodeBatch(harmless.wanted);
}

QStringList SubmitBatchDialog::fillForm(const QByteArray& json)
{
    NewBatch filled = wanted();
    const QStringList kept = fillFrom(filled, readBatchRequest(json).value_or(NewBatch()));
    setWanted(filled);
    return kept;
}

void SubmitBatchDialog::takeRaw(const QByteArray& json)
{
    if (const Result<NewBatch> read = readBatchRequest(json))
        setWanted(*read);
}

QString SubmitBatchDialog::path() const
{
    return u"batches"_s;
}

QString SubmitBatchDialog::sparkLine() const
{
    return sparkCommand(isRaw() ? readBatchRequest(rawJson()).value_or(NewBatch()) : wanted());
}

} // namespace kindling
