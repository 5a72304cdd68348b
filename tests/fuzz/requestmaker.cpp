// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/requestmaker.h"

namespace kindling::test {

QByteArray RequestMaker::conversation()
{
    QByteArray all;
    for (int i = below(150); i >= 0; --i) {
        const QByteArray where = target();
        all += method() + ' ' + where + "\r\n" + headers() + "\r\n" + (where.contains("/upload-") ? form() : body());
        if (i > 0)
            all += separator;
    }
    return all;
}

QByteArray RequestMaker::wire()
{
    QByteArray bytes;
    for (int i = below(3); i >= 0; --i) {
        const QByteArray content = body();
        bytes += method() + ' ' + target() + " HTTP/1." + oneOf({ "1", "1", "1", "0", "7" }) + "\r\n" + headers();
        if (below(4) == 0)
            bytes += "Transfer-Encoding: chunked\r\n\r\n" + QByteArray::number(content.size(), 16) + "\r\n" + content + "\r\n0\r\n\r\n";
        else
            bytes += "Content-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content;
    }
    return spoil(bytes, 2);
}

QByteArray RequestMaker::oneOf(std::initializer_list<const char*> words)
{
    return *(words.begin() + below(static_cast<int>(words.size())));
}

QByteArray RequestMaker::headers()
{
    QByteArray made = "Host: " + (below(20) == 0 ? anything() : QByteArray("127.0.0.1:8998")) + "\r\nContent-Type: "
        + oneOf({ "application/json", "application/json", "multipart/form-data; boundary=x", "text/plain", "" }) + "\r\n";
    if (below(10) == 0)
        made += oneOf({ "Accept", "Origin", "Expect", "Authorization", "Sec-Fetch-Site" }) + ": " + anything() + "\r\n";
    return made;
}

QByteArray RequestMaker::method()
{
    return oneOf({ "GET", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "PUT", "CONNECT", "", "get" });
}

QByteArray RequestMaker::target()
{
    QByteArray path = below(2) == 0 ? route() : QByteArray();
    for (int depth = path.isEmpty() ? below(6) : -1; depth >= 0; --depth)
        path += '/' + segment();
    if (below(3) == 0)
        path += '?' + oneOf({ "from", "size", "order", "_method", "" }) + '=' + oneOf({ "0", "-1", "desc", "2147483648", "%", "%ff", "a+b" });
    return spoil(path, 8);
}

QByteArray RequestMaker::body()
{
    QByteArray json = value(4);
    if (below(10) == 0)
        json = QByteArray(below(3000), '[') + json;
    return spoil(json, 4);
}

QByteArray RequestMaker::form()
{
    return spoil("--x\r\nContent-Disposition: form-data; name=\"" + oneOf({ "file", "jar", "" }) + "\"; filename=\""
            + anything() + "\"\r\n\r\n" + anything() + "\r\n--x--\r\n", 2);
}

QByteArray RequestMaker::route()
{
    return oneOf({ "/sessions", "/batches", "/sessions/0", "/sessions/n", "/sessions/0/statements", "/sessions/0/statements",
        "/sessions/1/statements/0", "/sessions/0/statements/0/cancel", "/sessions/0/completion", "/sessions/0/add-jar",
        "/sessions/0/upload-file", "/sessions/1/upload-jar", "/sessions/0/log", "/sessions/1/stop", "/sessions/0/connect", "/batches/0",
        "/batches/0/log", "/batches/0/state", "/sessions/0/jobs/0", "/ui", "/metrics/metrics" });
}

QByteArray RequestMaker::segment()
{
    return oneOf({ "sessions", "sessions", "batches", "0", "1", "n", "statements", "log", "state", "completion", "add-file", "upload-file",
        "upload-jar", "stop", "connect", "cancel", "jobs", "99999999999999999999", "-1", "..", "%2e%2e", "%00", "%", "%c3%28", "", "ui", "metrics",
        "ping", "version", "%F0%9F%98%80" });
}

QByteArray RequestMaker::value(int depth)
{
    switch (below(depth > 0 ? 9 : 7)) {
    case 0: return "null";
    case 1: return oneOf({ "0", "-1", "1e999", "2147483648", "9223372036854775808", "0.5", "NaN" });
    case 2: return oneOf({ "true", "false" });
    case 3: return '"' + anything().replace('"', "") + '"';
    case 4: return oneOf({ "\"pyspark\"", "\"sql\"", "\"1h\"", "\"/a.py\"", "\"n\"", "\"\\ud800\"", "\"\\u0000\"" });
    case 5: return "{}";
    case 6: return "[]";
    case 7: return '[' + value(depth - 1) + ',' + value(depth - 1) + ']';
    default: return '{' + pair(depth) + ',' + pair(depth) + '}';
    }
}

QByteArray RequestMaker::pair(int depth)
{
    return '"' + oneOf({ "kind", "code", "file", "name", "conf", "jars", "args", "ttl", "idleTimeout", "driverCores", "driverMemory", "uri",
               "cursor", "heartbeatTimeoutInSecond", "x" })
        + "\":" + value(depth - 1);
}

QByteArray RequestMaker::anything()
{
    QByteArray bytes(below(30), Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(below(256));
    return bytes;
}

QByteArray RequestMaker::spoil(QByteArray bytes, int odds)
{
    if (below(odds) != 0 || bytes.isEmpty())
        return bytes;
    for (int i = below(4); i >= 0 && !bytes.isEmpty(); --i) {
        const int at = below(static_cast<int>(bytes.size()));
        switch (below(4)) {
        case 0: bytes[at] = static_cast<char>(below(256)); break;
        case 1: bytes.remove(at, below(20)); break;
        case 2: bytes.insert(at, anything()); break;
        default: bytes.insert(at, bytes.mid(below(static_cast<int>(bytes.size())), 40)); break;
        }
    }
    return bytes;
}

} // namespace kindling::test
