// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/outputreader.h"

#include "app/notebook/ipynbnames.h"

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// An image may be in lines as well; a type we do not know stays as it is.
QByteArray partValue(const QString& mime, const QByteArray& json)
{
    const bool isText = mime.startsWith("text/"_L1) || mime.startsWith("image/"_L1);
    if (!isText || rawTypeOf(json) != RawType::Array)
        return json;
    return jsonString(multilineText(json).value_or(QString()));
}

Output readError(RawObject& fields)
{
    Output output;
    output.status = Output::Status::Error;
    output.errorName = fields.string(u"ename");
    output.errorValue = fields.string(u"evalue");
    for (const QByteArray& line : rawElements(fields.value(u"traceback")))
        output.traceback.append(rawString(line).value_or(QString::fromUtf8(line)));
    if (const std::optional<QString> whole = rawString(fields.value(u"traceback")))
        output.traceback.append(*whole);
    for (const QStringView key : { u"ename", u"evalue", u"traceback" })
        fields.remove(key);
    return output;
}

Output readBundle(RawObject& fields)
{
    Output output;
    output.executionCount = rawInteger(fields.value(ipynb::executionCount)).value_or(-1);
    const RawObject data = fields.object(u"data");
    for (const RawObject::Member& part : data.members())
        output.parts.append({ part.key, partValue(part.key, part.value) });
    output.rowLimit = std::max(rawInteger(fields.object(ipynb::metadata).object(ipynb::ours).value(ipynb::rowLimit)).value_or(0), 0);
    fields.remove(u"data");
    fields.remove(ipynb::executionCount);
    return output;
}

Output readStream(RawObject& fields)
{
    Output output;
    output.parts.append({ u"text/plain"_s, jsonString(multilineText(fields.value(u"text")).value_or(QString())) });
    fields.remove(u"text");
    return output;
}
}

std::optional<QString> multilineText(QByteArrayView json)
{
    if (rawTypeOf(json) != RawType::Array)
        return rawString(json);
    QString text;
    for (const QByteArray& line : rawElements(json))
        text += rawString(line).value_or(QString());
    return text;
}

std::optional<Output> readNotebookOutput(QByteArrayView json)
{
    RawObject fields(json);
    const QString type = fields.string(ipynb::outputType);
    Output output;
    if (type == "error"_L1)
        output = readError(fields);
    else if (type == "stream"_L1)
        output = readStream(fields);
    else if (type == "display_data"_L1 || type == "execute_result"_L1)
        output = readBundle(fields);
    else
        return std::nullopt;
    output.fileFields = fields.toJson();
    return output;
}

} // namespace kindling
