// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/nbformat3.h"

#include "app/notebook/ipynbnames.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
void rename(RawObject& object, QStringView from, const QString& to)
{
    const QByteArray value = object.value(from);
    object.remove(from);
    if (!value.isEmpty())
        object.set(to, value);
}

QString mimeOf(const QString& key)
{
    static constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 9> names{ {
        { "text"_L1, "text/plain"_L1 },
        { "html"_L1, "text/html"_L1 },
        { "svg"_L1, "image/svg+xml"_L1 },
        { "png"_L1, "image/png"_L1 },
        { "jpeg"_L1, "image/jpeg"_L1 },
        { "latex"_L1, "text/latex"_L1 },
        { "pdf"_L1, "application/pdf"_L1 },
        { "json"_L1, "application/json"_L1 },
        { "javascript"_L1, "application/javascript"_L1 },
    } };
    for (const auto& [name, mime] : names) {
        if (key == name)
            return mime;
    }
    return {};
}

RawObject upgradedOutput(RawObject output)
{
    const QString type = output.string(ipynb::outputType);
    if (type == "pyerr"_L1) {
        output.set(ipynb::outputType.toString(), "\"error\"");
        return output;
    }
    if (type == "stream"_L1) {
        rename(output, u"stream", u"name"_s);
        return output;
    }
    RawObject data;
    RawObject rest;
    for (const RawObject::Member& member : output.members()) {
        const QString mime = mimeOf(member.key);
        if (mime.isEmpty())
            rest.set(member.key, member.value);
        else
            data.set(mime, member.value);
    }
    rename(rest, u"prompt_number", ipynb::executionCount.toString());
    rest.set(u"data"_s, data.toJson());
    if (type == "pyout"_L1)
        rest.set(ipynb::outputType.toString(), "\"execute_result\"");
    return rest;
}

QString joined(QByteArrayView json)
{
    QString text = rawString(json).value_or(QString());
    for (const QByteArray& line : rawElements(json))
        text += rawString(line).value_or(QString());
    return text;
}

RawObject upgradedHeading(RawObject cell)
{
    const int level = std::clamp(rawInteger(cell.value(u"level")).value_or(1), 1, 6);
    const QString title = joined(cell.value(ipynb::source)).simplified();
    cell.remove(u"level");
    cell.set(ipynb::cellType.toString(), "\"markdown\"");
    cell.set(ipynb::source.toString(), jsonString(QString(level, u'#') + u' ' + title));
    return cell;
}

RawObject upgradedCell(RawObject cell)
{
    const QString type = cell.string(ipynb::cellType);
    if (type == "heading"_L1)
        return upgradedHeading(std::move(cell));
    if (type != "code"_L1)
        return cell;
    rename(cell, u"input", ipynb::source.toString());
    rename(cell, u"prompt_number", ipynb::executionCount.toString());
    cell.remove(u"language");
    cell.remove(u"collapsed");
    QList<QByteArray> outputs;
    for (const QByteArray& output : rawElements(cell.value(ipynb::outputs)))
        outputs.append(upgradedOutput(RawObject(output)).toJson());
    cell.set(ipynb::outputs.toString(), arrayJson(outputs));
    return cell;
}
}

RawObject upgradedFromNbformat3(const RawObject& root)
{
    QList<QByteArray> cells;
    for (const QByteArray& worksheet : rawElements(root.value(u"worksheets"))) {
        for (const QByteArray& cell : rawElements(RawObject(worksheet).value(ipynb::cells)))
            cells.append(rawTypeOf(cell) == RawType::Object ? upgradedCell(RawObject(cell)).toJson() : cell);
    }
    RawObject upgraded = root;
    upgraded.remove(u"worksheets");
    upgraded.set(ipynb::cells.toString(), arrayJson(cells));
    return upgraded;
}

} // namespace kindling
