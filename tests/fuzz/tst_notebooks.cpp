// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/outputcodec.h"
#include "app/notebook/ipynb.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QByteArray contentOf(const QString& path)
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray complaintAbout(const QByteArray& text)
{
    const auto file = readIpynb(text);
    if (!isSound(file))
        return "an error without words";
    if (!file)
        return {};
    for (const NotebookCell& cell : file->cells) {
        for (const Output& output : cell.outputs)
            (void)renderOutput(output);
    }
    const QByteArray written = writeIpynb(*file);
    const auto again = readIpynb(written);
    if (!again || !again->repairs.isEmpty())
        return "what was written needs repair";
    if (again->cells.size() != file->cells.size())
        return "a cell was lost";
    return writeIpynb(*again) == written ? QByteArray() : QByteArray("what was written reads otherwise");
}
}

/// Notebook files: nothing crashes or hangs their reader, and nothing is lost on the way through it.
class TestFuzzNotebooks final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void whateverIsReadCanBeWrittenAndReadAgain()
    {
        const QList<QByteArray> texts{ contentOf(u"resources/samples/sample.ipynb"_s), contentOf(u"tests/live/sparkmagic.ipynb"_s) };
        QVERIFY(!texts.contains(QByteArray()));
        fuzz({ "notebooks", texts, complaintAbout });
    }
};

KINDLING_TEST(TestFuzzNotebooks)
#include "tst_notebooks.moc"
