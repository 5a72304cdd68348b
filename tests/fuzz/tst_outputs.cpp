// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/jsonnode.h"
#include "app/livy/outputcodec.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QByteArray complaintAbout(const QByteArray& text)
{
    const auto output = parseOutput(text);
    if (!isSound(output))
        return "an error without words";
    if (!output)
        return {};
    const Rendering rendering = renderOutput(*output);
    if (rendering.isError != (output->status == Output::Status::Error))
        return "an error that is not shown as one";
    // A part stays as it came, also if it is no JSON; only of whole ones the raw view can be read again.
    if (!std::ranges::all_of(output->parts, [](const MimePart& part) { return readJson(part.json).has_value(); }))
        return {};
    const auto again = parseOutput(rawText(*output).toUtf8());
    const bool isSame = again && again->status == output->status && again->parts.size() == output->parts.size();
    return isSame ? QByteArray() : QByteArray("its raw text reads otherwise");
}
}

/// What statements gave: text, tables, pictures, tracebacks.
class TestFuzzOutputs final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void theReaderOfOutputsTakesAnything() { fuzz({ "outputs", statementOutputs(), complaintAbout }); }
};

KINDLING_TEST(TestFuzzOutputs)
#include "tst_outputs.moc"
