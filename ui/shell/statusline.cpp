// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "app/core/clock.h"
#include "app/engine/localspark.h"
#include "app/engine/readbudget.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/statedelegate.h"
#include "ui/common/ticker.h"
#include "ui/common/words.h"
#include "ui/shell/services.h"

#include <QLocale>
#include <QMainWindow>
#include <QStatusBar>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestName = 60;
}

StatusLine::StatusLine(const Services& services, QMainWindow* window)
    : QObject(window)
    , m_services(services)
    , m_counts(new ElidedLabel(QString(), window))
    , m_age(new ElidedLabel(QString(), window))
    , m_rate(new RoleLabel(QString(), ColorRole::Secondary, window))
    , m_local(new ElidedLabel(QString(), window))
{
    QStatusBar* bar = window->statusBar();
    bar->setSizeGripEnabled(false);
    bar->setMinimumHeight(rowHeight(bar->fontMetrics()) + 2);
    for (ElidedLabel* label : { m_counts, m_age, m_local }) {
        label->setColorRole(ColorRole::Secondary);
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred); // as high as the others, so that one line is seen
    }
    for (QWidget* part : std::initializer_list<QWidget*>{ m_counts, m_age, m_rate, m_local })
        part->setContentsMargins(8, 0, 8, 0);
    m_rate->setObjectName(u"statusRate"_s);
    m_counts->setObjectName(u"statusCounts"_s);
    bar->addWidget(m_counts);
    bar->addWidget(m_age);
    bar->addWidget(m_rate);
    bar->addPermanentWidget(m_local);
    connect(&m_services.workspace, &Workspace::transitionSeen, this, &StatusLine::updateSoon);
    connect(&m_services.localSpark, &LocalSpark::phaseChanged, this, &StatusLine::update);
    auto* ticker = new Ticker(window, m_services.clock, [this] {
        update();
        return !m_services.workspace.servers().isEmpty();
    });
    connect(&m_services.workspace, &Workspace::serverAdded, ticker, &Ticker::start);
    connect(&m_services.workspace, &Workspace::serverRemoved, this, &StatusLine::updateSoon);
    update();
}

void StatusLine::updateSoon()
{
    // One answer of a big server brings thousands of transitions, and counting goes over all items.
    if (std::exchange(m_isUpdateDue, true))
        return;
    m_services.clock.after(Clock::Duration(0), this, [this] {
        m_isUpdateDue = false;
        update();
    });
}

QString StatusLine::countsOf(Server* server)
{
    int running = 0;
    int failed = 0;
    for (const ItemStore* store : { &server->sessions(), &server->batches() }) {
        for (const TrackedItem& item : store->items()) {
            const StateRole role = roleOf(item.item.state, !item.damage.isEmpty());
            running += role == StateRole::Active ? 1 : 0;
            failed += role == StateRole::Bad || role == StateRole::Damaged ? 1 : 0;
        }
    }
    QStringList words;
    if (running > 0)
        words += tr("%1 running").arg(running);
    if (failed > 0)
        words += tr("%1 failed").arg(failed);
    return words.join(u", "_s);
}

QString StatusLine::countsText() const
{
    QStringList parts;
    bool isQuiet = false;
    for (Server* server : m_services.workspace.servers()) {
        const bool isOnline = server->connection() == ConnectionState::Online;
        const QString words = isOnline ? countsOf(server) : connectionWords(server->connection());
        isQuiet |= words.isEmpty();
        if (!words.isEmpty())
            parts.append(tr("%1: %2").arg(server->profile().name, words));
    }
    // What is quiet is passed over, as long as there is anything to tell.
    return parts.isEmpty() && isQuiet ? tr("nothing running") : parts.join(u"   "_s);
}

QString StatusLine::ageWords() const
{
    QDateTime oldest;
    for (Server* server : m_services.workspace.servers()) {
        const bool isWatched = server->connection() != ConnectionState::Stopped && server->connection() != ConnectionState::Unconnected;
        if (isWatched && server->lastSeen().isValid() && (!oldest.isValid() || server->lastSeen() < oldest))
            oldest = server->lastSeen();
    }
    if (!oldest.isValid())
        return {};
    return tr("updated %1 ago").arg(ageText(std::chrono::milliseconds(oldest.msecsTo(m_services.clock.now()))));
}

void StatusLine::showRate()
{
    const auto words = [](double rate) { return tr("%1 reads/s", "how often a server is asked").arg(QLocale().toString(rate, 'f', 1)); };
    double all = 0;
    QStringList lines;
    for (const Server* server : m_services.workspace.servers()) {
        all += server->readRate();
        lines += tr("%1: %2").arg(server->profile().name.simplified().left(longestName), words(server->readRate()));
    }
    lines += tr("At most %1 a second are asked of a server.").arg(ReadBudget::perSecond);
    m_rate->setVisible(all > 0);
    m_rate->setText(words(all));
    m_rate->setToolTip(plainToolTip(lines.join(u'\n')));
}

void StatusLine::update()
{
    m_counts->setText(countsText());
    m_age->setText(ageWords());
    showRate();
    QString local;
    switch (m_services.localSpark.phase()) {
    case LocalSpark::Phase::Stopped:
        break;
    case LocalSpark::Phase::Fetching:
        local = tr("Local Spark: fetching");
        break;
    case LocalSpark::Phase::Starting:
        local = tr("Local Spark: starting");
        break;
    case LocalSpark::Phase::Running:
        local = tr("Local Spark: running");
        break;
    case LocalSpark::Phase::Failed:
        local = tr("Local Spark: failed");
        break;
    }
    m_local->setText(local);
}

} // namespace kindling
