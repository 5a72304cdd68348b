// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/requestlog.h"

#include "app/net/networkerror.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrlQuery>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype keptBodyBytes = 4096;
const auto hidden = u"***"_s;

const QRegularExpression& secretName()
{
    static const QRegularExpression pattern(u"passw|passphrase|secret|token|credential|signature|api-?key|access\\.?key|account\\.key|^sig$|^key$|^code$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}
}

// "name": "value" pairs whose name looks secret; the value may hold escaped quotes, or be cut off at the end.
QByteArray redactedText(const QByteArray& body)
{
    static const QRegularExpression member(uR"re("((?:[^"\\]++|\\.)*+)"\s*+:\s*+"((?:[^"\\]++|\\.)*+)("|\\?$))re"_s);
    const QString text = QString::fromUtf8(body);
    QString result;
    qsizetype end = 0;
    for (const auto& match : member.globalMatch(text)) {
        const QString name = match.captured(1);
        if (name == "code"_L1 || !secretName().match(name).hasMatch())
            continue;
        result += QStringView(text).sliced(end, match.capturedStart(2) - end) + hidden;
        end = match.capturedEnd(2);
    }
    result += QStringView(text).sliced(end);
    return result.toUtf8();
}

RequestLog::RequestLog(QObject* parent)
    : QObject(parent)
{
}

void RequestLog::record(Exchange exchange)
{
    exchange.number = ++m_lastNumber;
    exchange.url = redacted(exchange.url);
    // Redacted before it is cut, so that a cut name cannot hide a secret value.
    exchange.body = redactedText(exchange.body.first(std::min(exchange.body.size(), 4 * keptBodyBytes)));
    exchange.body.truncate(keptBodyBytes);
    const int dropped = m_exchanges.size() >= capacity ? 1 : 0;
    if (dropped > 0)
        m_exchanges.removeFirst();
    m_exchanges.append(exchange);
    Q_EMIT exchangeRecorded(exchange, dropped);
}

QString asCurl(const Exchange& exchange)
{
    QStringList words{ u"curl"_s };
    if (exchange.method != "GET")
        words << u"-X"_s << QString::fromLatin1(exchange.method);
    words << u"-H"_s << u"'Accept: application/json'"_s;
    words << u"-H"_s << shellQuoted(u"Authorization: <%1>"_s.arg(NetworkWords::tr("your sign-in, if the server wants one")));
    if (exchange.method != "GET")
        words << u"-H"_s << u"'X-Requested-By: kindling'"_s;
    if (!exchange.body.isEmpty()) {
        words << u"-H"_s << u"'Content-Type: application/json'"_s;
        words << u"--data-raw"_s << shellQuoted(QString::fromUtf8(exchange.body));
    }
    words << shellQuoted(QString::fromLatin1(redacted(exchange.url).toEncoded()));
    return words.join(u' ');
}

QUrl redacted(const QUrl& url)
{
    QUrl result = url;
    result.setUserInfo({});
    QUrlQuery query(result);
    auto items = query.queryItems(QUrl::FullyEncoded);
    bool isChanged = false;
    for (auto& [name, value] : items) {
        if (value.isEmpty() || !secretName().match(name).hasMatch())
            continue;
        value = hidden;
        isChanged = true;
    }
    if (isChanged) {
        query.setQueryItems(items);
        result.setQuery(query);
    }
    result.setFragment({});
    return result;
}

} // namespace kindling
