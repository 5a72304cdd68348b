// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzzrun.h"
#include "tests/fuzz/requestmaker.h"
#include "tests/local/scripteddriver.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace kindling::test;
using namespace kindling::local;
using namespace Qt::StringLiterals;

namespace {
constexpr quint16 port = 8998;

/// A request of a conversation; nothing if no path is in it.
std::optional<HttpRequest> requestFrom(const QByteArray& text)
{
    const qsizetype head = std::max<qsizetype>(text.indexOf("\r\n\r\n"), 0);
    QByteArrayList lines = text.first(head).replace("\r\n", "\n").split('\n');
    const QByteArray first = lines.takeFirst();
    const qsizetype space = std::max<qsizetype>(first.indexOf(' '), 0);
    HttpRequest request;
    request.method = first.first(space);
    if (!request.setTarget(first.sliced(space).trimmed()))
        return std::nullopt;
    for (const QByteArray& line : std::as_const(lines)) {
        const qsizetype colon = std::max<qsizetype>(line.indexOf(':'), 0);
        request.headers.emplaceBack(line.first(colon), line.sliced(colon + (colon > 0 ? 1 : 0)).trimmed());
    }
    request.body = head > 0 ? text.sliced(head + 4) : QByteArray();
    request.port = port;
    return request;
}

/// Lets time pass and the drivers go on.
void goOn(ScriptedServer& server, QRandomGenerator& choices)
{
    server.clock.advance(std::chrono::milliseconds(choices.bounded(50) == 0 ? 70'000 : 1));
    for (const QPointer<ScriptedDriver>& driver : std::as_const(server.drivers)) {
        if (driver && choices.bounded(3) == 0)
            driver->becomeReady();
        if (driver && driver->runningId >= 0 && choices.bounded(2) == 0)
            driver->finish();
    }
}

/// One answer with a status of HTTP, JSON where it says so, and 500 only in the words that Livy has for it.
QByteArray complaintAboutAnswers(const QList<HttpResponse>& answers)
{
    if (answers.size() != 1)
        return "not answered once";
    const HttpResponse& answer = answers.first();
    if (answer.status < 200 || answer.status > 500)
        return "no status of HTTP";
    if (answer.headers.isEmpty() || answer.headers.first().first != "Content-Type")
        return "no type";
    const bool isJson = answer.headers.first().second.startsWith("application/json") && !answer.body.isEmpty();
    if (isJson && parsedJson(answer.body).isUndefined())
        return "no JSON: " + answer.body;
    if (answer.status == 500 && !answer.body.startsWith("\"java."))
        return "not Livy's words: " + answer.body;
    for (const auto& [name, value] : answer.headers) {
        if (value.contains('\r') || value.contains('\n'))
            return "a header of several lines";
    }
    return {};
}

QByteArray complaintAboutConversation(const QByteArray& text)
{
    ScriptedServer server;
    QRandomGenerator choices = choicesOf(text);
    qsizetype begin = 0;
    while (begin <= text.size()) {
        qsizetype end = text.indexOf(RequestMaker::separator, begin);
        end = end < 0 ? text.size() : end;
        const QByteArray one = text.sliced(begin, end - begin);
        begin = end + RequestMaker::separator.size();
        const std::optional<HttpRequest> request = requestFrom(one);
        if (!request)
            continue;
        const auto answers = std::make_shared<QList<HttpResponse>>();
        server.router.handle(*request, [answers](const HttpResponse& response) { answers->append(response); });
        goOn(server, choices);
        if (const QByteArray complaint = complaintAboutAnswers(*answers); !complaint.isEmpty())
            return complaint + " to " + one.left(300);
    }
    return {};
}
}

/// Random requests against the routes of Local Spark.
class TestFuzzRouter final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void theRoutesAnswerEverythingOnce()
    {
        fuzz({ "router", {}, complaintAboutConversation,
            [](Mutator& mutator) { return mutator.below(4) == 0 ? mutator.next() : RequestMaker(mutator).conversation(); } });
    }
};

KINDLING_TEST(TestFuzzRouter)
#include "tst_router.moc"
