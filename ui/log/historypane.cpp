// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/historypane.h"

#include "app/models/historymodel.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/messagebar.h"
#include "ui/common/words.h"
#include "ui/editor/statementbrowser.h"
#include "ui/editor/statementdetail.h"
#include "ui/log/historylabels.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

HistoryPane::HistoryPane(HistoryModel* model, Recorder& recorder, OutputWidgets outputs, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_recorder(recorder)
{
    setObjectName("historyPane"_L1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_messages = new MessageBar(this);
    m_messages->setObjectName("historyMessages"_L1);
    column->addWidget(m_messages);
    column->addWidget(makeBody(std::move(outputs)), 1);
    setupTable();
    connect(m_search, &QLineEdit::textChanged, m_model, &HistoryModel::setSearch);
    connect(m_model, &HistoryModel::stateChanged, this, &HistoryPane::updateState);
    setTabOrder({ m_search, m_insert, m_copy, m_open, m_browser->table(), m_browser->detail() });
    onCurrentChanged();
    updateState();
}

QWidget* HistoryPane::makeBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_search = new QLineEdit(bar);
    m_search->setObjectName("historySearch"_L1);
    m_search->setPlaceholderText(tr("Search code, errors and sessions"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(360);
    m_search->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_insert = barButton("historyInsert", tr("Insert into notebook"), tr("As a new cell of the notebook used last"));
    m_copy = barButton("historyCopy", tr("Copy code"), QString());
    m_open = barButton("historyOpen", tr("Open session"), tr("The session it ran in, also when the server has forgotten it"));
    connect(m_insert, &QPushButton::clicked, this, &HistoryPane::insertCurrent);
    connect(m_copy, &QPushButton::clicked, this, &HistoryPane::copyCurrent);
    connect(m_open, &QPushButton::clicked, this, &HistoryPane::openCurrent);
    row->addWidget(m_search, 1);
    row->addStretch(1);
    for (QPushButton* each : { m_insert, m_copy, m_open })
        row->addWidget(each);
    bar->setMinimumHeight(36);
    return bar;
}

QPushButton* HistoryPane::barButton(const char* name, const QString& label, const QString& toolTip)
{
    auto* button = new QPushButton(label, this);
    button->setObjectName(QLatin1StringView(name));
    button->setAccessibleName(label);
    button->setToolTip(toolTip);
    return button;
}

QWidget* HistoryPane::makeBody(OutputWidgets outputs)
{
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_browser = new StatementBrowser(u"historyTable"_s, tr("History"), std::move(outputs), holder);
    m_empty = new EmptyState(QString(), QString(), QString(), holder);
    m_empty->setObjectName("historyEmpty"_L1);
    connect(m_empty, &EmptyState::activated, m_search, &QLineEdit::clear);
    m_stack->addWidget(m_browser);
    m_stack->addWidget(m_empty);
    return holder;
}

void HistoryPane::setupTable()
{
    using Column = HistoryModel::Column;
    auto* labels = new HistoryLabels([this] { return m_model->today(); }, this);
    labels->setSourceModel(m_model);
    const QStringList samples{ longestBriefTime(), u"production"_s, u"000 nightly-orders"_s, QString(), runStateWords(RunState::Cancelling), u"00 min 00 s"_s, u"ZeroDivisionError"_s };
    QList<int> dispensable;
    for (const Column column : { Column::Problem, Column::Server, Column::Took, Column::Item })
        dispensable += static_cast<int>(column);
    m_browser->setLabels(labels, { samples, static_cast<int>(Column::Code), dispensable });
    connect(m_browser, &StatementBrowser::currentChanged, this, &HistoryPane::onCurrentChanged);
    connect(m_browser, &StatementBrowser::rowCountChanged, this, &HistoryPane::updateState);
    QTableView* table = m_browser->table();
    connect(table, &QTableView::activated, this, &HistoryPane::openCurrent);
    auto* copy = new QAction(table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, m_copy, &QPushButton::click);
    table->addAction(copy);
}

const RecordedStatement* HistoryPane::current() const
{
    const int row = m_browser->currentRow();
    return row >= 0 ? &m_model->statementAt(row) : nullptr;
}

void HistoryPane::onCurrentChanged()
{
    const RecordedStatement* statement = current();
    for (QPushButton* each : { m_insert, m_copy, m_open })
        each->setEnabled(statement != nullptr);
    if (!statement) {
        m_browser->detail()->clear();
        return;
    }
    StatementSeen shown = statement->what;
    if (shown.problem.isEmpty())
        shown.problem = statement->error;
    if (statement->hasOutput)
        m_browser->detail()->showRecorded(shown, m_recorder, statement->number);
    else
        m_browser->detail()->showStatement(shown);
}

void HistoryPane::insertCurrent()
{
    if (const RecordedStatement* statement = current())
        Q_EMIT insertRequested(statement->what.code, statement->what.kind);
}

void HistoryPane::copyCurrent()
{
    if (const RecordedStatement* statement = current())
        QGuiApplication::clipboard()->setText(statement->what.code);
}

void HistoryPane::openCurrent()
{
    if (const RecordedStatement* statement = current())
        Q_EMIT itemActivated(statement->item.key, statement->life);
}

void HistoryPane::updateState()
{
    const bool hasRows = m_model->rowCount() > 0;
    const Error& problem = m_model->problem();
    const bool hasProblem = problem.kind != ErrorKind::Cancelled;
    m_stack->setCurrentIndex(hasRows ? 0 : 1);
    m_empty->setLoading(m_model->isLoading());
    if (m_model->isLoading())
        m_empty->setContent(tr("Reading the history…"), QString());
    else if (hasProblem)
        m_empty->setContent(tr("The history cannot be read"), QString());
    else if (!m_model->search().isEmpty())
        m_empty->setContent(tr("Nothing matches"), tr("No recorded statement holds this text."), tr("Show all"));
    else
        m_empty->setContent(tr("Nothing was run yet"), tr("Every statement that is run appears here, over all servers, also after its session is gone."));
    if (!hasProblem)
        m_messages->dismiss();
    else if (m_messages->isHidden())
        m_messages->showProblem(errorTitle(problem), problem.detail.left(500));
    if (!hasRows)
        onCurrentChanged();
}

} // namespace kindling
