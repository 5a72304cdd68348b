// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notebook/ipynb.h"
#include "app/notebook/ipynbnames.h"
#include "app/notebook/nbformat3.h"
#include "app/notebook/outputreader.h"
#include "app/notebook/rawjson.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>
#include <QUuid>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
Kind kindOfLanguage(const QString& language)
{
    return language == "sparksql"_L1 ? Kind::Sql : kindFromWire(language);
}

// What a cell without a word about its kind is: by the kernel.
Kind kindOfKernel(const RawObject& metadata)
{
    const RawObject kernel = metadata.object(u"kernelspec");
    const QString name = kernel.string(u"name").toLower();
    if (name == "sparkkernel"_L1 || name == "synapse_spark"_L1)
        return Kind::Spark;
    if (name == "sparkrkernel"_L1 || name == "synapse_sparkr"_L1 || name == "ir"_L1)
        return Kind::SparkR;
    if (name == "synapse_sql"_L1)
        return Kind::Sql;
    if (name == "pysparkkernel"_L1 || name == "python3"_L1 || name == "synapse_pyspark"_L1)
        return Kind::PySpark;
    for (const QString& language : { metadata.object(u"language_info").string(u"name"), kernel.string(u"language") }) {
        const Kind kind = kindOfLanguage(language.toLower());
        if (kind != Kind::Unknown)
            return kind;
    }
    return Kind::PySpark;
}

