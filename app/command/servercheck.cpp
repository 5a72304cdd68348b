// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/servercheck.h"

#include "app/engine/problems.h"

#include <QLocale>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Which step fails when the first question to the server gets `error`.
CheckStep::Name stepOf(const Error& error)
{
    using enum ErrorKind;
    if (needsPerson(error))
        return CheckStep::Name::SignIn;
    if (error.kind == Forbidden)
        return CheckStep::Name::Rights;
    const bool isOddAnswer = error.kind == Protocol || error.kind == NotFound || error.kind == Rejected;
    return isOddAnswer ? CheckStep::Name::Dialect : CheckStep::Name::Answer;
}

QStringList namesOf(const QList<HeaderLine>& headers)
{
    QStringList names;
    for (const HeaderLine& line : headers)
        names.append(QString::fromLatin1(line.first));
    return names;
}
}

QString stepKey(CheckStep::Name name)
{
    switch (name) {
    case CheckStep::Name::Lookup:
        return u"name"_s;
    case CheckStep::Name::Tcp:
        return u"tcp"_s;
    case CheckStep::Name::Tls:
        return u"tls"_s;
    case CheckStep::Name::Answer:
        return u"answer"_s;
    case CheckStep::Name::SignIn:
        return u"sign-in"_s;
    case CheckStep::Name::Version:
        return u"version"_s;
    case CheckStep::Name::Dialect:
        return u"dialect"_s;
    case CheckStep::Name::Rights:
        return u"rights"_s;
    case CheckStep::Name::Counts:
        return u"counts"_s;
    }
    return {};
}

ServerCheck::ServerCheck(const ServerProfile& profile, const TransportOptions& transport, SparkApi& api, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_api(api)
    , m_headers(profile.headerNames + namesOf(transport.headers))
    , m_probe(profile.url, transport)
{
    connect(&m_probe, &ConnectionProbe::finished, this, &ServerCheck::onProbed);
}

void ServerCheck::start()
{
    m_probe.start();
}

void ServerCheck::onProbed()
{
    using enum CheckStep::Name;
    const ConnectionReport& report = m_probe.report();
    if (report.problem && report.last == ConnectionReport::Step::Name) {
        failAt(Lookup, *report.problem);
        return;
    }
    const QString addresses = report.addresses.join(u", "_s);
    if (report.proxy.isEmpty())
        pass({ Lookup, tr("%1 is %2").arg(m_profile.url.host(), addresses), { { u"addresses"_s, addresses } }, {} });
    else
        pass({ Lookup, tr("left to the proxy %1").arg(report.proxy), { { u"proxy"_s, report.proxy } }, {} });
    if (report.problem && report.last == ConnectionReport::Step::Tcp) {
        failAt(Tcp, *report.problem);
        return;
    }
    pass({ Tcp, report.peer.isEmpty() ? tr("connected") : tr("connected to %1").arg(report.peer), {}, {} });
    if (report.last == ConnectionReport::Step::Tls) {
        pass(tlsStep());
        if (report.problem)
            return;
    }
    askSessions();
}

CheckStep ServerCheck::tlsStep() const
{
    const ConnectionReport& report = m_probe.report();
    CheckStep tls{ CheckStep::Name::Tls, {}, {}, report.problem };
    const ShownCertificate& shown = report.certificate;
    if (shown.fingerprint.isEmpty())
        return tls;
    const QString expires = QLocale().toString(shown.expires.date(), QLocale::ShortFormat);
    tls.text = tr("certificate of %1, issued by %2, valid until %3; fingerprint %4")
                   .arg(shown.subject, shown.issuer, expires, fingerprintText(shown.fingerprint));
    if (!shown.keyFingerprint.isEmpty())
        tls.text += tr("; of its key %1").arg(fingerprintText(shown.keyFingerprint));
    if (!report.tlsVersion.isEmpty())
        tls.text.prepend(report.tlsVersion + u"; "_s);
    tls.facts = { { u"version"_s, report.tlsVersion }, { u"subject"_s, shown.subject }, { u"issuer"_s, shown.issuer },
        { u"expires"_s, shown.expires.toUTC().toString(Qt::ISODate) }, { u"fingerprint"_s, fingerprintText(shown.fingerprint) },
        { u"keyFingerprint"_s, fingerprintText(shown.keyFingerprint) } };
    return tls;
}

// A server may tell its version to everybody; only a list needs the sign-in.
void ServerCheck::askSessions()
{
    m_api.sessions()->list(0, 1, this, [this](const Result<ItemPage>& answer) {
        if (!answer && stepOf(answer.error()) != CheckStep::Name::Rights) {
            failAt(stepOf(answer.error()), answer.error());
            return;
        }
        pass({ CheckStep::Name::SignIn, signInText(), { { u"user"_s, m_profile.user } }, {} });
        if (answer)
            askVersion(*answer);
        else
            failAt(CheckStep::Name::Rights, answer.error());
    });
}

QString ServerCheck::signInText() const
{
    switch (m_profile.auth) {
    case AuthKind::None: // nobody but the server knows whether it let us in by one of the headers
        return m_headers.isEmpty() ? tr("none is needed") : tr("let in, with the header %1", "or several").arg(m_headers.join(u", "_s));
    case AuthKind::Basic:
        return tr("accepted, as %1").arg(m_profile.user);
    case AuthKind::Bearer:
        return tr("the token is accepted");
    }
    return {};
}

void ServerCheck::askVersion(const ItemPage& sessions)
{
    m_api.version(this, [this, total = sessions.total](const Result<ServerVersion>& answer) { onVersion(answer, total); });
}

void ServerCheck::onVersion(const Result<ServerVersion>& answer, int sessions)
{
    using enum CheckStep::Name;
    if (!answer && isUnreachable(answer.error())) {
        failAt(Version, answer.error());
        return;
    }
    const ServerVersion version = answer.value_or(ServerVersion{});
    pass({ Version, version.text.isEmpty() ? tr("the server does not tell") : version.text, { { u"version"_s, version.text } }, {} });
    const bool isLocal = !version.sparkVersion.isEmpty();
    pass({ Dialect, isLocal ? tr("Livy, as Local Spark speaks it (Spark %1)").arg(version.sparkVersion) : tr("Livy"),
        { { u"dialect"_s, isLocal ? u"local-spark"_s : u"livy"_s } }, {} });
    askBatches(sessions);
}

void ServerCheck::askBatches(int sessions)
{
    m_api.batches()->list(0, 1, this, [this, sessions](const Result<ItemPage>& answer) {
        if (!answer) {
            failAt(CheckStep::Name::Rights, answer.error());
            return;
        }
        pass({ CheckStep::Name::Rights, tr("sessions and batches may be listed"), {}, {} });
        pass({ CheckStep::Name::Counts, tr("%n session(s)", nullptr, sessions) + u", "_s + tr("%n batch(es)", nullptr, answer->total),
            { { u"sessions"_s, QString::number(sessions) }, { u"batches"_s, QString::number(answer->total) } }, {} });
        Q_EMIT finished(true);
    });
}

void ServerCheck::pass(CheckStep step)
{
    m_steps.append(step);
    Q_EMIT stepEnded(step);
    if (step.problem)
        Q_EMIT finished(false);
}

void ServerCheck::failAt(CheckStep::Name name, const Error& problem)
{
    pass({ name, {}, {}, problem });
}

} // namespace kindling
