// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QChar accented(QChar c)
{
    static const QString plain = u"aceginorsuyzACEGINORSUYZ"_s;
    static const QString marked = u"äçéğïñöřšüýžÄÇÉĞÏÑÖŘŠÜÝŽ"_s;
    const auto at = plain.indexOf(c);
    return at < 0 ? c : marked.at(at);
}

/// The text with accents, in brackets and 40 % longer; what a program reads (%1, tags, file patterns) stays.
QString pseudo(const QString& source)
{
    static const QRegularExpression kept(uR"(%L?\d+|%L?n|<[^>]*>|&\w+;|\(\*[^)]*\))"_s);
    QString text;
    qsizetype from = 0;
    const auto append = [&](qsizetype to) {
        for (; from < to; ++from)
            text += accented(source.at(from));
    };
    for (auto it = kept.globalMatch(source); it.hasNext();) {
        const auto match = it.next();
        append(match.capturedStart());
        text += match.captured();
        from = match.capturedEnd();
    }
    append(source.size());
    // A file filter must keep its pattern at its end.
    if (source.endsWith(u')') && source.contains("(*"_L1))
        return text;
    const auto padding = std::max<qsizetype>(1, (source.size() * 2 + 4) / 5 - 2);
    return u'[' + text + QString(padding, u'·') + u']';
}

void writeMessage(QXmlStreamReader& in, QXmlStreamWriter& out)
{
    out.writeStartElement(u"message"_s);
    out.writeAttributes(in.attributes());
    const bool isNumerus = in.attributes().value("numerus"_L1) == "yes"_L1;
    QString source;
    while (in.readNextStartElement()) {
        const QString name = in.name().toString();
        const QString text = in.readElementText(QXmlStreamReader::IncludeChildElements);
        if (name == "source"_L1)
            source = text;
        if (name == "source"_L1 || name == "comment"_L1)
            out.writeTextElement(name, text);
    }
    out.writeStartElement(u"translation"_s);
    if (isNumerus) {
        out.writeTextElement(u"numerusform"_s, pseudo(source));
        out.writeTextElement(u"numerusform"_s, pseudo(source));
    } else {
        out.writeCharacters(pseudo(source));
    }
    out.writeEndElement();
    out.writeEndElement();
}

void writeContext(QXmlStreamReader& in, QXmlStreamWriter& out)
{
    out.writeStartElement(u"context"_s);
    while (in.readNextStartElement()) {
        if (in.name() == "message"_L1)
            writeMessage(in, out);
        else
            out.writeTextElement(in.name().toString(), in.readElementText());
    }
    out.writeEndElement();
}

} // namespace

/// `kindling_pseudo IN.ts OUT.ts`: every source text of IN with its pseudo translation.
int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    QFile from(QString::fromLocal8Bit(argv[1]));
    QFile to(QString::fromLocal8Bit(argv[2]));
    if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
        return 1;
    QXmlStreamReader in(&from);
    QXmlStreamWriter out(&to);
    out.setAutoFormatting(true);
    out.writeStartDocument();
    out.writeDTD(u"<!DOCTYPE TS>"_s);
    out.writeStartElement(u"TS"_s);
    out.writeAttribute(u"version"_s, u"2.1"_s);
    out.writeAttribute(u"language"_s, u"en_GB"_s);
    in.readNextStartElement();
    while (in.readNextStartElement()) {
        if (in.name() == "context"_L1)
            writeContext(in, out);
        else
            in.skipCurrentElement();
    }
    out.writeEndDocument();
    if (in.hasError()) {
        std::fprintf(stderr, "%s: %s\n", argv[1], qPrintable(in.errorString()));
        return 1;
    }
    return 0;
}
