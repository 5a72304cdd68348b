// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/livycodec.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QByteArray complaintAbout(const QByteArray& text)
{
    const auto page = decodeItemPage(text);
    const auto statement = decodeStatement(text);
    const bool areSound = isSound(decodeItem(text)) && isSound(page) && isSound(statement) && isSound(decodeStatementPage(text))
        && isSound(decodeLog(text)) && isSound(decodeVersion(text)) && isSound(decodeCandidates(text)) && isSound(decodeState(text));
    if (!areSound)
        return "an error without words";
    if (page && page->sent < page->items.size())
        return "more items than were sent";
    if (statement && (statement->progress < 0 || statement->progress > 1))
        return "a progress beyond its bounds";
    return {};
}
}

/// Lists, items, statements, logs: no body, however damaged, crashes a reader, hangs it, or is taken for what it is not.
class TestFuzzAnswers final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void everyReaderOfAnswersTakesAnything() { fuzz({ "answers", answerBodies(), complaintAbout }); }
};

KINDLING_TEST(TestFuzzAnswers)
#include "tst_answers.moc"
