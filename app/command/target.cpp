// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command/target.h"

#include "app/core/credentialsource.h"
#include "app/storage/serversecrets.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
const auto addressId = u"address"_s;
constexpr qint64 mostTokenBytes = 64LL * 1024;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Target)
};

using Text = std::expected<QString, QString>;

/// The text of the variable that an option names.
Text fromEnvironment(const QString& variable, const QProcessEnvironment& environment)
{
    const QString text = environment.value(variable);
    if (text.isEmpty())
        return std::unexpected(Words::tr("The environment variable %1 is not set.").arg(variable));
    return text;
}

Text fromTokenFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Words::tr("The token file %1 cannot be read: %2").arg(path, file.errorString()));
    const QString token = QString::fromUtf8(file.read(mostTokenBytes)).trimmed();
    if (token.isEmpty() || token.contains(u'\n'))
        return std::unexpected(Words::tr("The token file %1 does not hold one line with a token.").arg(path));
    return token;
}

bool isOneLine(const QString& text)
{
    return std::ranges::none_of(text, [](QChar each) { return each.category() == QChar::Other_Control; });
}

std::expected<std::optional<SignIn>, QString> readSignIn(const Arguments& arguments, const QProcessEnvironment& environment)
{
    if (const QString problem = contradiction(arguments, { u"user"_s, u"token-env"_s, u"token-file"_s }); !problem.isEmpty())
        return std::unexpected(problem);
    if (arguments.has(u"user"_s) != arguments.has(u"password-env"_s))
        return std::unexpected(Words::tr("The options %1 and %2 belong together.").arg(u"--user"_s, u"--password-env"_s));
    SignIn signIn;
    Text secret;
    if (arguments.has(u"user"_s)) {
        signIn.auth = AuthKind::Basic;
        signIn.user = arguments.value(u"user"_s);
        secret = fromEnvironment(arguments.value(u"password-env"_s), environment);
        if (signIn.user.contains(u':'))
            return std::unexpected(Words::tr("A user name with a colon cannot sign in this way (Basic)."));
    } else if (arguments.has(u"token-env"_s)) {
        signIn.auth = AuthKind::Bearer;
        secret = fromEnvironment(arguments.value(u"token-env"_s), environment).transform([](const QString& text) { return text.trimmed(); });
    } else if (arguments.has(u"token-file"_s)) {
        signIn.auth = AuthKind::Bearer;
        signIn.tokenFile = arguments.value(u"token-file"_s);
        secret = fromTokenFile(signIn.tokenFile);
    } else {
        return std::nullopt;
    }
    if (!secret)
        return std::unexpected(secret.error());
    if (!isOneLine(*secret))
        return std::unexpected(Words::tr("The password or token is not one line of text."));
    signIn.secret = *secret;
    return signIn;
}

std::expected<TransportOptions, QString> readTransport(const Arguments& arguments, const QProcessEnvironment& environment)
{
    if (const QString problem = contradiction(arguments, { u"cacert"_s, u"pin"_s }); !problem.isEmpty())
        return std::unexpected(problem);
    TransportOptions options;
    if (arguments.has(u"cacert"_s)) {
        const auto authorities = readAuthorities(arguments.value(u"cacert"_s));
        if (!authorities)
            return std::unexpected(authorities.error().title);
        options.authorities = *authorities;
    }
    if (arguments.has(u"pin"_s)) {
        const auto fingerprint = fingerprintFromText(arguments.value(u"pin"_s));
        if (!fingerprint)
            return std::unexpected(fingerprint.error().title);
        options.fingerprint = *fingerprint;
    }
    if (arguments.has(u"client-key"_s) && !arguments.has(u"client-cert"_s))
        return std::unexpected(Words::tr("The option %1 needs %2 beside it.").arg(u"--client-key"_s, u"--client-cert"_s));
    if (arguments.has(u"client-cert"_s)) {
        auto client = readClientCertificate(arguments.value(u"client-cert"_s), arguments.value(u"client-key"_s));
        if (!client)
            return std::unexpected(client.error().title);
        options.client = std::move(*client);
    }
    for (const QString& variable : arguments.values(u"header-env"_s)) {
        const Text text = fromEnvironment(variable, environment);
        if (!text)
            return std::unexpected(text.error());
        const auto line = headerFromText(text->toUtf8());
        if (!line)
            return std::unexpected(Words::tr("The environment variable %1: %2").arg(variable, line.error().title));
        options.headers.append(*line);
    }
    return options;
}

