// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/statementspage.h"

#include "ui/common/answersaving.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/emptystate.h"
#include "ui/common/messagebar.h"
#include "ui/common/togglebutton.h"
#include "ui/common/words.h"
#include "ui/editor/statementbrowser.h"
#include "ui/editor/statementdetail.h"
#include "ui/session/statementlabels.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostRecorded = 500;
}

StatementsPage::StatementsPage(const ItemSubject& subject, OutputWidgets outputs, QWidget* parent)
    : QWidget(parent)
    , m_server(subject.life == 0 ? subject.server : nullptr)
    , m_recorder(subject.recorder)
    , m_session(subject.key.id)
    , m_model(new StatementsModel(this))
{
    setObjectName("statementsPage"_L1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar(subject.dialogs && m_server));
    m_messages = new MessageBar(this);
    m_messages->setObjectName("statementsMessages"_L1);
    column->addWidget(m_messages);
    if (m_save) {
        auto* messages = new MessageBar(this);
        messages->setObjectName("savingMessages"_L1);
        column->addWidget(messages);
        m_saving = new AnswerSaving(subject.dialogs, messages, this);
    }
    column->addWidget(makeBody(std::move(outputs)), 1);
    setupTable(subject.server);
    if (m_recorder)
        connect(m_recorder, &Recorder::recorded, this, &StatementsPage::readRecords);
    if (m_save)
        setTabOrder(m_attach, m_save);
    setTabOrder(m_save ? m_save : m_attach, m_browser->table());
    setTabOrder(m_browser->table(), m_browser->detail());
    updateState();
}

StatementsPage::~StatementsPage()
{
    attach(false);
}

QWidget* StatementsPage::makeBar(bool canSave)
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_attach = new ToggleButton(u"attachStatements"_s, tr("Attach"),
        tr("Reads the statements from the server while this page is seen. That renews the session's heartbeat."), bar);
    connect(m_attach, &QPushButton::toggled, this, &StatementsPage::updateWatch);
    m_source = new RoleLabel(QString(), ColorRole::Secondary, bar);
    m_source->setObjectName("statementsSource"_L1);
    row->addWidget(m_attach);
    row->addWidget(m_source, 1);
    if (canSave) {
        m_save = new QPushButton(tr("Save the answer…"), bar);
        m_save->setObjectName("saveAnswer"_L1);
        m_save->setAccessibleName(m_save->text());
        m_save->setToolTip(tr("Writes what the server answers about this statement to a file, however large. That renews the session's heartbeat."));
        connect(m_save, &QPushButton::clicked, this, &StatementsPage::saveAnswer);
        row->addWidget(m_save);
    }
    bar->setMinimumHeight(36);
    return bar;
}

QWidget* StatementsPage::makeBody(OutputWidgets outputs)
{
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_browser = new StatementBrowser(u"statementsTable"_s, tr("Statements"), std::move(outputs), holder);
    m_empty = new EmptyState(QString(), QString(), QString(), holder);
    m_empty->setObjectName("statementsEmpty"_L1);
    connect(m_empty, &EmptyState::activated, this, [this] { m_attach->setChecked(true); });
    m_stack->addWidget(m_browser);
    m_stack->addWidget(m_empty);
    return holder;
}

void StatementsPage::setupTable(QPointer<Server> server)
{
    using Column = StatementsModel::Column;
    auto* labels = new StatementLabels([server] { return server ? server->clock().now().toLocalTime().date() : QDate(); }, this);
    labels->setSourceModel(m_model);
    const QStringList samples{ u"0000"_s, QString(), runStateWords(RunState::Cancelling), u"100 %"_s, u"00 min 00 s"_s, longestBriefTime() };
    QList<int> dispensable;
    for (const Column column : { Column::Progress, Column::Started, Column::Took })
        dispensable += static_cast<int>(column);
    m_browser->setLabels(labels, { samples, static_cast<int>(Column::Code), dispensable });
    connect(m_browser, &StatementBrowser::currentChanged, this, &StatementsPage::onCurrentChanged);
    connect(m_browser, &StatementBrowser::rowCountChanged, this, &StatementsPage::updateState);
}

void StatementsPage::setLife(LifeNumber life)
{
    if (std::exchange(m_life, life) == life)
        return;
    readRecords();
    updateState();
}

void StatementsPage::setAttachable(bool isAttachable)
{
    m_isAttachable = isAttachable;
    updateWatch();
}

