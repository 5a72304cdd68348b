// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/localsparkpane.h"

#include "app/engine/localspark.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"

#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int maxShownLines = 2000;
constexpr int widestField = 640;
constexpr int sideMargin = 24;
constexpr int logStretch = 1000; ///< beside 1 of the empty room that is there without it

QString startProblemWords(const QString& code)
{
    if (code == "missing-java"_L1)
        return LocalSparkPane::tr("Spark needs Java, and no suitable one was found.");
    if (code == "missing-python"_L1)
        return LocalSparkPane::tr("Spark needs Python 3, and no suitable one was found.");
    if (code == "wrong-python"_L1)
        return LocalSparkPane::tr("The Python that was chosen does not suit this Spark.");
    if (code == "missing-pyspark"_L1)
        return LocalSparkPane::tr("Spark itself is not on this machine.");
    if (code == "no-space"_L1)
        return LocalSparkPane::tr("There is no room for Spark's files.");
    return {};
}

/// Whether a start could find one there; whether it fits is told by the start itself.
bool mayBePython(const QString& path)
{
    const QFileInfo file(path);
    if (!file.isDir())
        return file.isExecutable();
    return QFileInfo(path + "/bin/python3"_L1).isExecutable() || QFileInfo(path + "/bin/python"_L1).isExecutable();
}
}

LocalSparkPane::LocalSparkPane(LocalSpark* localSpark, QWidget* parent)
    : QWidget(parent)
    , m_localSpark(localSpark)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_startButton(new QPushButton(tr("&Start local Spark"), this))
    , m_stopButton(new QPushButton(tr("S&top"), this))
    , m_sessionButton(new QPushButton(tr("New &session…"), this))
    , m_python(new QLineEdit(this))
    , m_pythonHint(new RoleLabel(QString(), ColorRole::Bad, this))
    , m_problem(new MessageBar(this))
    , m_log(new QListWidget(this))
{
    setObjectName(u"localSparkPane"_s);
    setupLayout();
    connect(m_startButton, &QPushButton::clicked, this, &LocalSparkPane::startRequested);
    connect(m_stopButton, &QPushButton::clicked, this, &LocalSparkPane::stopRequested);
    connect(m_sessionButton, &QPushButton::clicked, this, &LocalSparkPane::sessionRequested);
    connect(m_python, &QLineEdit::textChanged, this, &LocalSparkPane::checkPython);
    connect(m_python, &QLineEdit::editingFinished, this, [this] {
        if (m_python->isModified())
            Q_EMIT pythonChosen(m_python->text().trimmed());
        m_python->setModified(false);
    });
    connect(m_localSpark, &LocalSpark::phaseChanged, this, &LocalSparkPane::showPhase);
    connect(m_localSpark, &LocalSpark::logAppended, this, &LocalSparkPane::appendLine);
    for (const QString& line : m_localSpark->logLines())
        appendLine(line);
    showPhase();
}

void LocalSparkPane::setupLayout()
{
    QFont titleFont = font();
    titleFont.setBold(true);
    titleFont.setPointSizeF(titleFont.pointSizeF() * 1.3);
    m_title->setFont(titleFont);
    for (QLabel* label : { m_title, m_text })
        label->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(u"localSparkText"_s);
    m_progress->setObjectName(u"localSparkProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_startButton->setObjectName(u"startLocalSparkButton"_s);
    makePrimary(m_startButton);
    m_stopButton->setObjectName(u"stopLocalSparkButton"_s);
    m_sessionButton->setObjectName(u"localSparkSessionButton"_s);
    makePrimary(m_sessionButton);
    m_log->setObjectName(u"localSparkLog"_s);
    m_log->setAccessibleName(tr("Log of Local Spark"));
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setUniformItemSizes(true);
    m_log->setFrameShape(QFrame::NoFrame);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_startButton);
    buttons->addWidget(m_sessionButton);
    buttons->addWidget(m_stopButton);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(sideMargin, sideMargin, sideMargin, 12);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_problem);
    layout->addLayout(pythonRow());
    layout->addLayout(buttons);
    layout->addWidget(m_log, logStretch);
    layout->addStretch(1);
}