std::optional<int> mebibytesFromText(const QString& text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    const bool isTaken = isNumber && number >= ServerProfile::leastLargestAnswerMiB && number <= ServerProfile::mostLargestAnswerMiB;
    return isTaken ? std::optional(number) : std::nullopt;
}

QString unknownServer(const QString& typed, const QList<ServerProfile>& stored)
{
    QStringList names;
    for (const ServerProfile& each : stored) {
        if (each.kind == ServerKind::Livy)
            names.append(each.name);
    }
    return names.isEmpty()
        ? Words::tr("No server is stored under the name “%1”, and an address begins with http:// or https://.").arg(typed)
        : Words::tr("No server is stored under the name “%1”. Stored are: %2.").arg(typed, names.join(u", "_s));
}

/// Both as checkServerUrl() cleaned them.
bool isSameAddress(const QUrl& one, const QUrl& other)
{
    const auto portOf = [](const QUrl& url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return one.scheme() == other.scheme() && one.host() == other.host() && portOf(one) == portOf(other) && one.path() == other.path();
}

/// Under which server a window would show what is done there. A Local Spark of its own is none of a window's.
ServerId recordedAs(const ServerProfile& profile, const QList<ServerProfile>& stored)
{
    if (profile.id != addressId)
        return profile.id;
    const auto known = std::ranges::find_if(stored, [&profile](const ServerProfile& each) { return isSameAddress(each.url, profile.url); });
    return known == stored.end() ? profile.url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery) : known->id;
}

/// What `typed` names.
std::expected<ServerProfile, QString> profileOf(const QString& typed, const QList<ServerProfile>& stored)
{
    ServerProfile profile;
    if (typed == "local"_L1) {
        profile.id = u"local"_s;
        profile.name = Words::tr("Local Spark");
        profile.kind = ServerKind::LocalSpark;
        const auto local = std::ranges::find(stored, ServerKind::LocalSpark, &ServerProfile::kind);
        profile.python = local == stored.end() ? QString() : local->python;
        return profile;
    }
    if (typed.contains("://"_L1)) {
        const ServerUrlCheck checked = checkServerUrl(typed);
        if (checked.problem == "userinfo"_L1)
            return std::unexpected(Words::tr("The address must not hold a user or password: use --user and --password-env."));
        if (!checked.problem.isEmpty())
            return std::unexpected(Words::tr("This is not the address of a server: %1").arg(QUrl(typed).toDisplayString(QUrl::RemoveQuery)));
        profile.id = addressId;
        profile.name = checked.url.toDisplayString();
        profile.url = checked.url;
        // What is marked so in the window is not changed by way of its address either.
        profile.isReadOnly = std::ranges::any_of(stored, [&profile](const ServerProfile& each) { return each.isReadOnly && isSameAddress(each.url, profile.url); });
        return profile;
    }
    const auto named = std::ranges::find(stored, typed, &ServerProfile::name);
    if (named == stored.end() || named->kind != ServerKind::Livy)
        return std::unexpected(unknownServer(typed, stored));
    profile = *named;
    profile.name = Words::tr("%1 (%2)", "name of a server, its address").arg(named->name, named->url.toDisplayString());
    return profile;
}
}

QList<OptionRule> targetRules()
{
    return { { u"user"_s, true }, { u"password-env"_s, true }, { u"token-env"_s, true }, { u"token-file"_s, true },
        { u"cacert"_s, true }, { u"pin"_s, true }, { u"client-cert"_s, true }, { u"client-key"_s, true }, { u"header-env"_s, true, true }, { u"max-answer"_s, true },
        { u"do-as"_s, true } };
}

