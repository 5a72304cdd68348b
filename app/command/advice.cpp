// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/advice.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Advice)
};

constexpr qsizetype longestDetail = 500;

/// Rather than of a list, or of the server itself; what was found to be gone without asking is one, too.
bool isOfOneItem(const QUrl& url)
{
    static const QRegularExpression item(u"/(sessions|batches)/[^/]+"_s);
    return url.isEmpty() || item.match(url.path()).hasMatch();
}
}

QString adviceFor(const Error& error)
{
    if (error.httpStatus == 407) // the proxy's, whose error says what to do
        return {};
    switch (error.kind) {
    case ErrorKind::Network:
        return Words::tr("Check the address and the port, that the server runs, and that no firewall or proxy is in the way.");
    case ErrorKind::Timeout:
        return Words::tr("Try again later; if it stays so, ask whoever runs the server.");
    case ErrorKind::Tls:
        return Words::tr("If you trust this server, name its authority with --cacert FILE, or its certificate with --pin FINGERPRINT (“kindling check” shows it).");
    case ErrorKind::SignIn:
    case ErrorKind::PersonNeeded:
        return Words::tr("Check the sign-in: --user with --password-env, --token-env, --token-file or --client-cert.");
    case ErrorKind::Forbidden:
        return Words::tr("Ask whoever runs the server for the right to do this.");
    case ErrorKind::NotFound:
        if (isOfOneItem(error.url))
            return Words::tr("It has ended or was deleted, and its server has forgotten it: “kindling list” shows what there is.");
        return Words::tr("Check the path of the address: behind a gateway it has a prefix, for example /gateway/default/livy/v1.");
    case ErrorKind::Busy:
        return Words::tr("The server asks for patience: try again later.");
    case ErrorKind::Server:
        return Words::tr("Look into the server's own log, or ask whoever runs it.");
    case ErrorKind::Protocol:
        return Words::tr("Check that the address is that of a Livy server, path and all.");
    case ErrorKind::UnknownOutcome:
        return Words::tr("Look at the server's sessions before you run it again.");
    case ErrorKind::Io:
        return Words::tr("Check the path, the rights and the free space.");
    case ErrorKind::TooLarge:
        if (error.httpStatus == 413) // the request, that is
            return Words::tr("Change what is asked for, and run it again.");
        return Words::tr("Write what is large to storage of the cluster instead of printing it, and run it again.");
    case ErrorKind::Rejected:
        return Words::tr("Change what is asked for, and run it again.");
    case ErrorKind::Unavailable: // what is missing says itself how to get it
    case ErrorKind::Cancelled:
        return {};
    }
    return {};
}

QString oneLine(const Error& error)
{
    const QString detail = error.detail.simplified();
    const bool addsSomething = !detail.isEmpty() && detail.size() <= longestDetail && detail.contains(u' ') && !error.title.contains(detail);
    return addsSomething ? error.title + u" ("_s + detail + u')' : error.title;
}

QString oneLine(const Error& error, const ServerProfile& server)
{
    const QString what = oneLine(error);
    const QString place = server.url.authority();
    const bool isNamed = what.contains(server.name) || (!place.isEmpty() && what.contains(place)) || error.kind == ErrorKind::Io;
    return isNamed ? what : Words::tr("%1 (server: %2)", "what happened, where").arg(what, server.name);
}

} // namespace kindling
