// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logbar.h"

#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/overflowrow.h"
#include "ui/common/togglebutton.h"
#include "ui/log/logwords.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QToolButton>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int mostPattern = 1000;
constexpr int allSections = -1;
constexpr int leastSearch = 90;
constexpr int wantedSearch = 150;
constexpr int wantedTitle = 180; ///< a longer one is cut before an act goes into the menu
}

LogBar::LogBar(QWidget* parent)
    : QWidget(parent)
    , m_label(new ElidedLabel(QString(), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_label->setObjectName("logTitle"_L1);
    m_label->setColorRole(ColorRole::Secondary);
    row->addWidget(m_label, 1);
    m_section = new QComboBox(this);
    m_section->setObjectName("logSection"_L1);
    m_section->setAccessibleName(tr("Part of the log"));
    m_section->setToolTip(m_section->accessibleName());
    m_section->hide();
    row->addWidget(m_section);
    setupSearch(row);
    setupSteps(row);
    setupActs(row);
    setMinimumHeight(36);
    connect(m_section, &QComboBox::currentIndexChanged, this, &LogBar::readFilter);
    setMatches(0, -1, false);
}

void LogBar::setupSearch(QHBoxLayout* row)
{
    m_search = new QLineEdit(this);
    m_search->setObjectName("logSearch"_L1);
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(mostPattern);
    m_search->setMinimumWidth(leastSearch);
    m_search->setMaximumWidth(260);
    m_search->addAction(themedIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    row->addWidget(m_search, 2);
    auto* options = new QHBoxLayout;
    options->setSpacing(2);
    row->addLayout(options);
    m_case = new ToggleButton(u"logCase"_s, u"Aa"_s, tr("Capital and small letters differ"), this);
    m_regex = new ToggleButton(u"logRegex"_s, u".*"_s, tr("A regular expression is looked for"), this);
    m_matchingOnly = new ToggleButton(u"logMatchingOnly"_s, tr("Filter"), tr("Show only the lines that match"), this);
    for (QPushButton* option : { m_case, m_regex, m_matchingOnly })
        options->addWidget(option);
    m_case->setAccessibleName(tr("Match case"));
    m_regex->setAccessibleName(tr("Regular expression"));
    connect(m_search, &QLineEdit::textChanged, this, &LogBar::readFilter);
    for (const QPushButton* option : { m_case, m_regex, m_matchingOnly })
        connect(option, &QPushButton::toggled, this, &LogBar::readFilter);
}

void LogBar::setupSteps(QHBoxLayout* row)
{
    m_count = new RoleLabel(QString(), ColorRole::Secondary, this);
    m_count->setObjectName("logMatchCount"_L1);
    // The line keeps its layout while the numbers change.
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(999).arg(999)));
    row->addWidget(m_count);
    auto* steps = new QHBoxLayout;
    steps->setSpacing(2);
    row->addLayout(steps);
    m_previous = addStep(steps, "logPrevious", Qt::UpArrow, tr("Previous match"));
    m_next = addStep(steps, "logNext", Qt::DownArrow, tr("Next match"));
    connect(m_previous, &QToolButton::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT stepWanted(1); });
}

void LogBar::setupActs(QHBoxLayout* row)
{
    m_loud = new ToggleButton(u"logLoudOnly"_s, tr("≥ WARN"), tr("Only warnings and errors"), this);
    m_firstError = new QPushButton(tr("First error"), this);
    m_firstError->setObjectName("logFirstError"_L1);
    m_firstError->setToolTip(tr("Go to the first error; again for the next"));
    m_follow = new ToggleButton(u"logFollow"_s, tr("Follow"), tr("Keep the end in sight"), this);
    m_follow->setChecked(true);
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setObjectName("logSave"_L1);
    m_save->setToolTip(tr("Write the lines shown to a file"));
    m_acts = new OverflowRow(this);
    m_acts->addButton(m_loud, 2);
    m_acts->addButton(m_firstError, 1);
    m_acts->addButton(m_follow, OverflowRow::always);
    m_acts->addButton(m_save, 0);
    row->addWidget(m_acts);
    for (QPushButton* button : { m_firstError, m_save })
        button->setAccessibleName(button->text());
    connect(m_loud, &QPushButton::toggled, this, &LogBar::readFilter);
    connect(m_firstError, &QPushButton::clicked, this, &LogBar::firstErrorWanted);
    connect(m_follow, &QPushButton::toggled, this, &LogBar::followingChanged);
    connect(m_save, &QPushButton::clicked, this, &LogBar::saveWanted);
}

