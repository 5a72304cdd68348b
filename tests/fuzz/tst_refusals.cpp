// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/httperror.h"
#include "tests/fuzz/answertexts.h"
#include "tests/fuzz/fuzzrun.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <array>

using namespace kindling;
using namespace kindling::test;
using namespace Qt::StringLiterals;

namespace {
QByteArray complaintAbout(const QByteArray& text)
{
    static constexpr std::array statuses{ 400, 401, 403, 404, 405, 406, 409, 413, 422, 429, 431, 500, 502, 503, 504, 599 };
    static const QList<QByteArray> types{ "application/json;charset=utf-8", "text/html", "", "image/png" };
    QRandomGenerator choices = choicesOf(text);
    HttpResponse response;
    response.status = statuses.at(choices.bounded(static_cast<quint32>(statuses.size())));
    response.contentType = types.at(choices.bounded(types.size()));
    response.body = text;
    response.headers = { { "Retry-After", text.left(30) } };
    const Error error = errorOf(response, QUrl(u"http://h/sessions"_s));
    if (error.title.isEmpty() || error.httpStatus != response.status)
        return "no title";
    if (error.title.contains(u"%1"_s) || error.detail.size() > 2000 || error.bodySample.size() > 2048)
        return "too much";
    return error.retryAfter && (error.retryAfter->count() < 0 || error.retryAfter->count() > 300) ? QByteArray("an odd time to wait") : QByteArray();
}
}

/// What servers and gateways say with a status of 400 and more, and when they say to come back.
class TestFuzzRefusals final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }
    void anyRefusalIsOneErrorWithATitle()
    {
        QList<QByteArray> texts = answerBodies();
        texts << "120" << "Wed, 21 Oct 2065 07:28:00 GMT" << "-1" << "99999999999999999999";
        fuzz({ "refusals", texts, complaintAbout });
    }
};

KINDLING_TEST(TestFuzzRefusals)
#include "tst_refusals.moc"
