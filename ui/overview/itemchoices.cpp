// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/itemchoices.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/models/itemroles.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace kindling {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::ItemChoices)
};

using TextOf = QString (*)(const TrackedItem&);

QList<Choice> sorted(const QMap<QString, Choice>& found)
{
    QList<Choice> choices = found.values();
    std::ranges::sort(choices, [](const Choice& one, const Choice& other) { return QString::localeAwareCompare(one.words, other.words) < 0; });
    return choices;
}

QList<Choice> choicesBy(const Workspace& workspace, TextOf valueOf, TextOf wordsOf)
{
    QMap<QString, Choice> found;
    for (Server* server : workspace.servers()) {
        for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
            for (const TrackedItem& tracked : server->store(type).items()) {
                Choice& choice = found[valueOf(tracked)];
                if (++choice.count == 1) {
                    choice.value = valueOf(tracked);
                    choice.words = wordsOf(tracked);
                }
            }
        }
    }
    return sorted(found);
}

int countOf(Server* server, ItemType type)
{
    return static_cast<int>(server->store(type).items().size());
}
}

QList<Choice> stateChoices(const Workspace& workspace)
{
    return choicesBy(
        workspace, [](const TrackedItem& item) { return item.item.state.raw.toLower(); },
        [](const TrackedItem& item) { return stateWords(item.item.state); });
}

QList<Choice> kindChoices(const Workspace& workspace)
{
    return choicesBy(
        workspace, [](const TrackedItem& item) { return item.item.kindText.toLower(); },
        [](const TrackedItem& item) {
            const QString& kind = item.item.kindText;
            if (kind.isEmpty())
                return Words::tr("without a kind");
            return item.item.kind() == Kind::Unknown ? kind : kindWord(item.item.kind());
        });
}

QList<Choice> ownerChoices(const Workspace& workspace)
{
    return choicesBy(
        workspace, [](const TrackedItem& item) { return ownerOf(item.item).toLower(); },
        [](const TrackedItem& item) { return ownerOf(item.item).isEmpty() ? Words::tr("without an owner") : ownerOf(item.item); });
}

QList<Choice> typeChoices(const Workspace& workspace)
{
    Choice sessions{ sessionChoice, Words::tr("Sessions"), 0 };
    Choice batches{ batchChoice, Words::tr("Batches"), 0 };
    for (Server* server : workspace.servers()) {
        sessions.count += countOf(server, ItemType::Session);
        batches.count += countOf(server, ItemType::Batch);
    }
    return { sessions, batches };
}

QList<Choice> serverChoices(const Workspace& workspace)
{
    QList<Choice> choices;
    for (Server* server : workspace.servers())
        choices += Choice{ server->profile().id, server->profile().name, countOf(server, ItemType::Session) + countOf(server, ItemType::Batch) };
    return choices;
}

} // namespace kindling