int LogBar::fixedWidth() const
{
    const QMargins margins = layout()->contentsMargins();
    int width = margins.left() + margins.right() - layout()->spacing();
    for (int place = 0; place < layout()->count(); ++place) {
        const QLayoutItem* item = layout()->itemAt(place);
        const bool isFlexible = item->widget() && QList<QWidget*>{ m_label, m_search, m_acts }.contains(item->widget());
        if (!item->isEmpty())
            width += layout()->spacing() + (isFlexible ? 0 : item->minimumSize().width());
    }
    return width;
}

void LogBar::fitActs()
{
    const int fixed = fixedWidth();
    m_acts->fitTo(width() - fixed - wantedSearch - qMin(m_label->sizeHint().width(), wantedTitle));
    setMinimumWidth(fixed + leastSearch + m_label->minimumSizeHint().width() + m_acts->leastWidth());
}

bool LogBar::event(QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        fitActs();
    return QWidget::event(event);
}

QToolButton* LogBar::addStep(QHBoxLayout* row, const char* name, Qt::ArrowType arrow, const QString& label)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1StringView(name));
    button->setArrowType(arrow);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(label);
    button->setToolTip(label);
    row->addWidget(button);
    return button;
}

void LogBar::readFilter()
{
    const int section = m_section->currentData().isValid() ? m_section->currentData().toInt() : allSections;
    m_filter.section = section == allSections ? std::nullopt : std::optional(static_cast<LogSection>(section));
    m_filter.least = m_loud->isChecked() ? LogLevel::Warning : LogLevel::Plain;
    m_filter.isMatchingOnly = m_matchingOnly->isChecked();
    m_filter.pattern = nullptr;
    m_badExpression.clear();
    if (!m_search->text().isEmpty()) {
        const auto pattern = TextPattern::compile({ m_search->text(), m_regex->isChecked(), m_case->isChecked() });
        if (pattern)
            m_filter.pattern = *pattern;
        else
            m_badExpression = tr("Not a regular expression: %1, at character %2").arg(pattern.error().reason).arg(pattern.error().position);
    }
    m_search->setAccessibleDescription(m_badExpression);
    updateTitle();
    Q_EMIT filterChanged();
}

void LogBar::updateTitle()
{
    const bool isProblem = !m_badExpression.isEmpty() || m_isNoteProblem;
    m_label->setColorRole(isProblem ? ColorRole::Bad : ColorRole::Secondary);
    m_label->setText(!m_badExpression.isEmpty() ? m_badExpression : m_note.isEmpty() ? m_title : m_note);
}

void LogBar::setTitle(const QString& title)
{
    m_title = title;
    updateTitle();
}

void LogBar::setNote(const QString& note, bool isProblem)
{
    m_note = note;
    m_isNoteProblem = isProblem && !note.isEmpty();
    updateTitle();
}

void LogBar::setSections(const QList<LogSection>& sections)
{
    const qsizetype known = m_section->count() > 0 ? m_section->count() - 1 : 0;
    if (known == sections.size())
        return;
    const QSignalBlocker blocker(m_section);
    const QVariant chosen = m_section->currentData();
    m_section->clear();
    m_section->addItem(tr("All parts"), allSections);
    for (const LogSection section : sections)
        m_section->addItem(sectionWords(section), static_cast<int>(section));
    m_section->setCurrentIndex(qMax(0, m_section->findData(chosen)));
    m_section->setVisible(sections.size() > 1);
    if (m_section->currentData() != chosen)
        readFilter();
}

void LogBar::setMatches(qsizetype count, qsizetype current, bool isSearching)
{
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
    if (!m_filter.pattern)
        m_count->setText(QString());
    else if (isSearching)
        m_count->setText(tr("%1 …", "so many matches were found up to now").arg(QLocale().toString(count)));
    else if (current >= 0)
        m_count->setText(tr("%1 of %2").arg(QLocale().toString(current + 1), QLocale().toString(count)));
    else
        m_count->setText(count == 0 ? tr("none", "search: no matches") : tr("%Ln found", nullptr, static_cast<int>(count)));
}

void LogBar::setFollowing(bool isFollowing)
{
    m_follow->setChecked(isFollowing);
}

bool LogBar::isFollowing() const
{
    return m_follow->isChecked();
}

void LogBar::setHasErrors(bool hasErrors)
{
    m_firstError->setEnabled(hasErrors);
}

void LogBar::setCanSave(bool canSave)
{
    m_save->setEnabled(canSave);
}

void LogBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool LogBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return false;
    Q_EMIT stepWanted(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    return true;
}

} // namespace kindling
