// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notebook/cellheader.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/plaintooltip.h"
#include "ui/common/stateglyph.h"
#include "ui/common/words.h"
#include "ui/notebook/quietcombo.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace kindling {

namespace {

constexpr std::pair<CellType, Kind> choices[] = {
    { CellType::Code, Kind::PySpark },
    { CellType::Code, Kind::Spark },
    { CellType::Code, Kind::SparkR },
    { CellType::Code, Kind::Sql },
    { CellType::Markdown, Kind::Unknown },
    { CellType::Raw, Kind::Unknown },
};

QString choiceWord(CellType type, Kind kind)
{
    switch (type) {
    case CellType::Markdown: return CellHeader::tr("Markdown");
    case CellType::Raw: return CellHeader::tr("Raw", "kind of cell");
    case CellType::Code: break;
    }
    return kindWord(kind);
}

StateRole roleOfEnd(RunState state)
{
    if (state == RunState::Finished)
        return StateRole::Success;
    return state == RunState::Cancelled ? StateRole::Stopped : StateRole::Bad;
}

QString timeWords(const QDateTime& started, const QDateTime& completed)
{
    if (!completed.isValid())
        return {};
    const QString when = clockTime(completed, QDate::currentDate());
    if (!started.isValid() || started > completed)
        return when;
    return durationText(std::chrono::milliseconds(started.msecsTo(completed))) + u"   "_s + when;
}

}

CellHeader::CellHeader(QWidget* parent)
    : QWidget(parent)
    , m_number(new RoleLabel({}, ColorRole::Secondary, this))
    , m_kind(new QuietCombo(this))
    , m_progress(new QProgressBar(this))
    , m_words(new RoleLabel({}, ColorRole::Secondary, this))
    , m_interrupt(new QPushButton(tr("Interrupt"), this))
    , m_glyph(new QLabel(this))
    , m_end(new RoleLabel({}, ColorRole::Secondary, this))
    , m_add(new QToolButton(this))
    , m_menu(new QToolButton(this))
{
    setObjectName(u"cellHeader"_s);
    m_number->setObjectName(u"cellNumber"_s);
    m_words->setObjectName(u"runWords"_s);
    m_end->setObjectName(u"runEnd"_s);
    m_progress->setObjectName(u"runProgress"_s);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(180);
    m_progress->setAccessibleName(tr("Progress"));
    m_interrupt->setObjectName(u"cellInterrupt"_s);
    m_interrupt->setAccessibleName(m_interrupt->text());
    m_interrupt->setFlat(true);
    for (RoleLabel* label : { m_number, m_words, m_end })
        label->setSmall();
    m_interrupt->setFont(secondaryFont(font()));
    m_ticks.setInterval(1000);
    connect(&m_ticks, &QTimer::timeout, this, &CellHeader::tick);
    connect(m_interrupt, &QPushButton::clicked, this, &CellHeader::interruptClicked);
    setUpKinds();
    setUpTools();
    setUpRow();
    showLast({}, false, false);
}

void CellHeader::setUpKinds()
{
    m_kind->setObjectName(u"cellKind"_s);
    m_kind->setAccessibleName(tr("Kind of cell"));
    m_kind->setFont(secondaryFont(font()));
    m_kind->setFrame(false);
    for (const auto& [type, kind] : choices)
        m_kind->addItem(choiceWord(type, kind));
    connect(m_kind, &QComboBox::activated, this,
        [this](int index) { Q_EMIT kindChosen(choices[index].first, choices[index].second); });
}

void CellHeader::setUpTools()
{
    const auto setUp = [this](QToolButton* button, const QString& name, const QString& icon, const QString& words) {
        button->setObjectName(name);
        button->setIcon(themedIcon(icon));
        button->setIconSize(QSize(16, 16));
        button->setAutoRaise(true);
        button->setToolTip(words);
        button->setAccessibleName(words);
        button->setFocusPolicy(Qt::TabFocus);
        QSizePolicy policy = button->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        button->setSizePolicy(policy);
    };
    setUp(m_add, u"cellAdd"_s, u"list-add"_s, tr("Add cell below"));
    setUp(m_menu, u"cellMenu"_s, u"overflow-menu"_s, tr("More"));
    connect(m_add, &QToolButton::clicked, this, [this] { Q_EMIT commandChosen(CellCommand::InsertBelow); });
    auto* menu = new QMenu(this);
    const auto add = [this, menu](const QString& words, CellCommand command, QKeySequence keys) {
        QAction* action = menu->addAction(words);
        // Shown, not bound: these keys work only while a cell is chosen and not typed in.
        if (!keys.isEmpty())
            action->setText(words + u'\t' + keys.toString(QKeySequence::NativeText));
        connect(action, &QAction::triggered, this, [this, command] { Q_EMIT commandChosen(command); });
    };
    add(tr("Insert cell &above"), CellCommand::InsertAbove, QKeySequence(Qt::Key_A));
    add(tr("Insert cell &below"), CellCommand::InsertBelow, QKeySequence(Qt::Key_B));
    menu->addSeparator();
    add(tr("Move &up"), CellCommand::MoveUp, {});
    add(tr("Move &down"), CellCommand::MoveDown, {});
    menu->addSeparator();
    add(tr("De&lete cell"), CellCommand::Remove, QKeySequence(Qt::Key_D, Qt::Key_D));
    m_menu->setMenu(menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
}

void CellHeader::setUpRow()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 2, 12, 3);
    row->setSpacing(8);
    row->addWidget(m_number);
    row->addWidget(m_kind);
    row->addWidget(m_progress);
    row->addWidget(m_words);
    row->addStretch(1);
    row->addWidget(m_interrupt);
    row->addWidget(m_add);
    row->addWidget(m_menu);
    row->addWidget(m_glyph);
    row->addWidget(m_end);
    row->setAlignment(Qt::AlignVCenter);
}

