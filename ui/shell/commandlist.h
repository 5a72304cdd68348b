// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/ids.h"

#include <QList>
#include <QString>

#include <functional>

class QMenuBar;
class QTabWidget;

namespace kindling {

class Workspace;

/// Something that can be done by its name.
struct Command {
    QString text;   ///< "Session 12 etl-ann"; one line
    QString detail; ///< "prod · idle", or the shortcut
    std::function<void()> run;
};

/// Every action of the menus that can be chosen now: "File ▸ Save".
[[nodiscard]] QList<Command> menuCommands(const QMenuBar& bar);
/// The open tabs.
[[nodiscard]] QList<Command> tabCommands(QTabWidget* tabs);
[[nodiscard]] QList<Command> serverCommands(const Workspace& workspace, const std::function<void(const ServerId&)>& open);
/// All sessions, then all batches.
[[nodiscard]] QList<Command> itemCommands(const Workspace& workspace, const std::function<void(const ItemKey&)>& open);

/// How well the letters of `pattern` stand in this order in `text`, whatever their case; 0 = they do not, else the higher
/// the better: letters that follow each other and begin words count more, and short texts before long ones.
[[nodiscard]] int matchScore(QStringView pattern, QStringView text);

} // namespace kindling
