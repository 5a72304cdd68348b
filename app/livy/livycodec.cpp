// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycodec.h"

#include "app/livy/fieldreader.h"
#include "app/livy/itemmemory.h"
#include "app/livy/livywords.h"
#include "app/livy/outputcodec.h"

#include <QHashSeed>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
std::unexpected<Error> misunderstood(const QString& problem)
{
    return failure(ErrorKind::Protocol, LivyWords::tr("The server's answer does not follow the Livy protocol."), problem);
}

QString indexed(QStringView list, qsizetype index)
{
    return list + u'[' + QString::number(index) + u']';
}

/// Words that many entries of a list have, so that they have them together: one that comes again soon is the same QString.
class SharedWords {
public:
    [[nodiscard]] QString of(QByteArrayView utf8)
    {
        if (utf8.isEmpty())
            return {};
        QString& last = m_words[qHash(utf8, QHashSeed::globalSeed()) % m_words.size()];
        if (last != QUtf8StringView(utf8))
            last = QString::fromUtf8(utf8);
        return last;
    }

private:
    std::array<QString, 256> m_words; ///< by the hash of their UTF-8
};

SparkItem readItem(const FieldReader& fields, SharedWords& words)
{
    SparkItem item;
    item.id = fields.id(u"id");
    item.name = fields.text(u"name");
    item.appId = fields.text(u"appId");
    item.owner = words.of(fields.utf8(u"owner"));
    item.proxyUser = words.of(fields.utf8(u"proxyUser"));
    fields.require(u"state");
    item.state = ItemState::fromWire(words.of(fields.utf8(u"state")));
    item.kindText = words.of(fields.utf8(u"kind"));
    const FieldReader app = fields.object(u"appInfo");
    item.driverLogUrl = app.text(u"driverLogUrl");
    item.sparkUiUrl = app.text(u"sparkUiUrl");
    item.executorLogUrls = app.text(u"executorLogUrls");
    // that of a session at work is read for itself; "error" may say why it never came to that
    const bool isAtWork = !item.kindText.isEmpty() && item.state.acceptsStatements() && item.state.value != ItemStateValue::Error;
    if (!isAtWork)
        item.log = fields.textList(u"log");
    item.ttl = words.of(fields.utf8(u"ttl"));
    item.idleTimeout = words.of(fields.utf8(u"idleTimeout"));
    item.driverMemory = words.of(fields.utf8(u"driverMemory"));
    item.driverCores = fields.integer(u"driverCores");
    item.executorMemory = words.of(fields.utf8(u"executorMemory"));
    item.executorCores = fields.integer(u"executorCores");
    item.numExecutors = fields.integer(u"numExecutors");
    item.queue = words.of(fields.utf8(u"queue"));
    item.conf = fields.textMap(u"conf");
    item.jars = fields.texts(u"jars");
    item.pyFiles = fields.texts(u"pyFiles");
    item.files = fields.texts(u"files");
    item.archives = fields.texts(u"archives");
    item.heartbeatTimeoutSeconds = fields.integer(u"heartbeatTimeoutInSecond");
    return item;
}

/// The total of a list that does not tell it: where what was sent ends.
int endOf(int from, qsizetype sent)
{
    return static_cast<int>(std::min<qint64>(qint64(from) + sent, std::numeric_limits<int>::max()));
}

QDateTime moment(qint64 epochMs)
{
    return epochMs > 0 ? QDateTime::fromMSecsSinceEpoch(epochMs, QTimeZone::UTC) : QDateTime();
}

Output failedOutput()
{
    Output output;
    output.status = Output::Status::Error;
    output.errorName = u"Error"_s;
    return output;
}

Statement readStatement(const JsonNode& node, const QString& path, QString& problem)
{
    const FieldReader fields(node, path, problem);
    Statement statement;
    fields.require(u"id");
    statement.id = fields.integer(u"id", -1);
    statement.code = fields.text(u"code");
    fields.require(u"state");
    statement.rawState = fields.text(u"state");
    statement.state = statementStateFromWire(statement.rawState);
    statement.progress = std::clamp(fields.real(u"progress"), 0.0, 1.0);
    statement.started = moment(fields.longInteger(u"started"));
    statement.completed = moment(fields.longInteger(u"completed"));
    const JsonNode& output = node.at(u"output");
    // Livy's documents have a state "error" that no Livy sends; a fork may (livy-protocol 8, trap 3).
    const bool isFailed = statement.rawState == "error"_L1;
    if (isFailed)
        statement.state = StatementState::Available;
    if (isFailed && output.type() != JsonNode::Type::Raw)
        statement.output = failedOutput();
    if (output.type() != JsonNode::Type::Raw)
        return statement;
    auto parsed = parseOutput(QByteArray::fromRawData(output.bytes().data(), output.bytes().size()));
    if (parsed)
        statement.output = std::move(*parsed);
    else if (problem.isEmpty())
        problem = fields.pathOf(u"output") + u'.' + parsed.error().detail;
    return statement;
}

/// Reads the entries of one list, each by itself: one that cannot be read must not hide the others.
class EntryReader {
public:
    EntryReader(QStringView list, ItemMemory* memory)
        : m_list(list)
        , m_memory(memory)
    {
    }