QLayout* LocalSparkPane::pythonRow()
{
    auto* label = new QLabel(tr("&Python"), this);
    label->setBuddy(m_python);
    m_python->setObjectName(u"localSparkPython"_s);
    m_python->setAccessibleName(tr("Python"));
    m_python->setPlaceholderText(tr("Kindling's own; or an interpreter, or the folder of a virtual environment"));
    m_python->setClearButtonEnabled(true);
    m_pythonHint->setObjectName(u"localSparkPythonHint"_s);
    m_pythonHint->setSmall();
    m_pythonHint->hide();
    auto* line = new QHBoxLayout;
    line->addWidget(label);
    m_python->setMaximumWidth(widestField);
    line->addWidget(m_python, 100);
    line->addStretch(1);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(4);
    rows->addLayout(line);
    rows->addWidget(m_pythonHint);
    return rows;
}

void LocalSparkPane::setPython(const QString& path)
{
    if (m_python->text().trimmed() != path)
        m_python->setText(path);
}

void LocalSparkPane::checkPython()
{
    const QString path = m_python->text().trimmed();
    m_pythonHint->setVisible(!path.isEmpty() && !mayBePython(path));
    m_pythonHint->setText(tr("There is no Python at this place: neither a program nor a folder with bin/python in it."));
}

void LocalSparkPane::takeFocus()
{
    // Stop is not for a key that is pressed in passing.
    QWidget* next = m_log;
    for (QPushButton* button : { m_startButton, m_sessionButton }) {
        if (button->isVisibleTo(this))
            next = button;
    }
    next->setFocus();
}

void LocalSparkPane::showPhase()
{
    using Phase = LocalSpark::Phase;
    const bool hadFocus = isAncestorOf(window()->focusWidget());
    const Phase phase = m_localSpark->phase();
    const bool isBusy = phase == Phase::Fetching || phase == Phase::Starting;
    m_progress->setVisible(isBusy);
    m_startButton->setVisible(phase == Phase::Stopped || phase == Phase::Failed);
    m_sessionButton->setVisible(phase == Phase::Running);
    m_stopButton->setVisible(isBusy || phase == Phase::Running);
    m_log->setVisible(phase != Phase::Stopped || m_log->count() > 0);
    m_python->setEnabled(m_startButton->isVisibleTo(this));
    m_python->setToolTip(m_python->isEnabled() ? QString() : tr("Stop Local Spark to choose another Python."));
    m_title->setText(tr("Local Spark"));
    m_problem->hide();
    if (hadFocus)
        takeFocus();
    switch (phase) {
    case Phase::Stopped:
        m_text->setText(tr("Real Spark on this machine, behind Kindling's own Livy endpoint. It ends with this window."));
        break;
    case Phase::Fetching: {
        const int percent = m_localSpark->fetchPercent();
        m_progress->setRange(0, percent < 0 ? 0 : 100);
        m_progress->setValue(percent);
        m_text->setText(tr("Fetching Spark into your cache folder. This is done once and takes a few minutes."));
        break;
    }
    case Phase::Starting:
        m_progress->setRange(0, 0);
        m_text->setText(tr("Starting the endpoint on this machine…"));
        break;
    case Phase::Running:
        m_text->setText(tr("Running at %1. Create a session to run code.").arg(m_localSpark->url().toString()));
        break;
    case Phase::Failed:
        m_text->setText(tr("Local Spark could not be started."));
        showProblem();
        break;
    }
}

void LocalSparkPane::showProblem()
{
    const Error& problem = m_localSpark->problem();
    const QString words = startProblemWords(problem.detail);
    // The endpoint's own sentence names paths and versions; it is English, as all that it serves.
    m_problem->showProblem(words.isEmpty() ? problem.title : words, words.isEmpty() ? QString() : problem.title);
    if (problem.detail == "missing-pyspark"_L1)
        m_problem->setAction(tr("Fetch Spark (about 500 MB)"), [this] { m_localSpark->fetch(); });
}

void LocalSparkPane::appendLine(const QString& line)
{
    m_log->addItem(line);
    if (m_log->count() > maxShownLines)
        std::unique_ptr<QListWidgetItem>(m_log->takeItem(0)).reset();
    m_log->scrollToBottom();
}

} // namespace kindling
