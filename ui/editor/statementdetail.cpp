// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/statementdetail.h"

#include "app/storage/outputblob.h"
#include "app/storage/recorder.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/words.h"
#include "ui/editor/codeeditor.h"

#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
constexpr qsizetype longestCode = 200'000; ///< beyond that nobody reads it here
constexpr qsizetype longestProblem = 2000;

QString factsOf(const StatementSeen& statement)
{
    QStringList facts{ runStateWords(statement.state) };
    if (statement.kind != Kind::Unknown && statement.kind != Kind::Shared)
        facts.prepend(kindWord(statement.kind));
    if (statement.id >= 0)
        facts.prepend(StatementDetail::tr("Statement %1").arg(statement.id));
    const QDateTime when = statement.started.isValid() ? statement.started : statement.submitted;
    if (when.isValid())
        facts += exactTime(when);
    if (statement.started.isValid() && statement.completed.isValid()) {
        const std::chrono::milliseconds took(std::max<qint64>(0, statement.started.msecsTo(statement.completed)));
        facts += StatementDetail::tr("took %1").arg(durationText(took));
    }
    // a line breaks between two facts, not within one
    facts.replaceInStrings(u" "_s, QString(QChar::Nbsp));
    return facts.join(u" · "_s);
}

RoleLabel* sentence(const char* name, ColorRole role, QWidget* parent)
{
    auto* label = new RoleLabel(QString(), role, parent);
    label->setObjectName(QLatin1StringView(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setContentsMargins(side, 4, side, 4);
    label->hide();
    return label;
}
}

StatementDetail::StatementDetail(OutputWidgets outputs, QWidget* parent)
    : QScrollArea(parent)
    , m_makeOutput(std::move(outputs))
{
    setObjectName("statementDetail"_L1);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto* content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 4, 0, 4);
    m_column->setSpacing(4);
    m_facts = sentence("statementFacts", ColorRole::Secondary, content);
    m_code = new CodeEditor(content);
    m_code->setObjectName("statementCode"_L1);
    m_code->setLabel(tr("Code"));
    m_code->setReadOnly(true);
    m_problem = sentence("statementProblem", ColorRole::Bad, content);
    m_note = sentence("statementNote", ColorRole::Secondary, content);
    for (QWidget* each : { static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_code), static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_note) })
        m_column->addWidget(each);
    m_column->addStretch(1);
    setWidget(content);
    connect(m_code, &CodeEditor::contentHeightChanged, this, &StatementDetail::fitCode);
    clear();
}

void StatementDetail::showStatement(const StatementSeen& statement)
{
    m_reading.cancel();
    show(statement);
}

void StatementDetail::showRecorded(const StatementSeen& statement, Recorder& recorder, qint64 number)
{
    showStatement(statement);
    setNote(tr("Reading what it gave…"));
    m_reading = recorder.output(number, this, [this, statement](const Result<UnpackedOutput>& answer) {
        if (!answer) {
            setNote(tr("What it gave cannot be read: %1").arg(errorTitle(answer.error())));
            return;
        }
        StatementSeen whole = statement;
        whole.output = answer->output;
        show(whole);
        setNote(answer->isWhole ? QString() : tr("Parts of it were too large to be recorded."));
    });
}

void StatementDetail::show(const StatementSeen& statement)
{
    m_facts->setText(factsOf(statement));
    m_facts->show();
    m_code->setLanguage(languageOf(statement.kind));
    m_code->setText(statement.code.left(longestCode));
    m_code->show();
    fitCode();
    m_problem->setText(statement.problem.left(longestProblem));
    m_problem->setVisible(!statement.problem.isEmpty() && !statement.output);
    setNote({});
    showOutput(statement);
}

void StatementDetail::showOutput(const StatementSeen& statement)
{
    if (m_output) {
        m_output->hide();
        m_output->deleteLater();
        m_output = nullptr;
    }
    if (!statement.output || !m_makeOutput)
        return;
    m_output = m_makeOutput({ *statement.output }, widget());
    m_column->insertWidget(m_column->count() - 1, m_output);
}

void StatementDetail::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void StatementDetail::clear()
{
    m_reading.cancel();
    showOutput({});
    for (QWidget* each : { static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_code), static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_note) })
        each->hide();
}

void StatementDetail::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fitCode();
}

void StatementDetail::fitCode()
{
    m_code->setFixedHeight(m_code->contentHeight());
}

} // namespace kindling
