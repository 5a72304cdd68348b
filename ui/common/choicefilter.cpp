// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/choicefilter.h"

#include <QAction>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestWords = 60;
}

ChoiceFilter::ChoiceFilter(const QString& label, std::function<QList<Choice>()> choices, QWidget* parent)
    : QPushButton(parent)
    , m_label(label)
    , m_choices(std::move(choices))
    , m_menu(new QMenu(this))
{
    m_menu->installEventFilter(this);
    connect(m_menu, &QMenu::aboutToShow, this, &ChoiceFilter::fill);
    setMenu(m_menu);
    showChosen();
}

void ChoiceFilter::fill()
{
    m_menu->clear();
    QAction* all = m_menu->addAction(tr("All"));
    all->setEnabled(!m_chosen.isEmpty());
    connect(all, &QAction::triggered, this, &ChoiceFilter::clear);
    m_menu->addSeparator();
    QList<Choice> choices = m_choices();
    // What was chosen can be unchosen also when nothing has it any more.
    for (const QString& value : std::as_const(m_chosen)) {
        if (std::ranges::find(choices, value, &Choice::value) == choices.end())
            choices.append({ value, value, 0 });
    }
    for (const Choice& choice : std::as_const(choices)) {
        const QString words = choice.words.simplified().left(longestWords).replace(u'&', u"&&"_s);
        QAction* action = m_menu->addAction(tr("%1 (%2)", "a value, and how many have it").arg(words, QLocale().toString(choice.count)));
        action->setCheckable(true);
        action->setChecked(m_chosen.contains(choice.value));
        action->setData(choice.value);
        connect(action, &QAction::toggled, this, [this, value = choice.value](bool isOn) { choose(value, isOn); });
    }
}

bool ChoiceFilter::eventFilter(QObject* watched, QEvent* event)
{
    const auto* mouse = event->type() == QEvent::MouseButtonRelease ? static_cast<QMouseEvent*>(event) : nullptr;
    const auto* key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event) : nullptr;
    QAction* action = nullptr;
    if (mouse)
        action = m_menu->actionAt(mouse->position().toPoint());
    else if (key && key->key() == Qt::Key_Space)
        action = m_menu->activeAction();
    if (watched != m_menu || !action || !action->isCheckable())
        return QPushButton::eventFilter(watched, event);
    action->toggle();
    return true;
}

void ChoiceFilter::choose(const QString& value, bool isOn)
{
    m_chosen.removeAll(value);
    if (isOn)
        m_chosen.append(value);
    showChosen();
    Q_EMIT chosenChanged();
}

void ChoiceFilter::clear()
{
    if (m_chosen.isEmpty())
        return;
    m_chosen.clear();
    showChosen();
    Q_EMIT chosenChanged();
}

void ChoiceFilter::showChosen()
{
    setText(m_chosen.isEmpty() ? m_label : tr("%1 (%2)", "a filter, and how many values it lets through").arg(m_label, QLocale().toString(m_chosen.size())));
    setAccessibleName(text());
}

} // namespace kindling
