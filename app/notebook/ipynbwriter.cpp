// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/ipynbnames.h"
#include "app/notebook/rawjson.h"

#include <QRegularExpression>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// Deep enough for a MIME bundle's lines of text; a table's rows below that stay on one line.
constexpr int linedLevels = 6;

QByteArray multiline(const QString& text)
{
    QList<QByteArray> lines;
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype feed = text.indexOf(u'\n', from);
        const qsizetype end = feed < 0 ? text.size() : feed + 1;
        lines.append(jsonString(text.sliced(from, end - from)));
        from = end;
    }
    return arrayJson(lines);
}

bool isJsonMime(const QString& mime)
{
    return mime.startsWith("application/"_L1) && (mime.endsWith("/json"_L1) || mime.endsWith("+json"_L1));
}

bool isListOfText(QByteArrayView json)
{
    if (rawTypeOf(json) != RawType::Array)
        return false;
    for (const QByteArray& element : rawElements(json)) {
        if (rawTypeOf(element) != RawType::String)
            return false;
    }
    return true;
}

// The format wants text for every type that is not JSON.
QByteArray mimeValue(const MimePart& part)
{
    const QByteArray json = checkedJson(part.json).value_or(jsonString(QString::fromUtf8(part.json)));
    if (isJsonMime(part.mime) || isListOfText(json))
        return json;
    const QString text = rawString(json).value_or(QString::fromUtf8(json));
    return part.mime.startsWith("text/"_L1) ? multiline(text) : jsonString(text);
}

// Jupyter sorts its keys: a file saved twice stays the same.
QByteArray sortedJson(const RawObject& object)
{
    QList<RawObject::Member> members = object.members();
    std::ranges::stable_sort(members, {}, &RawObject::Member::key);
    RawObject sorted;
    for (const RawObject::Member& member : std::as_const(members))
        sorted.set(member.key, member.value);
    return sorted.toJson();
}

class OutputWriter {
public:
    explicit OutputWriter(const Output& output)
        : m_output(output)
        , m_fields(checkedJson(output.fileFields).value_or(QByteArray()))
    {
    }
    // A printed part beside an error is an output of its own in Jupyter.
    QList<QByteArray> write()
    {
        if (m_output.status == Output::Status::Ok)
            return { m_fields.string(ipynb::outputType) == "stream"_L1 ? stream() : bundle() };
        QList<QByteArray> written;
        if (!m_output.parts.isEmpty())
            written.append(printedPart());
        written.append(error());
        return written;
    }

private:
    QByteArray stream()
    {
        const QString text = m_output.parts.isEmpty() ? QString() : rawString(m_output.parts.first().json).value_or(QString());
        if (m_fields.typeOf(u"name") != RawType::String)
            m_fields.set(u"name"_s, "\"stdout\"");
        m_fields.set(u"text"_s, multiline(text));
        return sortedJson(m_fields);
    }
    QByteArray bundle()
    {
        const bool isDisplay = m_fields.string(ipynb::outputType) == "display_data"_L1;
        const bool isResult = !isDisplay && (m_output.executionCount >= 0 || !m_fields.isEmpty());
        RawObject data;
        for (const MimePart& part : m_output.parts)
            data.set(part.mime, mimeValue(part));
        m_fields.set(u"data"_s, data.toJson());
        if (isResult)
            m_fields.set(ipynb::executionCount.toString(), count());
        m_fields.set(ipynb::metadata.toString(), metadata());
        m_fields.set(ipynb::outputType.toString(), isResult ? "\"execute_result\"" : "\"display_data\"");
        return sortedJson(m_fields);
    }
    QByteArray metadata() const
    {
        RawObject object = m_fields.object(ipynb::metadata);
        const bool isQueried = std::ranges::contains(m_output.parts, u"application/json"_s, &MimePart::mime);
        if (m_output.rowLimit > 0 && isQueried) {
            RawObject ours = object.object(ipynb::ours);
            ours.set(ipynb::rowLimit.toString(), QByteArray::number(m_output.rowLimit));
            object.set(ipynb::ours.toString(), ours.toJson());
        }
        return object.toJson();
    }
    QByteArray printedPart() const
    {
        Output printed;
        printed.parts = m_output.parts;
        return OutputWriter(printed).bundle();
    }
    QByteArray error()
    {
        QList<QByteArray> lines;
        for (const QString& line : m_output.traceback)
            lines.append(jsonString(line));
        m_fields.set(u"ename"_s, jsonString(m_output.errorName));
        m_fields.set(u"evalue"_s, jsonString(m_output.errorValue));
        m_fields.set(ipynb::outputType.toString(), "\"error\"");
        m_fields.set(u"traceback"_s, arrayJson(lines));
        return sortedJson(m_fields);
    }
    QByteArray count() const
    {
        return m_output.executionCount >= 0 ? QByteArray::number(m_output.executionCount) : "null"_ba;
    }

