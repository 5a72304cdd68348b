// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestreader.h"

#include "app/livy/fieldreader.h"
#include "app/livy/livywords.h"

#include <QRegularExpression>

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
std::unexpected<Error> unusable(const QString& problem)
{
    return failure(ErrorKind::Protocol, LivyWords::tr("This is no request that a server would take."), problem);
}

std::optional<int> number(const FieldReader& fields, QStringView key)
{
    return fields.has(key) ? std::optional(fields.integer(key)) : std::nullopt;
}

// What sessions and batches are asked for alike.
template<typename Wanted>
void readCommon(const FieldReader& fields, Wanted& wanted, QString& problem)
{
    wanted.name = fields.text(u"name");
    if (fields.has(u"name") && wanted.name.isEmpty() && problem.isEmpty())
        problem = LivyWords::tr("%1: not empty; leave the field out instead").arg(u"name"_s);
    wanted.proxyUser = fields.text(u"proxyUser");
    wanted.jars = fields.texts(u"jars");
    wanted.pyFiles = fields.texts(u"pyFiles");
    wanted.files = fields.texts(u"files");
    wanted.archives = fields.texts(u"archives");
    wanted.driverMemory = fields.text(u"driverMemory");
    wanted.driverCores = number(fields, u"driverCores");
    wanted.executorMemory = fields.text(u"executorMemory");
    wanted.executorCores = number(fields, u"executorCores");
    wanted.numExecutors = number(fields, u"numExecutors");
    wanted.queue = fields.text(u"queue");
    wanted.conf = fields.textMap(u"conf").toMap();
}

template<typename Wanted, typename Read>
Result<Wanted> readRequest(const QByteArray& json, Read read)
{
    const Result<JsonDocument> document = readJson(json);
    if (!document)
        return std::unexpected(document.error());
    const JsonNode& root = document->root();
    if (root.type() != JsonNode::Type::Object)
        return unusable(LivyWords::tr("not an object"));
    for (const JsonNode& member : root.children()) {
        if (member.type() == JsonNode::Type::Null)
            return unusable(LivyWords::tr("%1: leave the field out instead of null").arg(member.name()));
    }
    QString problem;
    Wanted wanted;
    const FieldReader fields(root, {}, problem);
    readCommon(fields, wanted, problem);
    read(fields, wanted, problem);
    if (!problem.isEmpty())
        return unusable(problem);
    return wanted;
}

/// Fills open fields and remembers those that stay as they are.
class Filler {
public:
    void text(const char* field, QString& mine, const QString& theirs)
    {
        if (mine.isEmpty())
            mine = theirs;
        else if (!theirs.isEmpty())
            keep(field, mine == theirs);
    }
    void number(const char* field, std::optional<int>& mine, std::optional<int> theirs)
    {
        if (!mine)
            mine = theirs;
        else if (theirs)
            keep(field, mine == theirs);
    }
    static void list(QStringList& mine, const QStringList& theirs)
    {
        for (const QString& value : theirs) {
            if (!mine.contains(value))
                mine += value;
        }
    }
    void map(const char* field, QMap<QString, QString>& mine, const QMap<QString, QString>& theirs)
    {
        for (const auto& [key, value] : theirs.asKeyValueRange()) {
            if (!mine.contains(key))
                mine.insert(key, value);
            else
                keep(QLatin1StringView(field) + u'.' + key, mine.value(key) == value);
        }
    }
    template<typename Wanted>
    void common(Wanted& mine, const Wanted& theirs)
    {
        text("name", mine.name, theirs.name);
        text("proxyUser", mine.proxyUser, theirs.proxyUser);
        list(mine.jars, theirs.jars);
        list(mine.pyFiles, theirs.pyFiles);
        list(mine.files, theirs.files);
        list(mine.archives, theirs.archives);
        text("driverMemory", mine.driverMemory, theirs.driverMemory);
        number("driverCores", mine.driverCores, theirs.driverCores);
        text("executorMemory", mine.executorMemory, theirs.executorMemory);
        number("executorCores", mine.executorCores, theirs.executorCores);
        number("numExecutors", mine.numExecutors, theirs.numExecutors);
        text("queue", mine.queue, theirs.queue);
        map("conf", mine.conf, theirs.conf);
    }
    void keep(const QString& field, bool isSame)
    {
        if (!isSame)
            m_kept += field;
    }
    void keep(const char* field, bool isSame) { keep(QString::fromLatin1(field), isSame); }
    [[nodiscard]] const QStringList& kept() const { return m_kept; }

private:
    QStringList m_kept;
};
}

