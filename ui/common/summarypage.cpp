// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/summarypage.h"

#include "app/models/roles.h"
#include "ui/common/celldelegate.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/messagebar.h"
#include "ui/common/overflowrow.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int side = 12;
constexpr int gap = 8;
constexpr int glyphSide = 16;
constexpr int widestTitle = 240; ///< a longer one is cut rather than the buttons moved
constexpr qsizetype longestHistory = 200;
constexpr int fewStates = 4; ///< that are seen also where room is short
}

SummaryPage::SummaryPage(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_messages = new MessageBar(this);
    m_messages->setObjectName("messages"_L1);
    column->addWidget(m_messages);
    column->addWidget(makeHead());
    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    column->addWidget(line);
    m_pages = new QTabWidget(this);
    m_pages->setObjectName("itemPages"_L1);
    m_pages->setDocumentMode(true);
    m_pages->setTabBarAutoHide(true);
    m_pages->addTab(makeBody(), tr("Summary"));
    column->addWidget(m_pages, 1);
}

QWidget* SummaryPage::makeHead()
{
    auto* head = new QWidget(this);
    head->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // how narrow it may get, fitHead() says
    m_head = new QHBoxLayout(head);
    m_head->setContentsMargins(side, 4, side, 4);
    m_head->setSpacing(gap);
    m_head->addStrut(32);
    auto* glyph = new QLabel(head);
    glyph->setObjectName("stateGlyph"_L1);
    glyph->setFixedSize(glyphSide, glyphSide);
    m_glyph = glyph;
    m_title = new ElidedLabel(QString(), head);
    m_title->setObjectName("title"_L1);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_words = new RoleLabel(QString(), ColorRole::Text, head);
    m_words->setObjectName("stateWords"_L1);
    m_head->addWidget(glyph);
    m_head->addWidget(m_title);
    m_head->addWidget(m_words);
    m_head->addStretch(1);
    m_buttons = new OverflowRow(head);
    m_head->addWidget(m_buttons);
    return head;
}

int SummaryPage::roomBesideButtons() const
{
    return 2 * side + glyphSide + m_words->sizeHint().width() + 4 * gap;
}

void SummaryPage::fitHead()
{
    m_buttons->fitTo(width() - roomBesideButtons() - qMin(m_title->sizeHint().width(), widestTitle));
}

void SummaryPage::updateLeastWidth()
{
    m_head->parentWidget()->setMinimumWidth(roomBesideButtons() + m_title->minimumSizeHint().width() + m_buttons->leastWidth());
}

bool SummaryPage::event(QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) {
        updateLeastWidth();
        fitHead();
    }
    return QWidget::event(event);
}

QWidget* SummaryPage::makeBody()
{
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* content = new QWidget(scroll);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(side, side, side, side);
    m_body->setSpacing(8);
    m_factsBox = new QWidget(content);
    m_body->addWidget(m_factsBox);
    m_body->addSpacing(8);
    m_historyTitle = new RoleLabel(tr("States seen"), ColorRole::Text, content);
    QFont bold = font();
    bold.setBold(true);
    m_historyTitle->setFont(bold);
    m_body->addWidget(m_historyTitle);
    m_history = new QTableWidget(0, 3, content);
    m_history->setObjectName("history"_L1);
    m_history->setAccessibleName(tr("States seen"));
    m_history->setHorizontalHeaderLabels({ QString(), tr("When"), tr("State") });
    m_history->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeDense(m_history, 0);
    for (int column = 0; column < 3; ++column)
        m_history->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_history->setColumnWidth(0, 28);
    m_history->setColumnWidth(1, fontMetrics().horizontalAdvance(u"0000-00-00 00:00:00"_s) + 28);
    m_history->setFrameShape(QFrame::StyledPanel);
    m_body->addWidget(m_history, 1);
    // Takes the room of the history where there is none.
    m_body->addStretch(0);
    m_historyTitle->hide();
    m_history->hide();
    scroll->setWidget(content);
    return scroll;
}

void SummaryPage::setTitle(const QString& title)
{
    m_title->setText(title);
}

