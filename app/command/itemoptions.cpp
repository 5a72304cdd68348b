// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/itemoptions.h"

#include <QCoreApplication>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ItemOptions)
};

QList<OptionRule> rulesOf(ItemCommand command)
{
    QList<OptionRule> rules{ { u"server"_s, true } };
    if (command == ItemCommand::List)
        rules.append({ u"json"_s });
    if (command == ItemCommand::Log)
        rules.append({ u"follow"_s });
    return rules + targetRules();
}

/// Empty = fine.
QString readItems(ItemCommand command, const QStringList& words, QList<ItemName>& items)
{
    for (const QString& word : words) {
        const std::optional<ItemName> item = itemFromText(word);
        if (!item)
            return Words::tr("This names no session and no batch: %1. Write 12 for a session, batch/7 for a batch.").arg(word);
        if (!items.contains(*item))
            items.append(*item);
    }
    if (command == ItemCommand::List)
        return items.isEmpty() ? QString() : Words::tr("A list is always of all sessions and batches.");
    if (items.isEmpty())
        return Words::tr("Which session or batch?");
    return command == ItemCommand::Log && items.size() > 1 ? Words::tr("Only one log can be shown at a time.") : QString();
}
}

std::optional<ItemName> itemFromText(const QString& text)
{
    const bool isBatch = text.startsWith("batch/"_L1);
    const qsizetype prefix = isBatch ? 6 : text.startsWith("session/"_L1) ? 8 : 0;
    const QString id = text.sliced(prefix);
    if (id.isEmpty() || id.contains(u'/'))
        return std::nullopt;
    return ItemName{ isBatch ? ItemType::Batch : ItemType::Session, id };
}

QString toText(const ItemName& item)
{
    return (item.type == ItemType::Batch ? "batch/"_L1 : "session/"_L1) + item.id;
}

std::expected<ItemOptions, QString> readItemOptions(ItemCommand command, const QStringList& words, const QProcessEnvironment& environment)
{
    const auto arguments = Arguments::parse(words, rulesOf(command));
    if (!arguments)
        return std::unexpected(arguments.error());
    if (!arguments->has(u"server"_s))
        return std::unexpected(Words::tr("On which server? Name it with --server: an address, or a stored server."));
    if (arguments->value(u"server"_s) == "local"_L1)
        return std::unexpected(Words::tr("Local Spark runs only while something uses it: there is nothing to see from here."));
    ItemOptions options;
    const auto target = readTarget(arguments->value(u"server"_s), *arguments, environment);
    if (!target)
        return std::unexpected(target.error());
    options.target = *target;
    options.isJson = arguments->has(u"json"_s);
    options.follows = arguments->has(u"follow"_s);
    const QString problem = readItems(command, arguments->rest(), options.items);
    if (!problem.isEmpty())
        return std::unexpected(problem);
    return options;
}

} // namespace kindling
