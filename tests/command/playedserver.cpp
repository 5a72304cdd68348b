// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/command/playedserver.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace kindling::test {

PlayedServer::PlayedServer(const QByteArray& token)
    : m_scripted(token)
    , m_http(m_scripted.clock, {}, [this](const local::HttpRequest& request, const local::Responder& respond) { handle(request, respond); })
{
    connect(&m_timer, &QTimer::timeout, this, [this] { play(); });
    m_timer.start(10ms);
    if (!m_http.listen(0))
        qFatal("no free port");
}

bool PlayedServer::hasSessions() const
{
    return std::ranges::any_of(m_scripted.drivers, [](const QPointer<ScriptedDriver>& driver) { return driver && !driver->isStopped; });
}

void PlayedServer::handle(const local::HttpRequest& request, const local::Responder& respond)
{
    const QString path = u'/' + request.path.join(u'/');
    m_asked.append(QString::fromLatin1(request.method) + u' ' + path);
    m_users.append(request.query.queryItemValue(u"doAs"_s));
    if (path == repeatsCredentialsAt && request.method == "POST")
        respond(local::jsonResponse(400, "{\"msg\":\"Bad request by " + request.header("Authorization") + " with " + request.header("X-Key") + "\"}"));
    else
        m_scripted.router.handle(request, respond);
}

void PlayedServer::play()
{
    m_scripted.clock.advance(10ms);
    for (const QPointer<ScriptedDriver>& driver : std::as_const(m_scripted.drivers)) {
        if (driver && !driver->isStopped)
            play(*driver);
    }
}

void PlayedServer::play(ScriptedDriver& driver)
{
    if (!m_ready.contains(&driver)) {
        if (!isEverReady)
            return;
        m_ready.append(&driver);
        driver.becomeReady();
    }
    if (driver.runningId < 0)
        return;
    const QString code = driver.runningCode;
    const bool waits = code.contains("hang"_L1) || (code.contains("slow"_L1) && !mayGoOn);
    if (m_ran.isEmpty() || m_ran.last() != code)
        m_ran.append(code);
    if (waits)
        return;
    if (code.contains("fail"_L1))
        driver.finish(R"({"status":"error","execution_count":1,"ename":"ValueError","evalue":"no good","traceback":["Traceback\n","  line 1\n"]})");
    else
        driver.finish(R"({"status":"ok","execution_count":0,"data":{"text/plain":"done )" + code.toUtf8() + R"("}})");
}

} // namespace kindling::test
