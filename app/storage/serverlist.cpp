// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/serverlist.h"

#include "app/storage/options.h"

#include <QRegularExpression>
#include <QSet>
#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, ServerKind>, 2> kindWords{ {
    { "livy"_L1, ServerKind::Livy },
    { "local-spark"_L1, ServerKind::LocalSpark },
} };
constexpr std::array<std::pair<QLatin1StringView, AuthKind>, 3> authWords{ {
    { "none"_L1, AuthKind::None },
    { "basic"_L1, AuthKind::Basic },
    { "bearer"_L1, AuthKind::Bearer },
} };

constexpr int fingerprintBytes = 32;

template<typename Words, typename Value>
QString wordOf(const Words& words, Value value)
{
    const auto found = std::ranges::find(words, value, [](const auto& pair) { return pair.second; });
    return found == words.end() ? QString() : QString(found->first);
}

template<typename Value, typename Words>
std::optional<Value> valueOf(const Words& words, const QString& word)
{
    const auto found = std::ranges::find(words, word, [](const auto& pair) { return QString(pair.first); });
    return found == words.end() ? std::nullopt : std::optional<Value>(found->second);
}

QString oneLine(const QString& text)
{
    QString clean = text.left(options::maximumText);
    clean.removeIf([](QChar character) { return character.category() == QChar::Other_Control; });
    return clean.trimmed();
}

/// Names that may stand in a request's head, each once whatever its case.
QStringList headerNamesIn(const QStringList& names)
{
    static const QRegularExpression token(u"\\A[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}\\z"_s);
    QStringList clean = names.mid(0, options::maximumHeaders);
    clean.removeIf([](const QString& name) { return !token.match(name).hasMatch(); });
    QSet<QString> seen;
    clean.removeIf([&seen](const QString& name) {
        const bool isDoubled = seen.contains(name.toLower());
        seen.insert(name.toLower());
        return isDoubled;
    });
    return clean;
}

/// Only what is not as it is by itself, so that most entries stay short.
void writeExtras(QSettings& settings, const ServerProfile& profile)
{
    const auto write = [&settings](QLatin1StringView key, const auto& value, bool isSet) {
        if (isSet)
            settings.setValue(key, value);
    };
    write(options::serverDoAs, profile.doAs, !profile.doAs.isEmpty());
    write(options::serverIsReadOnly, profile.isReadOnly, profile.isReadOnly);
    write(options::serverPython, profile.python, !profile.python.isEmpty());
    write(options::serverAuthorityFile, profile.authorityFile, !profile.authorityFile.isEmpty());
    write(options::serverFingerprint, QString::fromLatin1(profile.fingerprint.toHex()), !profile.fingerprint.isEmpty());
    write(options::serverUsesSystemProxy, profile.usesSystemProxy, !profile.usesSystemProxy);
    write(options::serverHeaderNames, profile.headerNames, !profile.headerNames.isEmpty());
    write(options::serverClientCertificateFile, profile.clientCertificateFile, !profile.clientCertificateFile.isEmpty());
    write(options::serverClientKeyFile, profile.clientKeyFile, !profile.clientKeyFile.isEmpty());
    write(options::serverLargestAnswerMiB, profile.largestAnswerMiB, profile.largestAnswerMiB != ServerProfile::usualLargestAnswerMiB);
}

std::optional<ServerProfile> readProfile(const QSettings& settings)
{
    const auto text = [&settings](QLatin1StringView key) { return settings.value(key).toString(); };
    const std::optional<ServerKind> kind = valueOf<ServerKind>(kindWords, text(options::serverKind));
    const std::optional<AuthKind> auth = valueOf<AuthKind>(authWords, text(options::serverAuth));
    if (!kind || !auth)
        return std::nullopt;
    ServerProfile profile{ text(options::serverId), text(options::serverName), *kind,
        QUrl(text(options::serverUrl), QUrl::StrictMode), *auth, text(options::serverUser) };
    profile.doAs = text(options::serverDoAs);
    profile.isReadOnly = settings.value(options::serverIsReadOnly, false).toBool();
    profile.python = text(options::serverPython);
    profile.authorityFile = text(options::serverAuthorityFile);
    const QString pin = text(options::serverFingerprint);
    profile.fingerprint = QByteArray::fromHex(pin.toLatin1());
    // A pin that cannot be read must not become no pin at all.
    if (QString::fromLatin1(profile.fingerprint.toHex()) != pin.toLower())
        return std::nullopt;
    profile.usesSystemProxy = settings.value(options::serverUsesSystemProxy, true).toBool();
    profile.headerNames = settings.value(options::serverHeaderNames).toStringList();
    profile.clientCertificateFile = text(options::serverClientCertificateFile);
    profile.clientKeyFile = text(options::serverClientKeyFile);
    bool isNumber = false;
    const int largest = settings.value(options::serverLargestAnswerMiB).toInt(&isNumber);
    if (isNumber)
        profile.largestAnswerMiB = largest;
    return cleanedProfile(std::move(profile));
}
}

