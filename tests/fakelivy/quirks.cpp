// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakelivy/quirks.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <memory>

namespace kindling::test {

using namespace local;
using namespace Qt::StringLiterals;

namespace {
const QStringList fieldsOf07{ u"id"_s, u"name"_s, u"appId"_s, u"owner"_s, u"proxyUser"_s, u"state"_s, u"kind"_s, u"appInfo"_s, u"log"_s };

QByteArray textOf(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

HttpResponse page(int status, const QString& words)
{
    const QString html = u"<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n<title>Error %1 %2</title>\n</head>\n"
                         "<body><h2>HTTP ERROR %1</h2>\n<p>Problem accessing it. Reason:\n<pre>    %2</pre></p><hr>"
                         "<a href=\"http://eclipse.org/jetty\">Powered by Jetty:// 9.4.57</a><hr/>\n</body>\n</html>\n"_s.arg(status).arg(words);
    return { status, { { "Content-Type", "text/html;charset=iso-8859-1" } }, html.toUtf8() };
}

quint32 crcOf(const QByteArray& bytes)
{
    quint32 crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

QByteArray littleEndian(quint32 number)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>((number >> shift) & 0xffU);
    return bytes;
}

QString wordOf(Release release)
{
    switch (release) {
    case Release::Livy07: return u"0.7.1-incubating"_s;
    case Release::Livy08: return u"0.8.0-incubating"_s;
    case Release::LocalSpark:
    case Release::Livy09: break;
    }
    return u"0.9.0-incubating"_s;
}
}

// qCompress gives a length, then a zlib stream; between its two header bytes and its four check bytes is what gzip holds.
QByteArray gzipped(const QByteArray& bytes)
{
    const QByteArray packed = qCompress(bytes).sliced(4);
    return QByteArray::fromHex("1f8b0800000000000003") + packed.sliced(2).chopped(4) + littleEndian(crcOf(bytes))
        + littleEndian(static_cast<quint32>(bytes.size()));
}

QuirkDecorator::QuirkDecorator(const Quirks& quirks, HttpHandler inner)
    : m_quirks(quirks)
    , m_inner(std::move(inner))
{
}

void QuirkDecorator::handle(const HttpRequest& request, const Responder& respond)
{
    const HttpResponse refusal = refusalBefore(request);
    if (refusal.status != 0) {
        respond(refusal);
        return;
    }
    if (mustHang(request)) {
        ++m_hanging;
        return;
    }
    const bool isPhantom = m_quirks.keepsPhantoms && request.method == "POST" && request.path == QStringList{ u"batches"_s }
        && QJsonDocument::fromJson(request.body)["file"_L1].toString().startsWith("/etc/"_L1);
    m_inner(request, [this, request, respond, isPhantom](HttpResponse response) {
        if (isPhantom)
            response = messageResponse(400, u"Rejected, Reason: requirement failed: Local path /etc/x cannot be added to user sessions."_s);
        respond(changed(request, std::move(response)));
    });
}

bool QuirkDecorator::mustHang(const HttpRequest& request) const
{
    if (request.method != "GET" || request.path.size() < 3 || request.path.at(2) != "statements"_L1)
        return false;
    if (m_quirks.hangsStatements)
        return true;
    if (!m_quirks.hangsWhileStarting)
        return false;
    HttpRequest ask = request;
    ask.path = { u"sessions"_s, request.path.at(1), u"state"_s };
    bool isStarting = false;
    m_inner(ask, [&isStarting](const HttpResponse& answer) { isStarting = answer.body.contains("\"starting\""); });
    return isStarting;
}

HttpResponse QuirkDecorator::refusalBefore(const HttpRequest& request) const
{
    const bool isUnsafe = request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
    if (m_quirks.wantsRequestedBy && isUnsafe && request.header("X-Requested-By").isNull())
        return page(400, u"Missing Required Header for CSRF protection."_s);
    if (request.method != "POST" || request.path != QStringList{ u"sessions"_s })
        return { 0, {}, {} };
    QStringList unknown;
    if (m_quirks.release == Release::Livy07)
        unknown += { u"ttl"_s, u"idleTimeout"_s };
    if (m_quirks.release == Release::Livy08)
        unknown += u"idleTimeout"_s;
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    for (const QString& field : std::as_const(unknown)) {
        if (body.contains(field))
            return bareTextResponse(400, u"Unrecognized field \"%1\" (class org.apache.livy.server.interactive.CreateInteractiveRequest), not marked as ignorable"_s.arg(field));
    }
    return { 0, {}, {} };
}

HttpResponse QuirkDecorator::changed(const HttpRequest& request, HttpResponse response)
{
    const QJsonDocument document = QJsonDocument::fromJson(response.body);
    if (response.status < 300 && document.isObject())
        response.body = textOf(changedObject(request, document.object()));
    else if (m_quirks.release == Release::Livy07)
        response.body.replace("Rejected, Reason: ", "");
    if (m_quirks.answersPages && response.status >= 400)
        response = page(response.status, document["msg"_L1].toString(u"it"_s));
    if (m_quirks.packs && !response.body.isEmpty()) {
        response.body = gzipped(response.body);
        response.headers.emplaceBack("Content-Encoding", "gzip");
    }
    return response;
}

QJsonObject QuirkDecorator::changedObject(const HttpRequest& request, QJsonObject object)
{
    const bool isSession = request.path.value(0) == "sessions"_L1;
    if (request.path.value(0) == "version"_L1)
        return changedVersion(object);
    if (object.contains("sessions"_L1)) {
        QJsonArray items;
        for (const QJsonValue& item : object["sessions"_L1].toArray())
            items.append(changedItem(item.toObject(), isSession));
        object["sessions"_L1] = items;
        return object;
    }
    if (object.contains("appInfo"_L1))
        return changedItem(object, isSession);
    if (request.path.value(2) == "state"_L1)
        object["state"_L1] = flickered(object["state"_L1].toString());
    const QString place = request.path.join(u'/');
    const bool isLate = m_quirks.completesLate && request.path.size() == 4 && object["state"_L1] == "available"_L1 && !m_seenEnded.contains(place);
    if (isLate) {
        m_seenEnded.insert(place);
        object["completed"_L1] = 0;
    }
    return object;
}

QJsonObject QuirkDecorator::changedItem(QJsonObject item, bool isSession)
{
    item["state"_L1] = isSession ? flickered(item["state"_L1].toString()) : item["state"_L1].toString();
    if (m_quirks.release == Release::LocalSpark || m_quirks.release == Release::Livy09)
        return item;
    QJsonObject app = item["appInfo"_L1].toObject();
    app.remove("executorLogUrls"_L1);
    item["appInfo"_L1] = app;
    item.remove("idleTimeout"_L1);
    if (m_quirks.release == Release::Livy07) {
        for (const QString& key : item.keys()) {
            if (!fieldsOf07.contains(key))
                item.remove(key);
        }
    } else if (isSession) {
        item["ttl"_L1] = u"not a time: the proxy user"_s;
    }
    return item;
}

QJsonObject QuirkDecorator::changedVersion(QJsonObject version) const
{
    if (m_quirks.release == Release::LocalSpark)
        return version;
    version.remove("server"_L1);
    version.remove("sparkVersion"_L1);
    version["version"_L1] = wordOf(m_quirks.release);
    return version;
}

QString QuirkDecorator::flickered(const QString& state)
{
    if (!m_quirks.flickersIdle || state != "busy"_L1)
        return state;
    return ++m_looks % 2 == 0 ? u"idle"_s : state;
}

} // namespace kindling::test