void SummaryPage::setState(StateRole role, const QString& words)
{
    m_role = role;
    m_words->setText(words.simplified().left(120));
    const bool isNeutral = role == StateRole::Idle || role == StateRole::Success;
    m_words->setColorRole(isNeutral ? ColorRole::Secondary : colorOf(role));
    updateGlyph();
}

void SummaryPage::updateGlyph()
{
    auto* glyph = qobject_cast<QLabel*>(m_glyph);
    if (glyph != nullptr)
        glyph->setPixmap(stateIcon(m_role, palette()).pixmap(QSize(glyphSide, glyphSide), devicePixelRatio()));
}

void SummaryPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateGlyph();
}

void SummaryPage::setFacts(const QList<PageFact>& facts)
{
    QList<PageFact> shown;
    for (const PageFact& fact : facts) {
        if (!fact.value.isEmpty())
            shown += fact;
    }
    if (!std::ranges::equal(shown, m_views, isAlike, {}, &FactView::fact))
        return makeViews(shown);
    for (qsizetype row = 0; row < shown.size(); ++row)
        m_views.at(row)->setFact(shown.at(row));
}

void SummaryPage::makeViews(const QList<PageFact>& facts)
{
    auto* box = new QWidget(m_body->parentWidget());
    box->setObjectName("facts"_L1);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    m_views.clear();
    for (const PageFact& fact : facts) {
        const int row = static_cast<int>(m_views.size());
        grid->addWidget(new RoleLabel(fact.label, ColorRole::Secondary, box), row, 0, Qt::AlignLeft | Qt::AlignTop);
        auto* view = new FactView(fact, box);
        connect(view, &FactView::linkActivated, this, &SummaryPage::linkActivated);
        grid->addWidget(view, row, 1);
        m_views += view;
    }
    std::unique_ptr<QLayoutItem>(m_body->replaceWidget(m_factsBox, box)).reset();
    m_factsBox->hide();
    m_factsBox->deleteLater();
    m_factsBox = box;
}

void SummaryPage::setHistory(const QList<PageEvent>& events)
{
    if (events == m_events)
        return;
    m_events = events.first(qMin(events.size(), longestHistory));
    m_history->setRowCount(static_cast<int>(m_events.size()));
    m_historyTitle->setVisible(!m_events.isEmpty());
    m_history->setVisible(!m_events.isEmpty());
    for (int row = 0; row < m_events.size(); ++row) {
        const PageEvent& event = m_events.at(row);
        auto* glyph = new QTableWidgetItem;
        glyph->setData(StateGlyphRole, static_cast<int>(event.role));
        m_history->setItem(row, 0, glyph);
        m_history->setItem(row, 1, new QTableWidgetItem(exactTime(event.when)));
        m_history->setItem(row, 2, new QTableWidgetItem(event.words.simplified()));
    }
    fitHistory();
}

void SummaryPage::fitHistory()
{
    const int row = m_history->verticalHeader()->defaultSectionSize();
    const int around = m_history->horizontalHeader()->height() + 2 * m_history->frameWidth();
    const int rows = m_history->rowCount();
    m_history->setMaximumHeight(around + rows * row);
    m_history->setMinimumHeight(around + qMin(rows, fewStates) * row);
}

QPushButton* SummaryPage::addButton(const QString& objectName, const QString& label, int worth)
{
    auto* button = new QPushButton(label, this);
    button->setObjectName(objectName);
    button->setAccessibleName(QString(label).remove(u'&'));
    m_buttons->addButton(button, worth);
    updateLeastWidth();
    return button;
}

void SummaryPage::setButtonOffered(QPushButton* button, bool isOffered)
{
    m_buttons->setOffered(button, isOffered);
    updateLeastWidth();
}

void SummaryPage::addPage(QWidget* page, const QString& title, int place)
{
    m_pages->insertTab(place, page, title);
}

void SummaryPage::removePage(QWidget* page)
{
    if (const int index = m_pages->indexOf(page); index > 0)
        m_pages->removeTab(index);
}

bool SummaryPage::hasPage(const QWidget* page) const
{
    return m_pages->indexOf(page) >= 0;
}

void SummaryPage::showPage(QWidget* page)
{
    m_pages->setCurrentWidget(page);
}

bool SummaryPage::isSummaryShown() const
{
    return m_pages->currentIndex() == 0;
}

} // namespace kindling
