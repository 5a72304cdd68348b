// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/livy/requestrecord.h"

#include "app/livy/requestcodec.h"
#include "app/livy/requestreader.h"

#include <QRegularExpression>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
/// Stands where a secret was. No setting of Spark's has this value.
const QString notKept = u"(not recorded)"_s;

/// A name and a password in an address.
void hideSignIn(QString& text)
{
    static const QRegularExpression signIn(u"(://)[^/@\\s:]*:[^/@\\s]*@"_s);
    text.replace(signIn, u"\\1"_s + notKept + u'@');
}

void hideSignIns(QStringList& texts)
{
    for (QString& text : texts)
        hideSignIn(text);
}

/// "--password x", "--token=x", "jdbc:…?user=u&password=x", {"password":"x"}
void hideArguments(QStringList& args)
{
    bool isNext = false;
    for (QString& arg : args) {
        const qsizetype equals = arg.indexOf(u'=');
        const bool isOption = arg.startsWith(u'-');
        const bool isSecret = isSecretSetting(arg.first(equals < 0 ? arg.size() : equals), equals < 0 ? QString() : arg.sliced(equals + 1));
        const bool isAnswer = std::exchange(isNext, isSecret && equals < 0 && isOption) && !arg.startsWith("--"_L1);
        if (isAnswer || (isSecret && equals < 0 && !isOption && arg.contains(u':')))
            arg = notKept;
        else if (isSecret && equals >= 0)
            arg = arg.first(equals + 1) + notKept;
    }
}

template<typename Wanted>
void hideSecrets(Wanted& wanted)
{
    QMap<QString, QString> harmless = wanted.conf;
    for (const QString& name : takeSecrets(harmless))
        wanted.conf[name] = notKept;
    for (QString& value : wanted.conf)
        hideSignIn(value);
    for (QStringList* each : { &wanted.jars, &wanted.pyFiles, &wanted.files, &wanted.archives })
        hideSignIns(*each);
}

template<typename Wanted>
QStringList takeLacking(Wanted& wanted)
{
    QStringList lacking;
    for (const QString& name : wanted.conf.keys()) {
        if (wanted.conf.value(name).contains(notKept))
            lacking += name;
    }
    for (const QString& name : std::as_const(lacking))
        wanted.conf.remove(name);
    const auto note = [&lacking](const char* field, const QStringList& values) {
        if (std::ranges::any_of(values, [](const QString& value) { return value.contains(notKept); }))
            lacking += QString::fromLatin1(field);
    };
    note("jars", wanted.jars);
    note("pyFiles", wanted.pyFiles);
    note("files", wanted.files);
    note("archives", wanted.archives);
    if constexpr (std::is_same_v<Wanted, NewBatch>) {
        note("file", { wanted.file });
        note("args", wanted.args);
    }
    return lacking;
}

/// Collects what is set.
class Lister {
public:
    void text(const char* name, const QString& value)
    {
        if (!value.isEmpty())
            settings += { QString::fromLatin1(name), value };
    }
    void number(const char* name, const std::optional<int>& value)
    {
        if (value)
            settings += { QString::fromLatin1(name), QString::number(*value) };
    }
    template<typename Wanted>
    void common(const Wanted& wanted)
    {
        text("proxyUser", wanted.proxyUser);
        text("driverMemory", wanted.driverMemory);
        number("driverCores", wanted.driverCores);
        text("executorMemory", wanted.executorMemory);
        number("executorCores", wanted.executorCores);
        number("numExecutors", wanted.numExecutors);
        text("queue", wanted.queue);
        text("jars", wanted.jars.join(u'\n'));
        text("pyFiles", wanted.pyFiles.join(u'\n'));
        text("files", wanted.files.join(u'\n'));
        text("archives", wanted.archives.join(u'\n'));
    }
    void conf(const QMap<QString, QString>& values)
    {
        for (const auto& [name, value] : values.asKeyValueRange())
            settings += { name, isSecretSetting(name, value) || value == notKept ? u"•••"_s : value, true };
    }

    QList<Setting> settings;
};

std::optional<qint64> kibibytesOf(const QString& memory)
{
    static const QRegularExpression size(u"^(\\d{1,9})\\s*([kmgt])b?$"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = size.match(memory.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const int power = static_cast<int>(u"kmgt"_s.indexOf(match.captured(2).toLower()));
    return match.captured(1).toLongLong() << (10 * power);
}
}

QByteArray recordableRequest(NewSession wanted, const ServerVersion& version)
{
    hideSecrets(wanted);
    return encodeSession(wanted, version);
}

QByteArray recordableRequest(NewBatch wanted)
{
    hideSecrets(wanted);
    hideArguments(wanted.args);
    hideSignIns(wanted.args);
    hideSignIn(wanted.file);
    return encodeBatch(wanted);
}

QByteArray recordableSessionRequest(const QByteArray& json, const ServerVersion& version)
{
    const Result<NewSession> wanted = readSessionRequest(json);
    return wanted ? recordableRequest(*wanted, version) : QByteArray();
}

QByteArray recordableBatchRequest(const QByteArray& json)
{
    const Result<NewBatch> wanted = readBatchRequest(json);
    return wanted ? recordableRequest(*wanted) : QByteArray();
}

Result<RememberedRequest<NewSession>> readRememberedSession(const QByteArray& json)
{
    return readSessionRequest(json).transform([](NewSession wanted) {
        const QStringList lacking = takeLacking(wanted);
        return RememberedRequest<NewSession>{ wanted, lacking };
    });
}

Result<RememberedRequest<NewBatch>> readRememberedBatch(const QByteArray& json)
{
    return readBatchRequest(json).transform([](NewBatch wanted) {
        const QStringList lacking = takeLacking(wanted);
        return RememberedRequest<NewBatch>{ wanted, lacking };
    });
}

QList<Setting> settingsOf(const NewSession& wanted)
{
    Lister lister;
    lister.text("kind", wireName(wanted.kind));
    lister.common(wanted);
    lister.number("heartbeatTimeoutInSecond", wanted.heartbeatTimeoutSeconds);
    lister.text("ttl", wanted.ttl);
    lister.text("idleTimeout", wanted.idleTimeout);
    lister.conf(wanted.conf);
    return lister.settings;
}

QList<Setting> settingsOf(const NewBatch& wanted)
{
    Lister lister;
    lister.text("file", wanted.file);
    lister.text("className", wanted.className);
    lister.text("args", wanted.args.join(u'\n'));
    lister.common(wanted);
    lister.conf(wanted.conf);
    return lister.settings;
}

bool SettingPair::isSame() const
{
    const auto size = kibibytesOf(left);
    return left == right || (size && size == kibibytesOf(right));
}

QList<SettingPair> pairsOf(const QList<Setting>& left, const QList<Setting>& right)
{
    QList<SettingPair> pairs;
    for (const Setting& each : left)
        pairs += { each.name, each.isConf, each.value, {} };
    for (const Setting& each : right) {
        const auto known = std::ranges::find_if(pairs, [&each](const SettingPair& pair) { return pair.name == each.name && pair.isConf == each.isConf; });
        if (known == pairs.end())
            pairs += { each.name, each.isConf, {}, each.value };
        else
            known->right = each.value;
    }
    return pairs;
}

} // namespace kindling