std::optional<ServerProfile> cleanedProfile(ServerProfile profile)
{
    static const QRegularExpression idPattern(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s);
    if (!idPattern.match(profile.id).hasMatch())
        return std::nullopt;
    profile.url.setUserInfo(QString());
    const ServerUrlCheck checked = checkServerUrl(profile.url.toString(QUrl::FullyEncoded));
    const bool mayBeWithout = profile.kind == ServerKind::LocalSpark && profile.url.isEmpty();
    if (!checked.problem.isEmpty() && !mayBeWithout)
        return std::nullopt;
    profile.url = checked.url;
    profile.name = oneLine(profile.name);
    if (profile.name.isEmpty())
        profile.name = profile.url.host();
    profile.user = oneLine(profile.user);
    profile.doAs = oneLine(profile.doAs);
    profile.python = oneLine(profile.python);
    profile.authorityFile = oneLine(profile.authorityFile);
    if (!profile.fingerprint.isEmpty() && profile.fingerprint.size() != fingerprintBytes)
        return std::nullopt;
    profile.headerNames = headerNamesIn(profile.headerNames);
    profile.clientCertificateFile = oneLine(profile.clientCertificateFile);
    profile.clientKeyFile = oneLine(profile.clientKeyFile);
    profile.largestAnswerMiB = std::clamp(profile.largestAnswerMiB, ServerProfile::leastLargestAnswerMiB, ServerProfile::mostLargestAnswerMiB);
    return profile;
}

StoredServers readServers(QSettings& settings)
{
    StoredServers stored;
    QSet<ServerId> seen;
    const int said = settings.beginReadArray(options::servers);
    const int count = std::clamp(said, 0, options::maximumServers);
    stored.hasDropped = count != said;
    for (int index = 0; index < count; ++index) {
        settings.setArrayIndex(index);
        const std::optional<ServerProfile> profile = readProfile(settings);
        if (profile && !seen.contains(profile->id)) {
            seen.insert(profile->id);
            stored.servers.append(*profile);
        } else {
            stored.hasDropped = true;
        }
    }
    settings.endArray();
    return stored;
}

void writeServers(QSettings& settings, const QList<ServerProfile>& servers)
{
    settings.remove(options::servers);
    settings.beginWriteArray(options::servers, static_cast<int>(servers.size()));
    for (int index = 0; index < servers.size(); ++index) {
        const ServerProfile& profile = servers.at(index);
        settings.setArrayIndex(index);
        settings.setValue(options::serverId, profile.id);
        settings.setValue(options::serverName, profile.name);
        settings.setValue(options::serverKind, wordOf(kindWords, profile.kind));
        settings.setValue(options::serverUrl, profile.url.toString(QUrl::FullyEncoded));
        settings.setValue(options::serverAuth, wordOf(authWords, profile.auth));
        settings.setValue(options::serverUser, profile.user);
        writeExtras(settings, profile);
    }
    settings.endArray();
}

QList<ServerProfile> mergedServers(
    const QList<ServerProfile>& base, const QList<ServerProfile>& ours, const StoredServers& theirs)
{
    const auto find = [](const QList<ServerProfile>& servers, const ServerId& id) { return std::ranges::find(servers, id, &ServerProfile::id); };
    // A file that was emptied or cannot be read in full tells nothing of removals.
    const bool tellsRemovals = !theirs.hasDropped && !theirs.servers.isEmpty();
    QList<ServerProfile> merged;
    for (const ServerProfile& server : ours) {
        const auto told = find(theirs.servers, server.id);
        if (!base.contains(server))
            merged.append(server);
        else if (told != theirs.servers.end() || !tellsRemovals)
            merged.append(told != theirs.servers.end() ? *told : server);
    }
    for (const ServerProfile& server : theirs.servers) {
        const bool isNew = find(base, server.id) == base.end() && find(ours, server.id) == ours.end();
        if (isNew && merged.size() < options::maximumServers)
            merged.append(server);
    }
    return merged;
}

} // namespace kindling