std::expected<Target, QString> readTarget(const QString& server, const Arguments& arguments, const QProcessEnvironment& environment)
{
    Target target;
    target.server = server;
    const auto signIn = readSignIn(arguments, environment);
    if (!signIn)
        return std::unexpected(signIn.error());
    target.signIn = *signIn;
    const auto transport = readTransport(arguments, environment);
    if (!transport)
        return std::unexpected(transport.error());
    target.transport = *transport;
    target.doAs = arguments.value(u"do-as"_s);
    target.largestAnswerMiB = mebibytesFromText(arguments.value(u"max-answer"_s));
    if (arguments.has(u"max-answer"_s) && !target.largestAnswerMiB) {
        return std::unexpected(Words::tr("The option %1 takes a number of MiB, %2 to %3.")
                .arg(u"--max-answer"_s).arg(ServerProfile::leastLargestAnswerMiB).arg(ServerProfile::mostLargestAnswerMiB));
    }
    if (findHeader(target.transport.headers, u"Authorization"_s) && target.signIn)
        return std::unexpected(Words::tr("An Authorization header and another sign-in exclude each other."));
    const bool isTlsAsked = !target.transport.authorities.isEmpty() || !target.transport.fingerprint.isEmpty() || !target.transport.client.chain.isEmpty();
    if (isTlsAsked && server.startsWith("http://"_L1, Qt::CaseInsensitive))
        return std::unexpected(Words::tr("The options %1, %2 and %3 need an address with https.").arg(u"--cacert"_s, u"--pin"_s, u"--client-cert"_s));
    if (server == "local"_L1 && (target.signIn || isTlsAsked || !target.transport.headers.isEmpty()))
        return std::unexpected(Words::tr("Local Spark signs in by itself: it takes no sign-in, certificate or header."));
    return target;
}

std::expected<NamedServer, QString> resolveServer(const Target& target, const QList<ServerProfile>& stored)
{
    auto profile = profileOf(target.server, stored);
    if (!profile)
        return std::unexpected(profile.error());
    if (target.signIn) {
        profile->auth = target.signIn->auth;
        profile->user = target.signIn->user;
    }
    if (!target.doAs.isEmpty())
        profile->doAs = target.doAs;
    const TransportOptions& asked = target.transport;
    if (!asked.authorities.isEmpty() || !asked.fingerprint.isEmpty()) {
        profile->authorityFile.clear();
        profile->fingerprint.clear();
    }
    if (!asked.client.chain.isEmpty())
        profile->clientCertificateFile.clear();
    if (target.largestAnswerMiB)
        profile->largestAnswerMiB = *target.largestAnswerMiB;
    if (findHeader(asked.headers, u"Authorization"_s))
        profile->auth = AuthKind::None;
    profile->headerNames.removeIf([&asked](const QString& name) { return findHeader(asked.headers, name) != nullptr; });
    auto transport = transportOptionsOf(*profile);
    if (!transport)
        return std::unexpected(transport.error().title);
    transport->headers = asked.headers;
    if (!asked.authorities.isEmpty())
        transport->authorities = asked.authorities;
    if (!asked.fingerprint.isEmpty())
        transport->fingerprint = asked.fingerprint;
    if (!asked.client.chain.isEmpty())
        transport->client = asked.client;
    return NamedServer{ *profile, *transport, target.signIn, recordedAs(*profile, stored) };
}

ServerId recordedBesideOthers(const NamedServer& server, qint64 process)
{
    return server.profile.kind == ServerKind::LocalSpark ? u"%1-%2"_s.arg(server.recordedAs).arg(process) : server.recordedAs;
}

QString currentSecret(const SignIn& signIn)
{
    if (signIn.tokenFile.isEmpty())
        return signIn.secret;
    const Text fresh = fromTokenFile(signIn.tokenFile);
    return fresh && isOneLine(*fresh) ? *fresh : signIn.secret;
}

QStringList secretsOf(const Target& target)
{
    QStringList secrets;
    if (target.signIn)
        secrets.append(target.signIn->secret);
    if (target.signIn && target.signIn->auth == AuthKind::Basic) {
        for (const HeaderLine& line : Credential::basic(target.signIn->user, target.signIn->secret).headers)
            secrets.append(QString::fromLatin1(line.second));
    }
    for (const HeaderLine& line : target.transport.headers)
        secrets.append(QString::fromUtf8(line.second));
    return secrets;
}

} // namespace kindling
