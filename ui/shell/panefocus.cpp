// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/panefocus.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
bool takesKeys(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 && !widget.focusProxy();
}

/// Where a person was last in it, else the first that takes keys; nullptr = there is none.
QWidget* entryOf(QWidget* part)
{
    if (QWidget* last = part->focusWidget(); last && part->isAncestorOf(last) && takesKeys(*last))
        return last;
    for (QWidget* next = part->nextInFocusChain(); next != part; next = next->nextInFocusChain()) {
        if (part->isAncestorOf(next) && takesKeys(*next))
            return next;
    }
    return nullptr;
}
}

PaneFocus::PaneFocus(QMainWindow* window)
    : QObject(window)
    , m_window(window)
{
    addAction(tr("Ne&xt part of the window"), u"nextPartAction"_s, QKeySequence(Qt::Key_F6), 1);
    addAction(tr("&Previous part of the window"), u"previousPartAction"_s, QKeySequence(Qt::SHIFT | Qt::Key_F6), -1);
}

void PaneFocus::addAction(const QString& text, const QString& name, const QKeySequence& key, int step)
{
    auto* action = new QAction(text, m_window);
    action->setObjectName(name);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [this, step] { go(step); });
    m_actions += action;
}

QList<QWidget*> PaneFocus::parts() const
{
    QList<QWidget*> parts{ m_window->centralWidget() };
    for (QDockWidget* dock : m_window->findChildren<QDockWidget*>()) {
        // one that another covers is visible, too
        if (!dock->isVisible() || dock->visibleRegion().isEmpty())
            continue;
        const bool isLeft = m_window->dockWidgetArea(dock) == Qt::LeftDockWidgetArea;
        parts.insert(isLeft ? 0 : parts.size(), dock->widget());
    }
    parts.removeIf([](QWidget* part) { return !entryOf(part); });
    return parts;
}

void PaneFocus::go(int step) const
{
    const QList<QWidget*> all = parts();
    if (all.isEmpty())
        return;
    const QWidget* focused = m_window->focusWidget();
    const auto holds = [focused](const QWidget* part) { return focused && (part == focused || part->isAncestorOf(focused)); };
    const auto here = std::ranges::find_if(all, holds) - all.begin();
    const qsizetype count = all.size();
    const qsizetype next = here == count ? 0 : (here + step + count) % count;
    entryOf(all.at(next))->setFocus(Qt::TabFocusReason);
}

} // namespace kindling
