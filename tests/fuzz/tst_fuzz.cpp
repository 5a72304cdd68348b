// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/logtailer.h"
#include "app/livy/httperror.h"
#include "app/livy/jsonnode.h"
#include "app/livy/livycodec.h"
#include "app/livy/outputcodec.h"
#include "tests/fuzz/mutator.h"
#include "tests/livy/recordings.h"
#include "tests/support/testmain.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <algorithm>
#include <array>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int targets = 4;

/// Texts like those that make trouble, which no recording has.
const QList<QByteArray>& oddities()
{
    static const QList<QByteArray> all{ "{}", "[]", "\"\"", "{\"msg\":\"x\"}", "\"java.lang.IllegalStateException: a\\n\\tat b.C(D.java:1)\"",
        "<html><head><title>Error 400</title></head><body>no</body></html>", "{\"servlet\":\"s\",\"message\":\"m\",\"status\":\"400\"}",
        "{\"id\":0,\"state\":\"available\",\"output\":{\"status\":\"ok\",\"execution_count\":0,\"data\":{\"application/vnd.livy.table.v1+json\":"
        "{\"headers\":[{\"name\":\"0\",\"type\":\"INT_TYPE\"},{\"name\":\"10\",\"type\":\"DECIMAL_TYPE\"}],\"data\":[[1,\"2.50\"],[3]]},\"image/png\":\"iVBORw0KGgo=\"}}}" };
    return all;
}

QList<QByteArray> bodies()
{
    QList<QByteArray> all = oddities();
    for (const Recording& each : allRecordings()) {
        const QByteArray body = responseOf(each.json).body;
        if (body.size() < 20'000)
            all += body;
    }
    return all;
}

/// Runs `once` on mutated texts until its share of the time is over.
template<typename Once>
void fuzz(const QList<QByteArray>& corpus, Once once)
{
    bool isSet = false;
    const int seconds = qEnvironmentVariableIntValue("KINDLING_FUZZ_SECONDS", &isSet);
    const quint32 seed = qEnvironmentVariableIsSet("KINDLING_FUZZ_SEED") ? qEnvironmentVariable("KINDLING_FUZZ_SEED").toUInt()
                                                                        : QRandomGenerator::global()->generate();
    Mutator mutator(seed, corpus);
    QElapsedTimer timer;
    timer.start();
    int runs = 0;
    while (timer.elapsed() < (isSet ? seconds : 3) * 1000 / targets) {
        const QByteArray text = mutator.next();
        const QByteArray complaint = once(text, mutator);
        QVERIFY2(complaint.isEmpty(), QByteArray(complaint + ", seed " + QByteArray::number(seed) + ", run " + QByteArray::number(runs) + ": " + text.left(500)).constData());
        ++runs;
    }
    qInfo("seed %u: %d texts", seed, runs);
    QVERIFY(runs > 0);
}

/// What every failed reading owes: a kind that fits and a sentence.
template<typename T>
bool isSound(const Result<T>& result)
{
    return result || (result.error().kind == ErrorKind::Protocol && !result.error().title.isEmpty());
}
}

/// No text from a server, however damaged, may crash a reader, hang it, or be taken for what it is not.
class TestFuzz final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readersOfAnswersTakeAnything()
    {
        fuzz(bodies(), [](const QByteArray& text, Mutator&) -> QByteArray {
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
        });
    }
    void readersOfOutputsTakeAnything()
    {
        QList<QByteArray> outputs = oddities();
        for (const Recording& each : allRecordings()) {
            const QJsonValue output = each.json["json"_L1]["output"_L1];
            if (output.isObject() && bytesOf(output).size() < 20'000)
                outputs += bytesOf(output);
        }
        fuzz(outputs, [](const QByteArray& text, Mutator&) -> QByteArray {
            const auto output = parseOutput(text);
            if (!isSound(output))
                return "an error without words";
            if (!output)
                return {};
            const Rendering rendering = renderOutput(*output);
            if (rendering.isError != (output->status == Output::Status::Error))
                return "an error that is not shown as one";
            // a part stays as it came, also if it is no JSON; only of whole ones the raw view can be read again
            if (!std::ranges::all_of(output->parts, [](const MimePart& part) { return readJson(part.json).has_value(); }))
                return {};
            const auto again = parseOutput(rawText(*output).toUtf8());
            return again && again->status == output->status && again->parts.size() == output->parts.size() ? QByteArray() : QByteArray("its raw text reads otherwise");
        });
    }
    void anyRefusalIsOneErrorWithATitle()
    {
        static constexpr std::array statuses{ 400, 401, 403, 404, 405, 406, 409, 413, 422, 429, 431, 500, 502, 503, 504, 599 };
        static const QList<QByteArray> types{ "application/json;charset=utf-8", "text/html", "", "image/png" };
        fuzz(bodies(), [](const QByteArray& text, Mutator& mutator) -> QByteArray {
            HttpResponse response;
            response.status = statuses.at(static_cast<size_t>(mutator.below(statuses.size())));
            response.contentType = types.at(mutator.below(types.size()));
            response.body = text;
            response.headers = { { "Retry-After", text.left(30) } };
            const Error error = errorOf(response, QUrl(u"http://h/sessions"_s));
            if (error.title.isEmpty() || error.httpStatus != response.status)
                return "no title";
            if (error.title.contains(u"%1"_s) || error.detail.size() > 2000 || error.bodySample.size() > 2048)
                return "too much";
            return error.retryAfter && (error.retryAfter->count() < 0 || error.retryAfter->count() > 300) ? QByteArray("an odd time to wait") : QByteArray();
        });
    }
    void logsAreStitchedWithoutInventionOrRepetition()
    {
        QList<QByteArray> logs{ "stdout: \na\nb\n\nstderr: \nc\nd\n", QByteArray("same\n").repeated(230) };
        for (const Recording& each : allRecordings()) {
            QByteArray text;
            for (const QJsonValue& line : each.json["json"_L1]["log"_L1].toArray())
                text += line.toString().toUtf8() + '\n';
            if (!text.isEmpty())
                logs += text;
        }
        fuzz(logs, [](const QByteArray& text, Mutator& mutator) -> QByteArray {
            const QStringList lines = QString::fromUtf8(text).split(u'\n');
            LogMerger merger;
            const QStringList first = lines.first(mutator.below(lines.size() + 1));
            (void)merger.merge(first);
            const QList<LogLine> fresh = merger.merge(lines);
            for (const LogLine& line : fresh) {
                if (!line.isGap && !lines.contains(line.text))
                    return "a line that nobody wrote";
            }
            for (const LogLine& line : merger.merge(lines)) {
                if (!line.isGap)
                    return "a line twice";
            }
            return {};
        });
    }
};

KINDLING_TEST(TestFuzz)
#include "tst_fuzz.moc"
