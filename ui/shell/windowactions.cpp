// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowactions.h"

#include "app/storage/settings.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
QAction* add(QMenu* menu, const QString& text, const QKeySequence& shortcut, const QString& name)
{
    QAction* action = menu->addAction(text);
    action->setShortcut(shortcut);
    action->setObjectName(name);
    action->setParent(menu->parent());
    return action;
}

QActionGroup* addColorSchemes(QMenu* view, QWidget* parent)
{
    QMenu* menu = view->addMenu(WindowActions::tr("&Appearance"));
    auto* group = new QActionGroup(parent);
    const auto choice = [&](const QString& text, ColorSchemeChoice scheme) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(scheme));
        group->addAction(action);
    };
    choice(WindowActions::tr("As the &system"), ColorSchemeChoice::System);
    choice(WindowActions::tr("&Light"), ColorSchemeChoice::Light);
    choice(WindowActions::tr("&Dark"), ColorSchemeChoice::Dark);
    return group;
}

void addHelp(QMenu* help, WindowActions& a)
{
    a.sample = add(help, WindowActions::tr("Open the &sample notebook"), {}, u"sampleAction"_s);
    help->addSeparator();
    a.about = add(help, WindowActions::tr("&About Kindling"), {}, u"aboutAction"_s);
}
}

WindowActions WindowActions::create(QMenuBar* bar, const QList<QAction*>& viewExtras, QWidget* parent)
{
    WindowActions a{};
    QMenu* file = bar->addMenu(tr("&File"));
    a.newNotebook = add(file, tr("&New notebook"), QKeySequence::New, u"newNotebookAction"_s);
    a.open = add(file, tr("&Open…"), QKeySequence::Open, u"openAction"_s);
    file->addSeparator();
    a.save = add(file, tr("&Save"), QKeySequence::Save, u"saveAction"_s);
    a.saveAs = add(file, tr("Save &as…"), QKeySequence(u"Ctrl+Shift+S"_s), u"saveAsAction"_s);
    a.closeTab = add(file, tr("&Close tab"), QKeySequence(u"Ctrl+W"_s), u"closeTabAction"_s);
    file->addSeparator();
    a.quit = add(file, tr("&Quit"), QKeySequence(u"Ctrl+Q"_s), u"quitAction"_s);

    QMenu* edit = bar->addMenu(tr("&Edit"));
    a.undo = add(edit, tr("&Undo in the notebook"), QKeySequence(u"Ctrl+Alt+Z"_s), u"undoAction"_s);
    a.redo = add(edit, tr("&Redo in the notebook"), QKeySequence(u"Ctrl+Alt+Shift+Z"_s), u"redoAction"_s);
    edit->addSeparator();
    a.settings = add(edit, tr("&Settings…"), QKeySequence(u"Ctrl+,"_s), u"settingsAction"_s);

    QMenu* view = bar->addMenu(tr("&View"));
    view->addActions(viewExtras);
    view->addSeparator();
    a.colorSchemes = addColorSchemes(view, parent);
    a.refresh = add(view, tr("Re&fresh all servers"), QKeySequence(u"F5"_s), u"refreshAction"_s);
    a.findCommand = add(view, tr("&Find a command or session…"), QKeySequence(u"Ctrl+Shift+P"_s), u"findCommandAction"_s);

    QMenu* run = bar->addMenu(tr("&Run"));
    a.runCell = add(run, tr("&Run cell"), QKeySequence(u"Ctrl+Return"_s), u"runCellAction"_s);
    a.runAll = add(run, tr("Run &all cells"), QKeySequence(u"Ctrl+Shift+Return"_s), u"runAllAction"_s);
    a.interrupt = add(run, tr("&Interrupt"), QKeySequence(u"Ctrl+."_s), u"interruptAction"_s);

    QMenu* session = bar->addMenu(tr("&Session"));
    a.newSession = add(session, tr("&New session…"), QKeySequence(u"Ctrl+Shift+N"_s), u"newSessionAction"_s);
    a.deleteSelected = add(session, tr("&Delete selected…"), {}, u"deleteSelectedAction"_s);

    QMenu* batch = bar->addMenu(tr("&Batch"));
    a.submitBatch = add(batch, tr("&Submit batch…"), QKeySequence(u"Ctrl+Shift+B"_s), u"submitBatchAction"_s);

    QMenu* tools = bar->addMenu(tr("&Tools"));
    a.addServer = add(tools, tr("&Add server…"), {}, u"addServerAction"_s);
    tools->addSeparator();
    a.startLocalSpark = add(tools, tr("Start &local Spark"), {}, u"startLocalSparkAction"_s);
    a.stopLocalSpark = add(tools, tr("S&top local Spark"), {}, u"stopLocalSparkAction"_s);

    addHelp(bar->addMenu(tr("&Help")), a);
    return a;
}

} // namespace kindling
