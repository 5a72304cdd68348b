// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/itemrun.h"

#include "app/command/advice.h"
#include "app/engine/listsweep.h"
#include "app/engine/logtailer.h"
#include "app/engine/problems.h"
#include "app/engine/server.h"
#include "app/notebook/rawjson.h"

#include <algorithm>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr int jsonLevels = 3;

QByteArray itemJson(ItemType type, const SparkItem& item)
{
    RawObject object;
    object.set(u"item"_s, jsonString(toText({ type, item.id })));
    const std::pair<QString, QString> fields[]{ { u"id"_s, item.id }, { u"name"_s, item.name }, { u"state"_s, item.state.raw },
        { u"kind"_s, item.kindText }, { u"owner"_s, item.owner }, { u"proxyUser"_s, item.proxyUser }, { u"appId"_s, item.appId },
        { u"sparkUiUrl"_s, item.sparkUiUrl } };
    for (const auto& [key, value] : fields) {
        if (!value.isEmpty())
            object.set(key, jsonString(value));
    }
    return object.toJson();
}

QByteArray itemsJson(ItemType type, const QList<SparkItem>& items)
{
    QList<QByteArray> written;
    for (const SparkItem& item : items)
        written.append(itemJson(type, item));
    return arrayJson(written);
}

bool isWhole(const WholeList& list)
{
    return list.isComplete && list.problem.isEmpty();
}
}

ItemRun::ItemRun(Server& server, ItemCommand command, ItemOptions options, Console& console, QObject* parent)
    : QObject(parent)
    , m_server(server)
    , m_command(command)
    , m_options(std::move(options))
    , m_console(console)
{
}

void ItemRun::start()
{
    switch (m_command) {
    case ItemCommand::List:
        list();
        break;
    case ItemCommand::Stop:
        stopNext(0, true);
        break;
    case ItemCommand::Log:
        showLog();
        break;
    }
}

void ItemRun::interrupt()
{
    end(ExitCode::Interrupted);
}

void ItemRun::list()
{
    readItems(ItemType::Session, [this](const WholeList& sessions) {
        readItems(ItemType::Batch, [this, sessions](const WholeList& batches) { print(sessions, batches); });
    });
}

void ItemRun::readItems(ItemType type, const std::function<void(const WholeList&)>& then)
{
    SparkApi* api = m_server.api();
    const PageReader read = [api, type](int from, int size, QObject* context, Reply<ItemPage> reply) {
        return type == ItemType::Session ? api->sessions()->list(from, size, context, std::move(reply))
                                         : api->batches()->list(from, size, context, std::move(reply));
    };
    readWholeList(read, nullptr, m_server.clock(), this, [this, then](const Result<WholeList>& list) {
        if (list)
            then(*list);
        else
            fail(list.error());
    });
}

void ItemRun::print(const WholeList& sessions, const WholeList& batches)
{
    if (m_options.isJson) {
        m_console.say(QString::fromUtf8(kindling::itemsJson(m_server.profile().url.toDisplayString(), sessions, batches)));
    } else {
        for (const SparkItem& session : sessions.items)
            m_console.say(itemLine(ItemType::Session, session));
        for (const SparkItem& batch : batches.items)
            m_console.say(itemLine(ItemType::Batch, batch));
        // not among the lines, which a script may count
        if (sessions.items.isEmpty() && batches.items.isEmpty() && isWhole(sessions) && isWhole(batches))
            m_console.complain(tr("%1 has no sessions and no batches.").arg(m_server.profile().name));
    }
    complainOfGaps(sessions);
    complainOfGaps(batches);
    end(m_console.isHeard() ? ExitCode::Ok : ExitCode::Trouble);
}

void ItemRun::complainOfGaps(const WholeList& list)
{
    if (!list.problem.isEmpty())
        m_console.complain(oneLine(problemOf(ErrorKind::Protocol, tr("Some of what the server lists could not be read."), list.problem)));
    else if (!list.isComplete)
        m_console.complain(tr("The list could not be read as a whole: some may be missing."), tr("List them once more."));
}

void ItemRun::stopNext(qsizetype index, bool isGood)
{
    if (index >= m_options.items.size()) {
        end(isGood ? ExitCode::Ok : ExitCode::Trouble);
        return;
    }
    const ItemName item = m_options.items.at(index);
    if (m_listed.contains(item.type)) {
        stop(item, [this, index, isGood](bool isStopped) { stopNext(index + 1, isGood && isStopped); });
        return;
    }
    readItems(item.type, [this, item, index, isGood](const WholeList& list) {
        QSet<QString>& ids = m_listed[item.type];
        for (const SparkItem& each : list.items) {
            ids.insert(each.id);
            if (m_options.items.contains(ItemName{ item.type, each.id }))
                m_server.store(item.type).mergeOne(each); // so that its end is seen, and recorded
        }
        if (!list.isComplete)
            complainOfGaps(list);
        stopNext(index, isGood);
    });
}

