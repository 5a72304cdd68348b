// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/local/multipart.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kindling::local {

namespace {
constexpr qsizetype longestBoundary = 200;
constexpr qsizetype longestNameBytes = 200;

/// Reads one `value` or `"quoted value"` at `at` and moves behind it. A backslash counts only before a quote or another
/// one: browsers of old send whole Windows paths unescaped.
QByteArray takeValue(const QByteArray& text, qsizetype& at)
{
    QByteArray value("");
    if (at >= text.size() || text.at(at) != '"') {
        while (at < text.size() && text.at(at) != ';')
            value += text.at(at++);
        return value.trimmed();
    }
    for (++at; at < text.size() && text.at(at) != '"'; ++at) {
        const char next = at + 1 < text.size() ? text.at(at + 1) : '\0';
        if (text.at(at) == '\\' && (next == '"' || next == '\\'))
            ++at;
        value += text.at(at);
    }
    ++at;
    return value;
}

/// The parameters behind a header's value (`form-data; name="file"; filename="x"`), by lower-case name.
QHash<QByteArray, QByteArray> parametersOf(const QByteArray& header)
{
    QHash<QByteArray, QByteArray> found;
    qsizetype at = header.indexOf(';');
    while (at >= 0 && at < header.size()) {
        const qsizetype sign = header.indexOf('=', ++at);
        if (sign < 0)
            break;
        const QByteArray name = header.mid(at, sign - at).trimmed().toLower();
        at = sign + 1;
        found.insert(name, takeValue(header, at));
        at = header.indexOf(';', at);
    }
    return found;
}

/// The Content-Disposition of a part's head.
QByteArray dispositionOf(const QByteArray& head)
{
    const QByteArrayList lines = head.split('\n');
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == "content-disposition")
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// What the client calls the file; null where it has no name, as a part that is no file. `filename*` is how older clients send other letters
/// than ASCII: charset'language'percent-encoded.
QByteArray sentName(const QHash<QByteArray, QByteArray>& parameters)
{
    const QByteArray extended = parameters.value("filename*");
    if (!extended.isEmpty())
        return QByteArray::fromPercentEncoding(extended.mid(extended.lastIndexOf('\'') + 1));
    return parameters.value("filename");
}

QString safeName(const QByteArray& sent)
{
    QString name = QString::fromUtf8(sent);
    name = name.mid(std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\')) + 1);
    name.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    name = name.right(longestNameBytes);
    while (name.toUtf8().size() > longestNameBytes)
        name.remove(0, 1);
    return name.isEmpty() || name == u"." || name == u".." ? u"upload"_s : name;
}

/// A part's head and content, cut at the empty line; some clients end lines with \n alone.
std::optional<std::pair<QByteArray, QByteArray>> cutPart(const QByteArray& part)
{
    for (const QByteArray& gap : { QByteArray("\r\n\r\n"), QByteArray("\n\n") }) {
        if (const qsizetype at = part.indexOf(gap); at >= 0)
            return std::pair(part.left(at), part.mid(at + gap.size()));
    }
    return std::nullopt;
}

void dropLineEnd(QByteArray& content)
{
    if (content.endsWith('\n'))
        content.chop(1);
    if (content.endsWith('\r'))
        content.chop(1);
}
}

std::optional<UploadedFile> uploadedFile(const QByteArray& contentType, const QByteArray& body, const QByteArray& part)
{
    const QByteArray boundary = parametersOf(contentType).value("boundary");
    if (!contentType.toLower().startsWith("multipart/form-data") || boundary.isEmpty() || boundary.size() > longestBoundary)
        return std::nullopt;
    // A delimiter stands at the begin of a line; so does the first one when a line end is put before the body.
    const QByteArray delimiter = "\n--" + boundary;
    const QByteArray text = '\n' + body;
    qsizetype begin = text.indexOf(delimiter);
    while (begin >= 0) {
        begin += delimiter.size();
        const qsizetype end = text.indexOf(delimiter, begin);
        if (end < 0)
            return std::nullopt;
        const auto pieces = cutPart(text.mid(begin, end + 1 - begin));
        begin = end;
        if (!pieces)
            continue;
        const auto parameters = parametersOf(dispositionOf(pieces->first));
        const QByteArray name = sentName(parameters);
        if (parameters.value("name") != part || name.isNull())
            continue;
        UploadedFile file{ safeName(name), pieces->second };
        dropLineEnd(file.content);
        return file;
    }
    return std::nullopt;
}

} // namespace kindling::local
