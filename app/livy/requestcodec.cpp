// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestcodec.h"

#include "app/livy/jsonnode.h"

#include <optional>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// Keeps the order in which a person thinks of the fields; QJsonObject would sort them.
class ObjectWriter {
public:
    void text(const char* key, const QString& value)
    {
        if (!value.isEmpty())
            member(key, quotedJson(value));
    }

    void number(const char* key, std::optional<int> value)
    {
        if (value)
            member(key, QByteArray::number(*value));
    }

    void list(const char* key, const QStringList& values)
    {
        QByteArrayList items;
        for (const QString& value : values)
            items += quotedJson(value);
        if (!items.isEmpty())
            member(key, '[' + items.join(',') + ']');
    }

    void map(const char* key, const QMap<QString, QString>& values)
    {
        QByteArrayList items;
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            items += quotedJson(value.key()) + ':' + quotedJson(value.value());
        if (!items.isEmpty())
            member(key, '{' + items.join(',') + '}');
    }

    [[nodiscard]] QByteArray json() const { return '{' + m_members.join(',') + '}'; }

private:
    void member(const char* key, const QByteArray& value) { m_members += '"' + QByteArray(key) + "\":" + value; }

    QByteArrayList m_members;
};

// What sessions and batches are asked for alike.
template<typename Wanted>
void writeCommon(ObjectWriter& writer, const Wanted& wanted)
{
    writer.text("name", wanted.name);
    writer.text("proxyUser", wanted.proxyUser);
    writer.list("jars", wanted.jars);
    writer.list("pyFiles", wanted.pyFiles);
    writer.list("files", wanted.files);
    writer.list("archives", wanted.archives);
    writer.text("driverMemory", wanted.driverMemory);
    writer.number("driverCores", wanted.driverCores);
    writer.text("executorMemory", wanted.executorMemory);
    writer.number("executorCores", wanted.executorCores);
    writer.number("numExecutors", wanted.numExecutors);
    writer.text("queue", wanted.queue);
    writer.map("conf", wanted.conf);
}

QString statementKind(Kind kind)
{
    return kind == Kind::Shared ? QString() : wireName(kind);
}
}

QByteArray encodeSession(const NewSession& wanted, const ServerVersion& version)
{
    ObjectWriter writer;
    writer.text("kind", wireName(wanted.kind));
    writeCommon(writer, wanted);
    writer.number("heartbeatTimeoutInSecond", wanted.heartbeatTimeoutSeconds);
    if (version.isAtLeast(0, 8))
        writer.text("ttl", wanted.ttl);
    if (version.isAtLeast(0, 9))
        writer.text("idleTimeout", wanted.idleTimeout);
    return writer.json();
}

QByteArray encodeBatch(const NewBatch& wanted)
{
    ObjectWriter writer;
    writer.text("file", wanted.file);
    writer.text("className", wanted.className);
    writer.list("args", wanted.args);
    writeCommon(writer, wanted);
    return writer.json();
}

QByteArray encodeStatement(const QString& code, Kind kind)
{
    ObjectWriter writer;
    writer.text("kind", statementKind(kind));
    return "{\"code\":" + quotedJson(code) + (kind == Kind::Shared || kind == Kind::Unknown ? "" : ",")
        + writer.json().sliced(1);
}

QByteArray encodeUri(const QString& uri)
{
    return "{\"uri\":" + quotedJson(uri) + '}';
}

QByteArray encodeCompletion(const QString& code, Kind kind, int cursor)
{
    ObjectWriter writer;
    writer.text("kind", statementKind(kind));
    writer.number("cursor", cursor);
    return "{\"code\":" + quotedJson(code) + ',' + writer.json().sliced(1);
}

} // namespace kindling