    const Output& m_output;
    RawObject m_fields;
};

QByteArray typeWord(CellType type)
{
    switch (type) {
    case CellType::Code:
        return "\"code\"";
    case CellType::Markdown:
        return "\"markdown\"";
    case CellType::Raw:
        return "\"raw\"";
    }
    return "\"raw\"";
}

void setTime(RawObject& object, QStringView key, const QDateTime& time)
{
    if (time.isValid())
        object.set(key.toString(), jsonString(time.toUTC().toString(Qt::ISODateWithMs)));
    else
        object.remove(key);
}

/// What the file had besides, where `object` has nothing of that name.
void addFields(const QByteArray& fileFields, RawObject& object)
{
    const RawObject fields(checkedJson(fileFields).value_or(QByteArray()));
    for (const RawObject::Member& member : fields.members()) {
        if (object.value(member.key).isEmpty())
            object.set(member.key, member.value);
    }
}

class CellWriter {
public:
    explicit CellWriter(const NotebookCell& cell)
        : m_cell(cell)
        , m_metadata(checkedJson(cell.metadata).value_or(QByteArray()))
        , m_ours(m_metadata.object(ipynb::ours))
    {
    }
    QByteArray write(const CellId& id)
    {
        QString source = m_cell.source;
        if (m_cell.type == CellType::Code) {
            const QString magic = m_ours.string(ipynb::magic);
            if (!magic.isEmpty() && ipynb::kindOfMagic(magic) == m_cell.kind)
                source.prepend(magic + u'\n');
            describeRun();
        } else {
            m_ours.remove(ipynb::kind);
        }
        m_ours.remove(ipynb::magic);
        if (m_ours.isEmpty())
            m_metadata.remove(ipynb::ours);
        else
            m_metadata.set(ipynb::ours.toString(), m_ours.toJson());

        RawObject object;
        object.set(ipynb::cellType.toString(), typeWord(m_cell.type));
        if (m_cell.type == CellType::Code)
            object.set(ipynb::executionCount.toString(), m_cell.run.number ? QByteArray::number(*m_cell.run.number) : "null"_ba);
        object.set(u"id"_s, jsonString(id));
        object.set(ipynb::metadata.toString(), m_metadata.toJson());
        if (m_cell.type == CellType::Code)
            object.set(ipynb::outputs.toString(), outputs());
        object.set(ipynb::source.toString(), multiline(source));
        addFileFields(object);
        return object.toJson();
    }

private:
    void describeRun()
    {
        if (m_cell.kind != Kind::Unknown)
            m_ours.set(ipynb::kind.toString(), jsonString(wireName(m_cell.kind)));
        setTime(m_ours, ipynb::started, m_cell.run.started);
        setTime(m_ours, ipynb::completed, m_cell.run.completed);
    }
    QByteArray outputs() const
    {
        QList<QByteArray> written;
        for (const Output& output : m_cell.outputs)
            written += OutputWriter(output).write();
        return arrayJson(written);
    }
    void addFileFields(RawObject& object) const
    {
        // Code cells have no attachments in the format; they stay in memory for a change back.
        addFields(m_cell.fileFields, object);
        if (m_cell.type == CellType::Code)
            object.remove(u"attachments");
    }

    const NotebookCell& m_cell;
    RawObject m_metadata;
    RawObject m_ours;
};

// Jupyter asks which kernel to start; ours is a Python one to it.
QByteArray documentMetadata(const QByteArray& metadata)
{
    const RawObject object(checkedJson(metadata).value_or(QByteArray()));
    if (!object.isEmpty())
        return object.toJson();
    return R"({"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"},"language_info":{"name":"python"}})";
}

bool isValidCellId(const CellId& id)
{
    static const QRegularExpression pattern(u"\\A[a-zA-Z0-9-_]{1,64}\\z"_s);
    return pattern.match(id).hasMatch();
}
}

QByteArray writeIpynb(const NotebookFile& file)
{
    QSet<CellId> seen;
    QList<QByteArray> cells;
    for (const NotebookCell& cell : file.cells) {
        const bool isUsable = isValidCellId(cell.id) && !seen.contains(cell.id);
        const CellId id = isUsable ? cell.id : QUuid::createUuid().toString(QUuid::WithoutBraces);
        seen.insert(id);
        cells.append(CellWriter(cell).write(id));
    }
    RawObject root;
    root.set(ipynb::cells.toString(), arrayJson(cells));
    root.set(ipynb::metadata.toString(), documentMetadata(file.metadata));
    root.set(ipynb::format.toString(), "4");
    root.set(ipynb::formatMinor.toString(), "5");
    addFields(file.fileFields, root);
    return indentedJson(root.toJson(), linedLevels) + '\n';
}

} // namespace kindling
