// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakelivy/fakelivy.h"

#include "app/livy/livyapi.h"
#include "app/net/httptransport.h"

#include <algorithm>

namespace kindling::test {

using namespace Qt::StringLiterals;

FakeLivy::FakeLivy()
    : m_decorator(quirks, [this](const local::HttpRequest& request, const local::Responder& respond) { m_server->router.handle(request, respond); })
    , m_http(m_systemClock, {}, [this](const local::HttpRequest& request, const local::Responder& respond) { handle(request, respond); })
{
    if (!m_http.listen(0))
        qFatal("no free port: %s", qPrintable(m_http.errorString()));
}

void FakeLivy::handle(const local::HttpRequest& request, const local::Responder& respond)
{
    m_asked.append(QString::fromLatin1(request.method) + u" /"_s + request.path.join(u'/'));
    m_decorator.handle(request, respond);
}

QUrl FakeLivy::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(m_http.port()));
}

std::unique_ptr<SparkApi> FakeLivy::makeApi()
{
    return makeLivyApi(url(), std::make_unique<HttpTransport>(u"fake"_s, nullptr, m_systemClock, nullptr));
}

int FakeLivy::countOf(const QString& beginning) const
{
    return static_cast<int>(std::ranges::count_if(m_asked, [&beginning](const QString& each) { return each.startsWith(beginning); }));
}

void FakeLivy::restart()
{
    m_server = std::make_unique<ScriptedServer>();
}

} // namespace kindling::test
