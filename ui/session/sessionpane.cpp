// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/sessionpane.h"

#include "ui/common/lockwords.h"
#include "ui/common/overflowrow.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/session/statementspage.h"

#include <QPushButton>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

SessionPane::SessionPane(const ItemSubject& subject, QWidget* parent)
    : SessionPane(subject, {}, parent)
{
}

SessionPane::SessionPane(const ItemSubject& subject, OutputWidgets outputs, QWidget* parent)
    : ItemPane(subject, parent)
    , m_notebook(page()->addButton(u"openNotebook"_s, tr("Open &notebook"), OverflowRow::always))
    , m_keepAlive(page()->addButton(u"keepAlive"_s, tr("&Keep alive"), 1))
    , m_copy(page()->addButton(u"copyItem"_s, tr("New one &like this…"), 0))
    , m_restartPython(page()->addButton(u"restartPython"_s, tr("Restart &Python…"), 3))
    , m_stop(page()->addButton(u"stopItem"_s, tr("S&top…"), 5))
    , m_delete(page()->addButton(u"deleteItem"_s, tr("&Delete…"), 4))
{
    setObjectName("sessionPane"_L1);
    makePrimary(m_notebook);
    m_keepAlive->setCheckable(true);
    connect(m_notebook, &QPushButton::clicked, this, [this] { Q_EMIT notebookRequested(this->key()); });
    connect(m_restartPython, &QPushButton::clicked, this, [this] { Q_EMIT pythonRestartRequested(this->key()); });
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(this->key(), last().item, recordedLife()); });
    connect(m_stop, &QPushButton::clicked, this, [this] { Q_EMIT stopRequested(this->key()); });
    connect(m_delete, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested({ this->key() }); });
    if (subject.recorder) {
        m_statements = new StatementsPage(subject, std::move(outputs), this);
        page()->addPage(m_statements, tr("Statements"), 1);
    }
    if (Server* watched = server()) {
        connect(m_keepAlive, &QPushButton::clicked, watched, [this, watched](bool isOn) { watched->setKeptAlive(this->key().id, isOn); });
        connect(watched, &Server::keptAliveChanged, this, [this] { refresh(); });
    }
    refresh();
}

QString SessionPane::title() const
{
    return tr("Session %1 %2").arg(key().id, last().item.name).left(300).simplified();
}

QList<PageFact> SessionPane::facts() const
{
    const SparkItem& item = last().item;
    QString kind = item.kindText;
    if (item.kind() != Kind::Unknown)
        kind = kindWord(item.kind());
    return QList<PageFact>{ { tr("Kind"), kind, {}, {} } } + originFacts() + expiryFacts() + resourceFacts();
}

QList<PageFact> SessionPane::expiryFacts() const
{
    if (!isPresent())
        return {};
    const Expiry expiry = server()->expiry(key().id);
    const QString kept = server()->isKeptAlive(key().id) ? tr("from here, for as long as Kindling runs") : QString();
    return { { tr("Kept alive"), kept, {}, {} }, countdown(tr("Ends if unused"), expiry.idle, tr("in %1 at the earliest")),
        countdown(tr("Ends anyway"), expiry.life, tr("in %1 at the latest, where its server keeps to that")) };
}

PageFact SessionPane::countdown(const QString& label, const QDateTime& end, const QString& words) const
{
    if (!end.isValid())
        return { label, {}, {}, {} };
    const std::chrono::milliseconds rest(server()->clock().now().msecsTo(end));
    return { label, rest.count() > 0 ? words.arg(ageText(rest)) : tr("at any time now"), {}, exactTime(end) };
}

void SessionPane::updateButtons()
{
    const QString why = server() ? readOnlyWords(*server()) : QString();
    const bool isAlive = isPresent() && last().item.state.isAlive();
    const bool isChangeable = isAlive && why.isEmpty();
    m_notebook->setEnabled(isChangeable);
    m_keepAlive->setEnabled(isChangeable);
    m_keepAlive->setChecked(isAlive && server()->isKeptAlive(key().id));
    m_copy->setEnabled(server() && last().seen.isValid() && why.isEmpty());
    page()->setButtonOffered(m_restartPython, server() && server()->canRestartPython());
    m_restartPython->setEnabled(isChangeable && last().item.state.value != ItemStateValue::Starting);
    m_stop->setEnabled(isChangeable && !last().isDeleting);
    m_delete->setEnabled(isPresent() && !last().isDeleting && why.isEmpty());
    explainButtons(why);
    updateStatements();
}

void SessionPane::explainButtons(const QString& why)
{
    const auto explain = [&why](QPushButton* button, const QString& act) { button->setToolTip(plainToolTip(why.isEmpty() ? act : why)); };
    explain(m_notebook, {});
    explain(m_keepAlive, tr("Touches it before its idle time-out, for as long as Kindling runs"));
    explain(m_copy, {});
    explain(m_restartPython, {});
    explain(m_stop, tr("Ends it; its server lists it as dead for a while, with its log"));
    explain(m_delete, tr("Ends it, and its server forgets it"));
}

void SessionPane::updateStatements()
{
    if (!m_statements)
        return;
    m_statements->setLife(recordedLife());
    const bool mayBeAsked = isPresent() && server()->api() && server()->api()->statements();
    m_statements->setAttachable(mayBeAsked && last().item.state.acceptsStatements());
}

} // namespace kindling