class Reader final {
    Q_DECLARE_TR_FUNCTIONS(NotebookFile)
public:
    explicit Reader(std::optional<Kind> plainKind)
        : m_plainKind(plainKind)
    {
    }
    Result<NotebookFile> read(const QByteArray& bytes)
    {
        if (bytes.trimmed().isEmpty()) {
            lost(tr("The file was empty."));
            return finished({});
        }
        const std::optional<QByteArray> json = checkedJson(decoded(bytes));
        if (!json)
            return failure(ErrorKind::Protocol, tr("This file is not a notebook: it is damaged or not JSON."));
        RawObject root(*json);
        if (rawTypeOf(*json) != RawType::Object || (root.value(ipynb::format).isEmpty() && !hasCells(root)))
            return failure(ErrorKind::Protocol, tr("This file is JSON, but not a notebook."));
        const int version = rawInteger(root.value(ipynb::format)).value_or(4);
        if (version > 4) {
            return failure(ErrorKind::Protocol, tr("This notebook is of a newer format (%1) than Kindling knows (4).").arg(version));
        }
        if (root.typeOf(u"worksheets") == RawType::Array && root.typeOf(ipynb::cells) != RawType::Array)
            root = upgradedFromNbformat3(root);
        NotebookFile file;
        readRoot(root, file);
        return finished(std::move(file));
    }

private:
    static bool hasCells(const RawObject& root)
    {
        return root.typeOf(ipynb::cells) == RawType::Array || root.typeOf(u"worksheets") == RawType::Array;
    }
    void repaired(const QString& what)
    {
        if (!m_repairs.contains(what))
            m_repairs.append(what);
    }
    /// Also of a text that may no longer say what was written.
    void lost(const QString& what)
    {
        repaired(what);
        m_isWhole = false;
    }
    Result<NotebookFile> finished(NotebookFile file) const
    {
        file.isWhole = m_isWhole;
        file.repairs = m_repairs.join(u'\n');
        if (file.metadata.isEmpty())
            file.metadata = "{}";
        return file;
    }
    QByteArray decoded(QByteArray bytes)
    {
        if (bytes.startsWith("\xEF\xBB\xBF"))
            bytes.remove(0, 3);
        if (bytes.isValidUtf8())
            return bytes;
        repaired(tr("Some bytes were not text (UTF-8) and were replaced."));
        m_hasReplacedBytes = true;
        return QString::fromUtf8(bytes).toUtf8();
    }
    void readRoot(const RawObject& root, NotebookFile& file)
    {
        if (root.typeOf(ipynb::metadata) == RawType::Object)
            file.metadata = root.value(ipynb::metadata);
        else if (!root.value(ipynb::metadata).isEmpty())
            repaired(tr("The notebook's metadata was unusable and was dropped."));
        m_defaultKind = m_plainKind.value_or(kindOfKernel(RawObject(file.metadata)));
        if (root.typeOf(ipynb::cells) != RawType::Array)
            lost(tr("The notebook had no cells."));
        for (const QByteArray& json : rawElements(root.value(ipynb::cells))) {
            if (rawTypeOf(json) == RawType::Object)
                file.cells.append(readCell(RawObject(json)));
            else
                lost(tr("Something that was no cell was dropped."));
        }
        file.fileFields = restOf(root, { ipynb::cells, ipynb::metadata, ipynb::format, ipynb::formatMinor });
    }
    /// Empty if there is nothing else.
    static QByteArray restOf(RawObject object, std::initializer_list<QStringView> known)
    {
        for (const QStringView key : known)
            object.remove(key);
        return object.isEmpty() ? QByteArray() : object.toJson();
    }
    NotebookCell readCell(const RawObject& object)
    {
        NotebookCell cell;
        cell.id = readId(object);
        cell.type = readType(object);
        cell.kind = m_defaultKind;
        cell.source = readSource(object);
        readMetadata(object, cell);
        if (cell.type == CellType::Code) {
            cell.run.number = rawInteger(object.value(ipynb::executionCount));
            readOutputs(object, cell);
            readMagic(cell);
        }
        cell.fileFields = restOf(object, { u"id", ipynb::cellType, ipynb::source, ipynb::metadata, ipynb::outputs, ipynb::executionCount });
        return cell;
    }
    CellId readId(const RawObject& object)
    {
        static const QRegularExpression pattern(u"\\A[a-zA-Z0-9-_]{1,64}\\z"_s);
        const QString id = object.string(u"id");
        if (pattern.match(id).hasMatch() && !m_ids.contains(id)) {
            m_ids.insert(id);
            return id;
        }
        if (!object.value(u"id").isEmpty())
            repaired(tr("Some cells had a doubled or unusable id and were given a new one."));
        return QUuid::createUuid().toString(QUuid::WithoutBraces);
    }
    CellType readType(const RawObject& object)
    {
        const QString type = object.string(ipynb::cellType);
        if (type == "code"_L1)
            return CellType::Code;
        if (type == "markdown"_L1)
            return CellType::Markdown;
        if (type != "raw"_L1)
            lost(tr("Some cells had no known type."));
        const bool wasRun = object.typeOf(ipynb::outputs) == RawType::Array;
        return wasRun && type != "raw"_L1 ? CellType::Code : CellType::Raw;
    }
    QString readSource(const RawObject& object)
    {
        const QByteArray json = object.value(ipynb::source);
        const std::optional<QString> text = multilineText(json);
        if (!text)
            lost(tr("Some cells had no readable text."));
        for (const QByteArray& line : rawElements(json)) {
            if (rawTypeOf(line) != RawType::String)
                lost(tr("Some lines of cells were not text and were dropped."));
        }
        if (m_hasReplacedBytes && text && text->contains(QChar::ReplacementCharacter))
            m_isWhole = false;
        return text.value_or(QString());
    }
    void readMetadata(const RawObject& object, NotebookCell& cell)
    {
        cell.metadata = "{}";
        if (object.typeOf(ipynb::metadata) == RawType::Object)
            cell.metadata = object.value(ipynb::metadata);
        else if (!object.value(ipynb::metadata).isEmpty())
            repaired(tr("The metadata of some cells was unusable and was dropped."));
        const RawObject metadata(cell.metadata);
        const RawObject ours = metadata.object(ipynb::ours);
        const QString language = metadata.object(u"microsoft").string(u"language");
        if (ours.typeOf(ipynb::kind) == RawType::String)
            cell.kind = kindFromWire(ours.string(ipynb::kind));
        else if (kindOfLanguage(language) != Kind::Unknown)
            cell.kind = kindOfLanguage(language);
        cell.run.started = QDateTime::fromString(ours.string(ipynb::started), Qt::ISODateWithMs);
        cell.run.completed = QDateTime::fromString(ours.string(ipynb::completed), Qt::ISODateWithMs);
    }
    void readOutputs(const RawObject& object, NotebookCell& cell)
    {
        const QByteArray outputs = object.value(ipynb::outputs);
        if (!outputs.isEmpty() && rawTypeOf(outputs) != RawType::Array)
            repaired(tr("Some outputs were unreadable and were dropped."));
        for (const QByteArray& json : rawElements(outputs)) {
            if (const std::optional<Output> output = readNotebookOutput(json))
                cell.outputs.append(*output);
            else
                repaired(tr("Some outputs were unreadable and were dropped."));
        }
    }
    // The first line tells the kind: it leaves the text and waits in the metadata for the next save.
    static void readMagic(NotebookCell& cell)
    {
        const qsizetype feed = cell.source.indexOf(u'\n');
        const QString line = feed < 0 ? cell.source : cell.source.first(feed);
        const Kind kind = ipynb::kindOfMagic(line);
        RawObject metadata(cell.metadata);
        RawObject ours = metadata.object(ipynb::ours);
        ours.remove(ipynb::magic);
        if (kind != Kind::Unknown) {
            cell.kind = kind;
            cell.source = feed < 0 ? QString() : cell.source.sliced(feed + 1);
            ours.set(ipynb::magic.toString(), jsonString(line));
        }
        if (!ours.isEmpty()) {
            metadata.set(ipynb::ours.toString(), ours.toJson());
            cell.metadata = metadata.toJson();
        }
    }

    QStringList m_repairs;
    QSet<CellId> m_ids;
    std::optional<Kind> m_plainKind;
    Kind m_defaultKind = Kind::PySpark;
    bool m_isWhole = true;
    bool m_hasReplacedBytes = false;
};
}

Result<NotebookFile> readIpynb(const QByteArray& json, std::optional<Kind> plainKind)
{
    return Reader(plainKind).read(json);
}

} // namespace kindling