    SparkItem read(QByteArrayView text, qsizetype index)
    {
        if (auto known = m_memory ? m_memory->find(text) : std::nullopt)
            return *std::move(known);
        const QString path = indexed(m_list, index);
        const auto root = m_reader.read(text);
        QString problem = root ? QString() : path + u": "_s + root.error().detail;
        SparkItem item;
        if (root)
            item = readItem(FieldReader(**root, path, problem), m_words);
        item.problem = problem;
        if (m_memory && problem.isEmpty())
            m_memory->keep(text, item);
        return item;
    }

private:
    QStringView m_list;
    ItemMemory* m_memory;
    SharedWords m_words;
    JsonReader m_reader; ///< in one memory: making it anew for each took longer than reading
};

// Reads the root by `read(fields)`, or says what was wrong.
template<typename T, typename Read>
Result<T> decodeRoot(const JsonDocument& document, Read read)
{
    if (document.root().type() != JsonNode::Type::Object)
        return misunderstood(LivyWords::tr("the answer: an object was expected"));
    QString problem;
    T value = read(FieldReader(document.root(), {}, problem));
    if (!problem.isEmpty())
        return misunderstood(problem);
    return value;
}

template<typename T, typename Read>
Result<T> decodeObject(const QByteArray& json, Read read)
{
    const auto document = readJson(json);
    if (!document)
        return std::unexpected(document.error());
    return decodeRoot<T>(*document, read);
}
}

Result<SparkItem> decodeItem(const QByteArray& json)
{
    return decodeObject<SparkItem>(json, [](const FieldReader& fields) {
        SharedWords words;
        return readItem(fields, words);
    });
}

Result<ItemPage> decodeItemPage(const QByteArray& json, ItemMemory* memory)
{
    const auto document = readJson(json, { .itemsOf = { u"sessions", u"batches" } });
    if (!document)
        return std::unexpected(document.error());
    return decodeRoot<ItemPage>(*document, [memory](const FieldReader& fields) {
        ItemPage page;
        page.from = fields.integer(u"from");
        if (memory && page.from == 0)
            memory->beginList();
        // Livy calls the list of batches "sessions" too; its documents say "batches".
        const QStringView key = fields.has(u"sessions") ? QStringView(u"sessions") : fields.has(u"batches") ? QStringView(u"batches") : QStringView(u"sessions");
        fields.require(key);
        EntryReader entries(key, memory);
        const JsonNode::Children nodes = fields.items(key);
        page.items.reserve(std::distance(nodes.begin(), nodes.end()));
        for (const JsonNode& node : nodes) {
            SparkItem item = entries.read(node.bytes(), page.sent++);
            if (page.problem.isEmpty())
                page.problem = item.problem;
            if (!item.id.isEmpty())
                page.items += std::move(item);
        }
        page.total = fields.integer(u"total", endOf(page.from, page.sent));
        return page;
    });
}

Result<Statement> decodeStatement(const QByteArray& json)
{
    const auto document = readJson(json, { .members = { u"output" } });
    if (!document)
        return std::unexpected(document.error());
    QString problem;
    Statement statement = readStatement(document->root(), {}, problem);
    if (!problem.isEmpty())
        return misunderstood(problem);
    return statement;
}

Result<StatementPage> decodeStatementPage(const QByteArray& json)
{
    const auto document = readJson(json, { .members = { u"output" } });
    if (!document)
        return std::unexpected(document.error());
    QString problem;
    const FieldReader fields(document->root(), {}, problem);
    StatementPage page;
    fields.require(u"statements");
    for (const JsonNode& node : fields.items(u"statements"))
        page.statements += readStatement(node, indexed(u"statements", page.statements.size()), problem);
    page.total = fields.integer(u"total_statements", static_cast<int>(page.statements.size()));
    if (!problem.isEmpty())
        return misunderstood(problem);
    return page;
}

Result<LogSlice> decodeLog(const QByteArray& json)
{
    return decodeObject<LogSlice>(json, [](const FieldReader& fields) {
        LogSlice slice;
        slice.from = fields.integer(u"from");
        fields.require(u"log");
        slice.lines = fields.texts(u"log");
        slice.total = fields.integer(u"total", endOf(slice.from, slice.lines.size()));
        return slice;
    });
}

Result<ServerVersion> decodeVersion(const QByteArray& json)
{
    return decodeObject<ServerVersion>(json, [](const FieldReader& fields) {
        static const QRegularExpression numbers(u"^v?(\\d{1,4})\\.(\\d{1,4})"_s);
        ServerVersion version;
        fields.require(u"version");
        version.text = fields.text(u"version");
        version.sparkVersion = fields.text(u"sparkVersion");
        version.user = fields.text(u"user");
        version.revision = fields.text(u"revision");
        version.branch = fields.text(u"branch");
        version.date = fields.text(u"date");
        version.url = fields.text(u"url");
        const auto match = numbers.match(version.text);
        version.major = match.captured(1).toInt();
        version.minor = match.captured(2).toInt();
        return version;
    });
}

Result<QStringList> decodeCandidates(const QByteArray& json)
{
    return decodeObject<QStringList>(json, [](const FieldReader& fields) {
        fields.require(u"candidates");
        QStringList candidates = fields.texts(u"candidates");
        candidates.removeDuplicates();
        return candidates;
    });
}

Result<ItemState> decodeState(const QByteArray& json)
{
    return decodeObject<ItemState>(json, [](const FieldReader& fields) {
        fields.require(u"state");
        return ItemState::fromWire(fields.text(u"state"));
    });
}

} // namespace kindling
