// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"

#include "app/livy/fieldreader.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livywords.h"
#include "app/livy/tablecodec.h"

#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
void readError(const FieldReader& fields, Output& output)
{
    output.status = Output::Status::Error;
    output.errorName = fields.text(u"ename");
    output.errorValue = fields.text(u"evalue");
    output.traceback = fields.texts(u"traceback");
}

Result<QList<MimePart>> readParts(const JsonNode& data)
{
    QList<MimePart> parts;
    if (data.type() == JsonNode::Type::Missing || data.type() == JsonNode::Type::Null)
        return parts;
    if (data.type() != JsonNode::Type::Object)
        return failure(ErrorKind::Protocol, LivyWords::tr("The output could not be read."), LivyWords::tr("%1: an object was expected").arg(u"data"));
    for (const JsonNode& part : data.children())
        parts += MimePart{ part.name(), part.type() == JsonNode::Type::Null ? "null"_ba : part.bytes().toByteArray() };
    return parts;
}

// A magic that failed comes as success: its data is a message of the kernel's own protocol (livy-protocol 3.1).
void recogniseFailedMagic(Output& output)
{
    for (const MimePart& part : std::as_const(output.parts)) {
        if (part.mime != "content"_L1)
            continue;
        const auto content = readJson(part.json);
        if (!content || content->root().at(u"status").text() != "error"_L1)
            continue;
        QString problem;
        readError(FieldReader(content->root(), u"data.content"_s, problem), output);
        return;
    }
}