void StatementsPage::updateWatch()
{
    attach(m_attach->isChecked() && m_isAttachable && isVisible());
    updateState();
}

void StatementsPage::attach(bool isOn)
{
    if (isOn == !m_watch.isNull())
        return;
    if (StatementWatch* watch = std::exchange(m_watch, nullptr)) {
        watch->disconnect(this);
        // later: the pane around this page hears of it, and may be dying just now
        QMetaObject::invokeMethod(watch, &StatementWatch::unwatch, Qt::QueuedConnection);
    }
    if (!isOn || !m_server)
        return;
    m_watch = m_server->statements(m_session);
    connect(m_watch, &StatementWatch::changed, this, [this] { m_model->setLive(m_watch->statements()); });
    connect(m_watch, &StatementWatch::stateChanged, this, &StatementsPage::updateState);
    m_model->setLive(m_watch->statements());
    m_watch->watch();
}

void StatementsPage::readRecords()
{
    if (!m_recorder || m_life <= 0 || !isVisible())
        return;
    m_reading.cancel();
    m_reading = m_recorder->statements({ .text = {}, .life = m_life, .most = mostRecorded + 1 }, this, [this](const Result<QList<RecordedStatement>>& answer) {
        if (answer)
            showRecorded(*answer);
        else
            m_messages->showProblem(errorTitle(answer.error()), answer.error().detail.left(500));
    });
}

void StatementsPage::showRecorded(const QList<RecordedStatement>& newestFirst)
{
    m_isCut = newestFirst.size() > mostRecorded;
    m_model->setRecorded(newestFirst.first(std::min<qsizetype>(newestFirst.size(), mostRecorded)));
    updateState();
}

void StatementsPage::onCurrentChanged()
{
    const int current = m_browser->currentRow();
    if (m_save)
        m_save->setEnabled(m_isAttachable && current >= 0 && m_model->rowAt(current).seen.id >= 0);
    if (current < 0) {
        m_shown.reset();
        m_browser->detail()->clear();
        return;
    }
    const StatementRow& row = m_model->rowAt(current);
    if (m_shown == row)
        return;
    m_shown = row;
    if (!row.seen.output && row.isKept && m_recorder)
        m_browser->detail()->showRecorded(row.seen, *m_recorder, row.record);
    else
        m_browser->detail()->showStatement(row.seen);
}

void StatementsPage::saveAnswer()
{
    if (m_shown)
        m_saving->save({ m_server, m_session, m_shown->seen.id });
}

bool StatementsPage::isReading() const
{
    return m_watch && m_watch->isWatched();
}

void StatementsPage::updateState()
{
    m_attach->setEnabled(m_isAttachable);
    const bool hasProblem = m_watch && m_watch->problem().kind != ErrorKind::Cancelled;
    const QString cut = m_isCut ? u' ' + tr("Of those recorded the newest %L1 are here, the history has all.").arg(mostRecorded) : QString();
    if (isReading())
        m_source->setText(tr("As the server says; reading it renews the session's heartbeat.") + cut);
    else
        m_source->setText((m_isAttachable ? tr("As recorded. Attach to see what the server says, also of others' statements.") : tr("As recorded.")) + cut);
    if (!hasProblem && m_watch)
        m_messages->dismiss();
    else if (hasProblem && m_messages->isHidden())
        m_messages->showProblem(errorTitle(m_watch->problem()), m_watch->problem().detail.left(500));
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    describeEmptiness();
    onCurrentChanged();
}

void StatementsPage::describeEmptiness()
{
    const bool isLoading = isReading() && !m_watch->hasLoaded() && m_watch->problem().kind == ErrorKind::Cancelled;
    m_empty->setLoading(isLoading);
    if (isLoading)
        m_empty->setContent(tr("Reading the statements…"), QString());
    else if (isReading() && !m_watch->hasLoaded())
        m_empty->setContent(tr("The statements cannot be read"), tr("Kindling goes on trying."));
    else if (isReading())
        m_empty->setContent(tr("No statements yet"), tr("Nobody has run anything in this session, as far as its server keeps it."));
    else if (m_isAttachable)
        m_empty->setContent(tr("No statements were recorded"), tr("Attach to see those that the server keeps. Reading them renews the session's heartbeat."), tr("Attach"));
    else
        m_empty->setContent(tr("No statements were recorded"), tr("Those that are run from here, or watched, are."));
}

void StatementsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    readRecords();
    updateWatch();
}

void StatementsPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    updateWatch();
}

} // namespace kindling
