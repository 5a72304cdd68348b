// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/deletequestion.h"

#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "ui/common/words.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostNamed = 10;
constexpr qsizetype mostOwners = 5;
constexpr qsizetype longestName = 80;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DeleteQuestion)
};

QString shortened(const QString& text)
{
    return text.simplified().left(longestName);
}

QString ownerOf(const SparkItem& item)
{
    return shortened(item.owner.isEmpty() ? item.proxyUser : item.owner);
}

/// "120 of ann, 70 of bo, 10 of others"; empty where no owner is known.
QString countByOwner(const QList<TrackedItem>& items)
{
    QMap<QString, int> counts;
    for (const TrackedItem& item : items)
        ++counts[ownerOf(item.item)];
    if (counts.size() == 1 && counts.contains(QString()))
        return {};
    QList<std::pair<int, QString>> owners;
    for (const auto& [owner, count] : counts.asKeyValueRange())
        owners.append({ count, owner });
    std::ranges::stable_sort(owners, [](const auto& one, const auto& other) { return one.first > other.first; });
    QStringList parts;
    int others = 0;
    for (const auto& [count, owner] : std::as_const(owners)) {
        if (parts.size() >= mostOwners)
            others += count;
        else
            parts += owner.isEmpty() ? Words::tr("%Ln without an owner", nullptr, count) : Words::tr("%Ln of %1", nullptr, count).arg(owner);
    }
    if (others > 0)
        parts += Words::tr("%Ln of other owners", nullptr, others);
    return parts.join(", "_L1);
}

void setWords(Question& question, int count, bool isAnyAlive)
{
    const bool isOne = count == 1;
    if (!isAnyAlive) {
        question.title = isOne ? Words::tr("Delete this?") : Words::tr("Delete these %Ln?", nullptr, count);
        question.detail = isOne ? Words::tr("Its server forgets it. This cannot be undone.") : Words::tr("Their server forgets them. This cannot be undone.");
        question.acceptText = isOne ? Words::tr("Delete") : Words::tr("Delete %Ln", nullptr, count);
        return;
    }
    question.title = isOne ? Words::tr("Stop and delete this?") : Words::tr("Stop and delete these %Ln?", nullptr, count);
    question.detail = isOne ? Words::tr("What runs in it ends, and what it holds in memory is gone. This cannot be undone.")
                            : Words::tr("What runs in them ends, and what they hold in memory is gone. This cannot be undone.");
    question.acceptText = isOne ? Words::tr("Stop and delete") : Words::tr("Stop and delete %Ln", nullptr, count);
}
}

QString itemLine(const Workspace& workspace, const TrackedItem& tracked)
{
    const QString type = tracked.key.type == ItemType::Session ? Words::tr("Session %1") : Words::tr("Batch %1");
    QStringList parts{ type.arg(shortened(tracked.key.id)) };
    if (!tracked.item.name.isEmpty())
        parts.append(shortened(tracked.item.name));
    parts.append(shortened(stateWords(tracked.item.state, tracked.damage)));
    if (const QString owner = ownerOf(tracked.item); !owner.isEmpty())
        parts.append(Words::tr("of %1").arg(owner));
    const Server* server = workspace.server(tracked.key.server);
    return Words::tr("%1, on %2").arg(parts.join(u" · "_s), server ? shortened(server->profile().name) : QString());
}

Question deleteQuestion(const Workspace& workspace, const QList<TrackedItem>& items, int locked)
{
    const auto count = static_cast<int>(items.size());
    // One more named is as short as a line that counts it.
    const qsizetype named = items.size() > mostNamed + 1 ? mostNamed : items.size();
    QStringList lines;
    for (const TrackedItem& item : items)
        lines += itemLine(workspace, item);
    Question question;
    question.text = lines.first(named).join(u'\n');
    if (named < items.size()) {
        const QString owners = countByOwner(items);
        const auto rest = static_cast<int>(items.size() - named);
        question.text += u'\n' + (owners.isEmpty() ? Words::tr("and %Ln more", nullptr, rest) : Words::tr("and %Ln more; in all %1", nullptr, rest).arg(owners));
        question.wholeText = lines.join(u'\n');
    }
    setWords(question, count, std::ranges::any_of(items, [](const TrackedItem& item) { return item.item.state.isAlive(); }));
    if (locked > 0)
        question.detail += u'\n' + Words::tr("%Ln more that you chose are locked and stay.", nullptr, locked);
    question.isDestructive = true;
    return question;
}

} // namespace kindling