void ItemRun::stop(const ItemName& item, const std::function<void(bool isGood)>& then)
{
    // deleting what is not there is done at once, which would tell of no wrong id
    if (!m_listed.value(item.type).contains(item.id)) {
        m_console.complain(tr("There is no %1 on %2.").arg(toText(item), m_server.profile().name), tr("“kindling list” shows what there is."));
        then(false);
        return;
    }
    m_server.remove(item.type, item.id, this, [this, item, then](const Result<Done>& done) {
        if (done)
            m_console.say(tr("%1 is stopped.").arg(toText(item)));
        else
            m_console.complain(toText(item) + u": "_s + oneLine(done.error(), m_server.profile()), adviceFor(done.error()));
        then(done.has_value());
    });
}

void ItemRun::showLog()
{
    const ItemName item = m_options.items.constFirst();
    m_log = m_server.log(item.type, item.id);
    connect(m_log, &LogTailer::linesAppended, this, &ItemRun::onLines);
    connect(m_log, &LogTailer::looked, this, &ItemRun::onLooked);
    if (m_options.follows) {
        connect(&m_server.store(item.type), &ItemStore::changed, this, [this](const auto&, const auto&, const auto& removed) { onRemoved(removed); });
        m_server.start(); // whose lists tell when it has ended
    }
    m_log->watch();
}

void ItemRun::onRemoved(const QList<TrackedItem>& removed)
{
    // the server has forgotten it, and its log
    if (std::ranges::contains(removed, m_options.items.constFirst().id, [](const TrackedItem& item) { return item.key.id; }))
        end(ExitCode::Ok);
}

void ItemRun::onLines(qsizetype first)
{
    if (m_hasEnded)
        return;
    for (const LogLine& line : m_log->lines().sliced(first))
        m_console.say(line.isGap ? tr("--- some lines were not seen ---") : line.text);
    if (!m_console.isHeard())
        end(ExitCode::Trouble);
}

void ItemRun::onLooked()
{
    const bool hasProblem = m_log->problem().kind != ErrorKind::Cancelled;
    if (m_log->hasSeenEnd() && !m_log->hasLoaded()) {
        m_console.complain(tr("%1 has ended, and the server has forgotten its log.").arg(toText(m_options.items.constFirst())));
        end(ExitCode::Trouble);
    } else if (m_log->hasSeenEnd() || (m_log->hasLoaded() && !m_options.follows)) {
        end(ExitCode::Ok);
    } else if (hasProblem) {
        onLogProblem(m_log->problem());
    } else {
        m_isOut = false;
    }
}

void ItemRun::onLogProblem(const Error& problem)
{
    if (!m_log->hasLoaded() || needsPerson(problem)) {
        fail(problem);
        return;
    }
    // the next list tells of one that is gone
    if (problem.kind == ErrorKind::NotFound || m_hasEnded || std::exchange(m_isOut, true))
        return;
    m_console.complain(tr("The log cannot be read: %1").arg(oneLine(problem, m_server.profile())), tr("Trying again until it can."));
}

void ItemRun::fail(const Error& error)
{
    if (m_hasEnded)
        return;
    m_console.complain(oneLine(error, m_server.profile()), adviceFor(error));
    end(ExitCode::Trouble);
}

void ItemRun::end(ExitCode code)
{
    if (!std::exchange(m_hasEnded, true))
        Q_EMIT finished(code);
}

QString itemLine(ItemType type, const SparkItem& item)
{
    const auto column = [](const QString& text, int width) { return (text.isEmpty() ? u"-"_s : text.simplified()).leftJustified(width); };
    const QString line = column(toText({ type, item.id }), 14) + u' ' + column(item.state.raw, 14) + u' ' + column(item.owner, 12) + u' '
        + column(item.kindText, 8) + u' ' + column(item.name, 24) + u' ' + column(item.appId, 0);
    return line;
}

QByteArray itemsJson(const QString& url, const WholeList& sessions, const WholeList& batches)
{
    RawObject object;
    object.set(u"url"_s, jsonString(url));
    object.set(u"sessions"_s, itemsJson(ItemType::Session, sessions.items));
    object.set(u"batches"_s, itemsJson(ItemType::Batch, batches.items));
    object.set(u"isComplete"_s, isWhole(sessions) && isWhole(batches) ? "true" : "false");
    return indentedJson(object.toJson(), jsonLevels);
}

} // namespace kindling