// Python and Scala end each entry with a line feed, SQL none.
QString joined(const QStringList& lines)
{
    QString text;
    for (const QString& line : lines) {
        text += line;
        if (!line.endsWith(u'\n'))
            text += u'\n';
    }
    if (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

void note(Rendering& rendering, const QString& words)
{
    if (words.isEmpty())
        return;
    if (!rendering.note.isEmpty())
        rendering.note += u'\n';
    rendering.note += words;
}

// A text, or Jupyter's list of lines.
std::optional<QString> textOf(const MimePart& part)
{
    const auto document = readJson(part.json);
    if (document && document->root().type() == JsonNode::Type::String)
        return document->root().text();
    if (!document || document->root().type() != JsonNode::Type::Array)
        return {};
    QString text;
    for (const JsonNode& item : document->root().children()) {
        if (item.type() != JsonNode::Type::String)
            return {};
        text += item.text();
    }
    return text;
}

void renderText(const MimePart& part, QString& target, Rendering& rendering)
{
    if (auto text = textOf(part)) {
        target += *text;
        return;
    }
    target += QString::fromUtf8(part.json);
    note(rendering, LivyWords::tr("%1 is not text; it is shown as it came.").arg(part.mime));
}

void renderTable(const MimePart& part, Result<DecodedTable> decoded, Rendering& rendering)
{
    if (!decoded) {
        rendering.json = indentedJson(part.json);
        note(rendering, u"%1 %2"_s.arg(decoded.error().title, decoded.error().detail));
        return;
    }
    note(rendering, decoded->note);
    const bool isNothing = decoded->table.columnCount() == 0 && decoded->table.rowCount() == 0;
    if (!isNothing)
        rendering.table = std::make_shared<const Table>(std::move(decoded->table));
}

void renderImage(const MimePart& part, Rendering& rendering)
{
    const auto text = textOf(part);
    const auto decoded = QByteArray::fromBase64Encoding(text.value_or(QString()).toLatin1().simplified().replace(' ', ""),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!text || decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || decoded.decoded.isEmpty())
        note(rendering, LivyWords::tr("%1 is not valid base64.").arg(part.mime));
    else
        rendering.image = decoded.decoded;
}

void renderJson(const MimePart& part, int rowLimit, Rendering& rendering)
{
    // reading is dear where a list of millions is no table
    const bool mayBeTable = QByteArrayView(part.json).trimmed().startsWith('{') && part.json.contains("\"schema\"");
    if (auto table = mayBeTable ? decodeSqlTable(part.json, rowLimit) : std::nullopt)
        renderTable(part, *std::move(table), rendering);
    else
        rendering.json = indentedJson(part.json);
}

void renderPart(const MimePart& part, int rowLimit, Rendering& rendering)
{
    const QString mime = part.mime.section(u';', 0, 0).trimmed().toLower();
    if (mime == "text/plain"_L1)
        renderText(part, rendering.text, rendering);
    else if (mime == "text/html"_L1)
        renderText(part, rendering.html, rendering);
    else if (mime == "application/vnd.livy.table.v1+json"_L1)
        renderTable(part, decodeMagicTable(part.json), rendering);
    else if (mime == "application/json"_L1)
        renderJson(part, rowLimit, rendering);
    else if (mime == "image/png"_L1 || mime == "image/jpeg"_L1)
        renderImage(part, rendering);
    else if (mime.endsWith("+json"_L1))
        rendering.json = indentedJson(part.json);
    else if (mime.contains(u'/'))
        note(rendering, LivyWords::tr("There is no view for %1; the raw view has it.").arg(part.mime));
}

void renderError(const Output& output, Rendering& rendering)
{
    rendering.isError = true;
    const QString firstLine = output.errorValue.trimmed().section(u'\n', 0, 0).trimmed();
    const bool saysNothing = output.errorName.isEmpty() || output.errorName == "Error"_L1;
    if (firstLine.isEmpty())
        rendering.errorTitle = output.errorName.isEmpty() ? LivyWords::tr("Error", "title of a failed output without a name") : output.errorName;
    else
        rendering.errorTitle = saysNothing ? firstLine : output.errorName + u": "_s + firstLine;
    rendering.errorText = joined(output.traceback);
    const QString value = output.errorValue.trimmed();
    if (!rendering.errorText.contains(value))
        rendering.errorText = rendering.errorText.isEmpty() ? value : value + u'\n' + rendering.errorText;
}
}

Result<Output> parseOutput(const QByteArray& json)
{
    const auto document = readJson(json, { .itemsOf = { u"data" } });
    if (!document)
        return std::unexpected(document.error());
    QString problem;
    const FieldReader fields(document->root(), u"output"_s, problem);
    Output output;
    fields.require(u"status");
    const QString status = fields.text(u"status");
    output.executionCount = fields.integer(u"execution_count", -1);
    const JsonNode& data = document->root().at(u"data");
    auto parts = readParts(data);
    if (!parts)
        return std::unexpected(parts.error());
    output.parts = std::move(*parts);
    if (status == "error"_L1)
        readError(fields, output);
    else if (status == "ok"_L1 || !output.parts.isEmpty())
        recogniseFailedMagic(output);
    else
        output = { .status = Output::Status::Error, .executionCount = output.executionCount, .parts = {}, .errorName = status,
            .errorValue = fields.text(u"evalue"), .traceback = fields.texts(u"traceback") };
    if (!problem.isEmpty())
        return failure(ErrorKind::Protocol, LivyWords::tr("The output could not be read."), problem);
    return output;
}

Rendering renderOutput(const Output& output)
{
    Rendering rendering;
    for (const MimePart& part : output.parts)
        renderPart(part, output.rowLimit, rendering);
    if (output.status == Output::Status::Error)
        renderError(output, rendering);
    return rendering;
}

QString rawText(const Output& output)
{
    const auto quoted = [](const QString& text) { return quotedJson(text); };
    QByteArray json = output.status == Output::Status::Ok ? "{\"status\":\"ok\"" : "{\"status\":\"error\"";
    if (output.executionCount >= 0)
        json += ",\"execution_count\":" + QByteArray::number(output.executionCount);
    if (output.status == Output::Status::Error) {
        QByteArrayList lines;
        for (const QString& line : output.traceback)
            lines += quoted(line);
        json += ",\"ename\":" + quoted(output.errorName) + ",\"evalue\":" + quoted(output.errorValue)
            + ",\"traceback\":[" + lines.join(',') + ']';
    }
    QByteArrayList parts;
    for (const MimePart& part : output.parts)
        parts += quoted(part.mime) + ':' + part.json;
    if (!parts.isEmpty() || output.status == Output::Status::Ok)
        json += ",\"data\":{" + parts.join(',') + '}';
    return indentedJson(json + '}');
}

} // namespace kindling
