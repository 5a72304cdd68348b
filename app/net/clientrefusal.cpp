// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/clientrefusal.h"

#include "app/net/networkerror.h"
#include "app/net/requestlog.h"

#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
// Alerts of TLS (RFC 8446, 6.2) that are about a certificate: a server that sends one means ours.
constexpr int handshakeFailure = 40;
constexpr int firstAboutCertificates = 41;
constexpr int revoked = 44;
constexpr int expired = 45;
constexpr int lastAboutCertificates = 46;
constexpr int unknownAuthority = 48;
constexpr int accessDenied = 49;
constexpr int certificateRequired = 116;

constexpr auto keyDoesNotFit = "error:05800074:"_L1; ///< of OpenSSL (X509_R_KEY_VALUES_MISMATCH), when it loads both

// OpenSSL's number of an alert that came is 1000 and the alert's.
int alertIn(const QString& words)
{
    static const QRegularExpression code(u"error:0A000([0-9A-F]{3}):"_s);
    const QRegularExpressionMatch match = code.match(words);
    return match.hasMatch() ? match.captured(1).toInt(nullptr, 16) - 1000 : 0;
}

bool isAboutCertificate(int alert)
{
    return (alert >= firstAboutCertificates && alert <= lastAboutCertificates) || alert == unknownAuthority || alert == accessDenied
        || alert == certificateRequired;
}

QString titleOf(int alert, const QString& place)
{
    switch (alert) {
    case revoked:
        return NetworkWords::tr("%1 refused your client certificate: it was revoked.").arg(place);
    case expired:
        return NetworkWords::tr("%1 refused your client certificate: it has expired.").arg(place);
    case unknownAuthority:
        return NetworkWords::tr("%1 refused your client certificate: it does not know the authority that issued it.").arg(place);
    default:
        return NetworkWords::tr("%1 refused your client certificate.").arg(place);
    }
}
}

QString clientCertificateHint(bool isShown)
{
    return isShown
        ? NetworkWords::tr("Ask whoever runs the server which client certificate it takes from you, and choose that one.")
        : NetworkWords::tr("A client certificate is a file (PEM) that whoever runs the server gives you: name it in the server's dialog under Advanced, or with --client-cert FILE.");
}

std::optional<Error> clientRefusal(const QString& words, const QUrl& url, bool isShown)
{
    Error error;
    error.kind = ErrorKind::PersonNeeded;
    error.url = redacted(url);
    if (words.contains(keyDoesNotFit)) {
        error.title = NetworkWords::tr("Your client certificate for %1 and its private key do not belong together.").arg(placeOf(url));
        return error;
    }
    const int alert = alertIn(words);
    const bool mayWantOne = alert == handshakeFailure && !isShown;
    if (!isAboutCertificate(alert) && !mayWantOne)
        return std::nullopt;
    error.detail = clientCertificateHint(isShown);
    if (mayWantOne) {
        error.kind = ErrorKind::Tls;
        error.title = NetworkWords::tr("%1 refused the secure connection. Perhaps it wants a client certificate of yours.").arg(placeOf(url));
    } else {
        error.title = isShown ? titleOf(alert, placeOf(url)) : NetworkWords::tr("%1 wants a client certificate of yours.").arg(placeOf(url));
    }
    return error;
}

} // namespace kindling