Result<NewSession> readSessionRequest(const QByteArray& json)
{
    return readRequest<NewSession>(json, [](const FieldReader& fields, NewSession& wanted, QString& problem) {
        if (fields.has(u"kind"))
            wanted.kind = kindFromWire(fields.text(u"kind"));
        if (wanted.kind == Kind::Unknown && problem.isEmpty())
            problem = LivyWords::tr("%1: one of %2").arg(u"kind"_s, u"spark, pyspark, sparkr, sql, shared"_s);
        wanted.heartbeatTimeoutSeconds = number(fields, u"heartbeatTimeoutInSecond");
        wanted.ttl = fields.text(u"ttl");
        wanted.idleTimeout = fields.text(u"idleTimeout");
    });
}

Result<NewBatch> readBatchRequest(const QByteArray& json)
{
    return readRequest<NewBatch>(json, [](const FieldReader& fields, NewBatch& wanted, QString&) {
        wanted.file = fields.text(u"file");
        wanted.className = fields.text(u"className");
        wanted.args = fields.texts(u"args");
    });
}

QStringList fillFrom(NewSession& wanted, const NewSession& other)
{
    Filler filler;
    if (wanted.kind == Kind::Shared)
        wanted.kind = other.kind;
    else if (other.kind != Kind::Shared)
        filler.keep("kind", wanted.kind == other.kind);
    filler.common(wanted, other);
    filler.number("heartbeatTimeoutInSecond", wanted.heartbeatTimeoutSeconds, other.heartbeatTimeoutSeconds);
    filler.text("ttl", wanted.ttl, other.ttl);
    filler.text("idleTimeout", wanted.idleTimeout, other.idleTimeout);
    return filler.kept();
}

QStringList fillFrom(NewBatch& wanted, const NewBatch& other)
{
    Filler filler;
    filler.text("file", wanted.file, other.file);
    filler.text("className", wanted.className, other.className);
    // Arguments have their order: those of two requests make no sense together.
    if (wanted.args.isEmpty())
        wanted.args = other.args;
    else if (!other.args.isEmpty())
        filler.keep("args", wanted.args == other.args);
    filler.common(wanted, other);
    return filler.kept();
}

NewSession requestLike(const SparkItem& session, const ServerVersion& version)
{
    const auto set = [](int count) { return count > 0 ? std::optional(count) : std::nullopt; };
    NewSession wanted;
    wanted.kind = session.kind() == Kind::Unknown ? Kind::Shared : session.kind();
    wanted.proxyUser = session.proxyUser;
    wanted.jars = session.jars;
    wanted.pyFiles = session.pyFiles;
    wanted.files = session.files;
    wanted.archives = session.archives;
    wanted.driverMemory = session.driverMemory;
    wanted.driverCores = set(session.driverCores);
    wanted.executorMemory = session.executorMemory;
    wanted.executorCores = set(session.executorCores);
    wanted.numExecutors = set(session.numExecutors);
    wanted.queue = session.queue;
    wanted.conf = session.conf.toMap();
    wanted.heartbeatTimeoutSeconds = set(session.heartbeatTimeoutSeconds);
    // Livy 0.8 answers with the proxy user in this place (livy-protocol 1.2).
    if (version.isAtLeast(0, 9))
        wanted.ttl = session.ttl;
    wanted.idleTimeout = session.idleTimeout;
    return wanted;
}

bool tellsConfiguration(const SparkItem& session, const ServerVersion& version)
{
    return version.isAtLeast(0, 8) || !session.conf.isEmpty() || !session.driverMemory.isEmpty() || !session.executorMemory.isEmpty()
        || !session.queue.isEmpty();
}

bool isSecretSetting(const QString& key, const QString& value)
{
    // Spark's own rule for what it hides, and what cloud stores add to it.
    static const QRegularExpression secret(u"secret|password|token|access[.]?key|account[.]?key|credential"_s,
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(key).hasMatch() || secret.match(value).hasMatch();
}

QStringList takeSecrets(QMap<QString, QString>& conf)
{
    QStringList taken;
    for (const auto& [key, value] : std::as_const(conf).asKeyValueRange()) {
        if (isSecretSetting(key, value))
            taken += key;
    }
    for (const QString& key : std::as_const(taken))
        conf.remove(key);
    return taken;
}

} // namespace kindling