void CellHeader::setKind(CellType type, Kind kind)
{
    for (int i = 0; i < static_cast<int>(std::size(choices)); ++i)
        if (choices[i].first == type && (type != CellType::Code || choices[i].second == kind))
            m_kind->setCurrentIndex(i);
    m_number->setVisible(type == CellType::Code);
}

void CellHeader::showLast(const CellRun& run, bool hasOutput, bool isError)
{
    m_ticks.stop();
    m_progress->hide();
    m_words->hide();
    m_interrupt->hide();
    m_number->setText(run.number ? u"[%1]"_s.arg(*run.number) : u"[ ]"_s);
    m_number->setColorRole(ColorRole::Secondary);
    const QString when = timeWords(run.started, run.completed);
    if (when.isEmpty() && !hasOutput && !run.number)
        hideEnd();
    else
        showEnd(isError ? StateRole::Bad : StateRole::Success, when, exactTime(run.completed));
}

void CellHeader::showRun(const Run& run)
{
    const bool isEnded = isTerminal(run.state);
    m_interrupt->setVisible(!isEnded);
    m_interrupt->setEnabled(run.state != RunState::Cancelling);
    m_words->setVisible(!isEnded);
    m_progress->setVisible(run.state == RunState::Running);
    if (isEnded) {
        m_ticks.stop();
        m_number->setText(run.output && run.output->executionCount >= 0 ? u"[%1]"_s.arg(run.output->executionCount) : u"[ ]"_s);
        m_number->setColorRole(ColorRole::Secondary);
        const QString when = timeWords(run.started, run.completed);
        const bool isWorded = run.state == RunState::Cancelled || run.state == RunState::Lost || when.isEmpty();
        QString words = isWorded ? runStateWords(run.state) + (when.isEmpty() ? QString() : u"   "_s + when) : when;
        if (run.isLingering && !run.note.isEmpty())
            words += u" · "_s + run.note;
        return showEnd(roleOfEnd(run.state), words, run.note.isEmpty() ? exactTime(run.completed) : run.note);
    }
    hideEnd();
    m_number->setText(u"[*]"_s);
    m_number->setColorRole(ColorRole::Active);
    m_progress->setValue(qBound(0, static_cast<int>(run.progress * 1000), 1000));
    if (run.state == RunState::Running) {
        m_runWords = tr("%1 %").arg(qBound(0, static_cast<int>(run.progress * 100), 100));
        if (!m_ticks.isActive()) {
            m_since.start();
            m_ticks.start();
        }
    } else {
        m_runWords = runStateWords(run.state);
        if (!run.note.isEmpty())
            m_runWords += u" · "_s + run.note;
    }
    tick();
}

void CellHeader::tick()
{
    const bool hasBegun = m_ticks.isActive() && m_since.isValid();
    m_words->setText(hasBegun ? m_runWords + u" · "_s + ageText(std::chrono::milliseconds(m_since.elapsed())) : m_runWords);
}

void CellHeader::showEnd(StateRole role, const QString& words, const QString& tip)
{
    m_role = role;
    updateGlyph();
    m_glyph->setAccessibleName(role == StateRole::Success ? tr("succeeded") : role == StateRole::Stopped ? tr("cancelled") : tr("failed"));
    m_glyph->setToolTip(m_glyph->accessibleName());
    m_glyph->show();
    m_end->setText(words);
    m_end->setToolTip(plainToolTip(tip));
    m_end->setVisible(!words.isEmpty());
}

void CellHeader::hideEnd()
{
    m_glyph->hide();
    m_end->hide();
}

void CellHeader::setToolsShown(bool isShown)
{
    m_add->setVisible(isShown);
    m_menu->setVisible(isShown);
}

void CellHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorRole::Line, palette()));
}

void CellHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateGlyph();
}

void CellHeader::updateGlyph()
{
    m_glyph->setPixmap(stateIcon(m_role, palette()).pixmap(QSize(13, 13), devicePixelRatioF()));
}

} // namespace kindling
