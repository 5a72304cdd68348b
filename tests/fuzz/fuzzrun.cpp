// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzzrun.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <utility>

namespace kindling::test {

using namespace Qt::StringLiterals;

namespace {
constexpr int usualSeconds = 2;

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Name and content.
QList<std::pair<QString, QByteArray>> keptTexts(const QByteArray& name)
{
    const QDir folder(QStringLiteral(KINDLING_SOURCE_DIR "/tests/fuzz/corpus/") + QString::fromLatin1(name));
    QList<std::pair<QString, QByteArray>> kept;
    for (const QString& entry : folder.entryList(QDir::Files, QDir::Name))
        kept.emplaceBack(entry, contentOf(folder.filePath(entry)));
    return kept;
}

/// The text that is being read, outside of this process: the file outlives whatever becomes of it.
class InputFile final {
public:
    InputFile(const QByteArray& name, quint32 seed)
    {
        QDir folder(QCoreApplication::applicationDirPath());
        folder.mkpath(u"../fuzz"_s);
        m_file.setFileName(QDir::cleanPath(folder.filePath(u"../fuzz/%1-%2.input"_s.arg(QString::fromLatin1(name)).arg(seed))));
        (void)m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    [[nodiscard]] QByteArray path() const { return m_file.fileName().toLocal8Bit(); }
    void hold(const QByteArray& text)
    {
        m_file.resize(0);
        m_file.seek(0);
        m_file.write(text);
    }
    void discard() { m_file.remove(); }

private:
    QFile m_file;
};

quint32 wantedSeed()
{
    bool isSet = false;
    const quint32 seed = qEnvironmentVariable("KINDLING_FUZZ_SEED").toUInt(&isSet);
    return isSet ? seed : QRandomGenerator::global()->generate();
}

qint64 wantedMilliseconds()
{
    const int seconds = qEnvironmentVariableIntValue("KINDLING_FUZZ_SECONDS");
    return 1000LL * (seconds > 0 ? seconds : usualSeconds);
}
}

void fuzz(const FuzzTarget& target)
{
    if (const QString one = qEnvironmentVariable("KINDLING_FUZZ_INPUT"); !one.isEmpty()) {
        const QByteArray complaint = target.complaint(contentOf(one));
        QVERIFY2(complaint.isEmpty(), complaint.constData());
        return;
    }
    const quint32 seed = wantedSeed();
    InputFile input(target.name, seed);
    QVERIFY2(input.isOpen(), input.path().constData());
    qInfo("seed %u; a text that ends this run stays in %s", seed, input.path().constData());
    const auto failureWith = [&](const QByteArray& text) {
        input.hold(text);
        const QByteArray complaint = target.complaint(text);
        return complaint.isEmpty() ? complaint : complaint + ": " + input.path() + ": " + text.left(500);
    };
    QList<QByteArray> texts = target.texts;
    const auto kept = keptTexts(target.name);
    QVERIFY2(!kept.isEmpty(), "no text is kept for this reader");
    for (const auto& [name, text] : kept) {
        const QByteArray failure = failureWith(text);
        QVERIFY2(failure.isEmpty(), QByteArray(name.toLocal8Bit() + ": " + failure).constData());
        texts += text;
    }
    Mutator mutator(seed, texts);
    QElapsedTimer timer;
    timer.start();
    int runs = 0;
    for (; timer.elapsed() < wantedMilliseconds(); ++runs) {
        const QByteArray failure = failureWith(target.next(mutator));
        QVERIFY2(failure.isEmpty(), failure.constData());
    }
    input.discard();
    qInfo("%d kept texts, %d damaged ones", static_cast<int>(kept.size()), runs);
    QVERIFY(runs > 0);
}

QRandomGenerator choicesOf(const QByteArray& text)
{
    return QRandomGenerator(qChecksum(text));
}

} // namespace kindling::test
