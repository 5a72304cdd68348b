// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandlist.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QTabWidget>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestText = 120;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandList)
};

QString shortened(const QString& text)
{
    return text.simplified().left(longestText);
}

/// Without the mnemonic and the dots that promise a question.
QString plainText(const QAction& action)
{
    QString text = action.text();
    text.replace(u"&&"_s, QString(QChar(1))).remove(u'&').replace(QChar(1), u'&');
    return shortened(text.endsWith(u'…') ? text.chopped(1) : text);
}

void addActions(const QMenu& menu, const QString& path, QList<Command>& commands)
{
    for (QAction* action : menu.actions()) {
        if (action->isSeparator() || !action->isEnabled() || !action->isVisible())
            continue;
        const QString text = Words::tr("%1 ▸ %2", "a menu, and what is in it").arg(path, plainText(*action));
        if (const QMenu* below = action->menu()) {
            addActions(*below, text, commands);
            continue;
        }
        const QPointer<QAction> kept(action);
        commands += Command{ text, action->shortcut().toString(QKeySequence::NativeText), [kept] {
            if (kept)
                kept->trigger();
        } };
    }
}

/// As if the text began there.
int scoreFrom(qsizetype at, QStringView pattern, QStringView text)
{
    constexpr int inSequence = 8;
    constexpr int atWord = 6;
    constexpr int anywhere = 1;
    int score = 0;
    qsizetype last = -2;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        const QChar lower = wanted.toCaseFolded();
        while (at < text.size() && text.at(at).toCaseFolded() != lower)
            ++at;
        if (at == text.size())
            return 0;
        const bool isWordBegin = at == 0 || !text.at(at - 1).isLetterOrNumber();
        score += last == at - 1 ? inSequence : (isWordBegin ? atWord : anywhere);
        last = at++;
    }
    return score;
}

void addItems(Server* server, ItemType type, const std::function<void(const ItemKey&)>& open, QList<Command>& commands)
{
    const QString label = type == ItemType::Session ? Words::tr("Session %1 %2") : Words::tr("Batch %1 %2");
    const QString name = shortened(server->profile().name);
    for (const TrackedItem& tracked : server->store(type).items()) {
        const QString text = shortened(label.arg(tracked.key.id, tracked.item.name));
        const QString detail = u"%1 · %2"_s.arg(name, shortened(stateWords(tracked.item.state, tracked.damage)));
        commands += Command{ text, detail, [open, key = tracked.key] { open(key); } };
    }
}
}

QList<Command> menuCommands(const QMenuBar& bar)
{
    QList<Command> commands;
    for (const QAction* action : bar.actions()) {
        if (const QMenu* menu = action->menu())
            addActions(*menu, plainText(*action), commands);
    }
    return commands;
}

QList<Command> tabCommands(QTabWidget* tabs)
{
    QList<Command> commands;
    for (int index = 0; index < tabs->count(); ++index) {
        QString title = tabs->tabText(index);
        title.replace(u"&&"_s, u"&"_s);
        commands += Command{ Words::tr("Tab ▸ %1").arg(shortened(title)), {}, [page = QPointer(tabs->widget(index)), tabs = QPointer(tabs)] {
            if (page && tabs)
                tabs->setCurrentWidget(page);
        } };
    }
    return commands;
}

QList<Command> serverCommands(const Workspace& workspace, const std::function<void(const ServerId&)>& open)
{
    QList<Command> commands;
    for (const Server* server : workspace.servers()) {
        const ServerProfile& profile = server->profile();
        commands += Command{ Words::tr("Server %1").arg(shortened(profile.name)), connectionWords(server->connection()),
            [open, id = profile.id] { open(id); } };
    }
    return commands;
}

QList<Command> itemCommands(const Workspace& workspace, const std::function<void(const ItemKey&)>& open)
{
    QList<Command> commands;
    for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
        for (Server* server : workspace.servers())
            addItems(server, type, open, commands);
    }
    return commands;
}

int matchScore(QStringView pattern, QStringView text)
{
    int best = pattern.trimmed().isEmpty() ? 1 : 0;
    for (qsizetype start = 0; start < text.size() && !pattern.trimmed().isEmpty(); ++start) {
        if (text.at(start).toCaseFolded() == pattern.trimmed().front().toCaseFolded())
            best = qMax(best, scoreFrom(start, pattern, text));
    }
    // Of two that match alike the shorter one says less that was not asked for.
    const int brevity = static_cast<int>(qMax(qsizetype(0), longestText - text.size()));
    return best > 0 ? best * static_cast<int>(longestText) + brevity : 0;
}

} // namespace kindling
