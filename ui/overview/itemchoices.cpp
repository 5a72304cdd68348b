// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/itemchoices.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace kindling {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(kindling::ItemChoices)
};

QList<Choice> choicesBy(const Workspace& workspace, QString (*valueOf)(const SparkItem&), QString (*wordsOf)(const SparkItem&))
{
    QMap<QString, Choice> found;
    for (Server* server : workspace.servers()) {
        for (const ItemType type : { ItemType::Session, ItemType::Batch }) {
            for (const TrackedItem& tracked : server->store(type).items()) {
                Choice& choice = found[valueOf(tracked.item)];
                if (++choice.count == 1) {
                    choice.value = valueOf(tracked.item);
                    choice.words = wordsOf(tracked.item);
                }
            }
        }
    }
    QList<Choice> choices = found.values();
    std::ranges::sort(choices, [](const Choice& one, const Choice& other) { return QString::localeAwareCompare(one.words, other.words) < 0; });
    return choices;
}
}

QList<Choice> stateChoices(const Workspace& workspace)
{
    return choicesBy(
        workspace, [](const SparkItem& item) { return item.state.raw.toLower(); },
        [](const SparkItem& item) { return stateWords(item.state); });
}

QList<Choice> kindChoices(const Workspace& workspace)
{
    return choicesBy(
        workspace, [](const SparkItem& item) { return item.kindText.toLower(); },
        [](const SparkItem& item) {
            if (item.kindText.isEmpty())
                return Words::tr("without a kind");
            return item.kind() == Kind::Unknown ? item.kindText : kindWord(item.kind());
        });
}

} // namespace kindling
