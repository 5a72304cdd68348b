// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rules/sourcefile.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace kindling::rules;

namespace {

struct Message {
    QString context;
    QString source;
    QString comment;
    QStringList translations;
    bool isFinished = true;
    bool isNumerus = false;
    [[nodiscard]] QString key() const { return context + u" | "_s + source + u" | "_s + comment; }
};

Message readMessage(QXmlStreamReader& xml, const QString& context)
{
    Message message{ context, {}, {}, {}, true, xml.attributes().value("numerus"_L1) == "yes"_L1 };
    while (xml.readNextStartElement()) {
        if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            message.comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            message.isFinished = xml.attributes().value("type"_L1).isEmpty();
            const QString whole = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            message.translations << whole;
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readMessages(const QString& text)
{
    QList<Message> messages;
    QXmlStreamReader xml(text);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1)
            context = xml.readElementText();
        else if (xml.name() == "message"_L1)
            messages << readMessage(xml, context);
    }
    return messages;
}

/// What a program reads in a text, sorted: %1, %n; a mnemonic counts once.
QStringList placeholders(const QString& text)
{
    static const QRegularExpression place(u"%L?(\\d+|n)"_s);
    QStringList found;
    for (auto it = place.globalMatch(text); it.hasNext();) {
        const QString one = it.next().captured(1);
        if (!found.contains(one))
            found << one;
    }
    found.sort();
    return found;
}

bool hasMnemonic(const QString& text)
{
    static const QRegularExpression mnemonic(
        u"(?<!&)&(?=\\w)(?!\\w+;)"_s, QRegularExpression::UseUnicodePropertiesOption);
    return mnemonic.match(text).hasMatch();
}

} // namespace

class TestTranslations final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void germanIsComplete()
    {
        QStringList offences;
        for (const Message& message : readMessages(readTreeFile(u"translations/kindling_de.ts"_s))) {
            if (!message.isFinished || message.translations.join(QString()).trimmed().isEmpty())
                offences << message.key();
        }
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void englishPluralsAreComplete()
    {
        QStringList offences;
        for (const Message& message : readMessages(readTreeFile(u"translations/kindling_en.ts"_s))) {
            if (!message.isFinished || message.translations.join(QString()).contains("(s)"_L1))
                offences << message.key();
        }
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void germanKeepsPlaceholdersAndMnemonics()
    {
        QStringList offences;
        for (const Message& message : readMessages(readTreeFile(u"translations/kindling_de.ts"_s))) {
            const QString german = message.translations.join(QString());
            if (placeholders(message.source) != placeholders(german))
                offences << message.key() + u": other placeholders"_s;
            if (hasMnemonic(message.source) != hasMnemonic(german))
                offences << message.key() + u": other mnemonics"_s;
        }
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void germanHasEveryTextOfTheSources()
    {
        if (!QFile::exists(QStringLiteral(KINDLING_LUPDATE)))
            QSKIP("lupdate is missing");
        const QTemporaryDir folder;
        const QString fresh = folder.filePath(u"fresh.ts"_s);
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(KINDLING_SOURCE_DIR));
        lupdate.start(QStringLiteral(KINDLING_LUPDATE),
            { u"-silent"_s, u"-locations"_s, u"none"_s, u"-I"_s, u"."_s, u"ui"_s, u"app"_s, u"-ts"_s, fresh });
        QVERIFY(lupdate.waitForFinished(60000));
        QCOMPARE(lupdate.exitCode(), 0);
        QFile file(fresh);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<Message> german = readMessages(readTreeFile(u"translations/kindling_de.ts"_s));
        QStringList known;
        for (const Message& message : german)
            known << message.key();
        QStringList offences;
        for (const Message& message : readMessages(QString::fromUtf8(file.readAll()))) {
            if (!known.removeOne(message.key()))
                offences << u"missing: "_s + message.key();
        }
        for (const QString& key : std::as_const(known))
            offences << u"gone from the sources: "_s + key;
        offences << u"(./dev translations brings the file up to date)"_s;
        QVERIFY2(offences.size() == 1, listed(offences).constData());
    }

    void theProgramCarriesItsTranslations_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::newRow("German") << u"de"_s;
        QTest::newRow("English plurals") << u"en"_s;
        QTest::newRow("pseudo") << u"xx"_s;
    }

    void theProgramCarriesItsTranslations()
    {
        QFETCH(QString, locale);
        const QString path = u":/i18n/kindling_%1.qm"_s.arg(locale);
        QVERIFY(QFile::exists(path));
        const QList<Message> messages = readMessages(readTreeFile(u"translations/kindling_de.ts"_s));
        QTranslator translator;
        const bool isLoaded = translator.load(path);
        if (messages.isEmpty())
            QSKIP("there is nothing to translate yet");
        QVERIFY(isLoaded);
    }

    void thePseudoLocaleIsLongerAndMarked()
    {
        QTranslator translator;
        if (!translator.load(u":/i18n/kindling_xx.qm"_s))
            QSKIP("there is nothing to translate yet");
        QStringList offences;
        for (const Message& message : readMessages(readTreeFile(u"translations/kindling_de.ts"_s))) {
            const QString text = translator.translate(message.context.toUtf8().constData(),
                message.source.toUtf8().constData(), message.comment.toUtf8().constData(), message.isNumerus ? 2 : -1);
            const bool isFilter = message.source.endsWith(u')') && message.source.contains("(*"_L1);
            const bool isMarked = isFilter || (text.startsWith(u'[') && text.endsWith(u']'));
            if (!isMarked || (!isFilter && text.size() * 10 < message.source.size() * 14 - 5))
                offences << message.key() + u" became "_s + text;
        }
        QVERIFY2(offences.isEmpty(), listed(offences).constData());
    }

    void readsUnfinishedAndNumerusMessages()
    {
        const auto messages = readMessages(
            u"<TS><context><name>A</name><message numerus=\"yes\"><source>%n rows</source><translation type=\"unfinished\">"
            "<numerusform>%n Zeile</numerusform><numerusform>%n Zeilen</numerusform></translation></message></context></TS>"_s);
        QCOMPARE(messages.size(), 1);
        QVERIFY(!messages.first().isFinished);
        QVERIFY(messages.first().isNumerus);
        QCOMPARE(placeholders(messages.first().translations.join(QString())), QStringList{ u"n"_s });
        QVERIFY(hasMnemonic(u"&Run"_s));
        QVERIFY(!hasMnemonic(u"Fish && &amp; chips"_s));
    }
};

KINDLING_TEST(TestTranslations)
#include "tst_translations.moc"
