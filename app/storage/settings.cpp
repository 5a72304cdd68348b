// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/settings.h"

#include "app/storage/damagedfile.h"
#include "app/storage/noticestore.h"
#include "app/storage/options.h"
#include "app/storage/serverlist.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array<std::pair<QLatin1StringView, ColorSchemeChoice>, 3> schemeWords{ {
    { "system"_L1, ColorSchemeChoice::System },
    { "light"_L1, ColorSchemeChoice::Light },
    { "dark"_L1, ColorSchemeChoice::Dark },
} };

// QSettings reads nearly anything; these are the signs of a file that it would make nonsense of.
bool isUsable(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return true;
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray bytes = file.readAll();
    if (bytes.contains('\0') || !bytes.isValidUtf8())
        return false;
    file.close();
    QSettings settings(path, QSettings::IniFormat);
    const int format = settings.value(options::format, options::formatNumber).toInt();
    return settings.status() != QSettings::FormatError && format == options::formatNumber;
}

QString layoutKey(const QString& name)
{
    // A slash or a line end in a name must not reach another key.
    return options::layout + u'/' + QString::fromLatin1(name.toUtf8().toPercentEncoding());
}

QString templateGroup(ItemType type)
{
    return type == ItemType::Session ? options::sessionTemplates : options::batchTemplates;
}

QString templateKey(ItemType type, const QString& name)
{
    return templateGroup(type) + u'/' + QString::fromLatin1(name.toUtf8().toPercentEncoding());
}

QStringList cleanedPaths(const QStringList& paths, int limit)
{
    QStringList clean;
    for (const QString& path : paths) {
        const bool isUseful = !path.isEmpty() && path.size() <= options::maximumText && !path.contains(QChar(0));
        if (isUseful && !clean.contains(path) && clean.size() < limit)
            clean.append(path);
    }
    return clean;
}
}

class Settings::Private {
public:
    explicit Private(QString where)
        : folder(std::move(where))
    {
        preferences = open(u"preferences.conf"_s);
        state = open(u"state.conf"_s);
        servers = storedServers().servers;
    }
    /// As the file has them now. A change will not write back what of them is not understood: a copy of the file keeps it.
    StoredServers storedServers()
    {
        preferences->sync();
        StoredServers stored = readServers(*preferences);
        if (stored.hasDropped)
            setAside = copyAside(preferences->fileName());
        return stored;
    }
    std::unique_ptr<QSettings> open(const QString& name)
    {
        const QString path = QDir(folder).filePath(name);
        QDir().mkpath(folder);
        if (!isUsable(path))
            moveAside(path);
        return std::make_unique<QSettings>(path, QSettings::IniFormat);
    }
    void moveAside(const QString& path)
    {
        const QString name = damagedName(path);
        if (QFile::rename(path, name))
            setAside = name;
    }
    static void write(QSettings& settings, QAnyStringView key, const QVariant& value)
    {
        settings.setValue(options::format, options::formatNumber);
        settings.setValue(key, value);
    }

    [[nodiscard]] QString stateFolder() const { return isOwnFolder ? folder : QStandardPaths::writableLocation(QStandardPaths::StateLocation); }

    QString folder;
    std::unique_ptr<QSettings> preferences;
    std::unique_ptr<QSettings> state;
    QList<ServerProfile> servers;
    QString setAside;
    bool isOwnFolder = false;
};

Settings::Settings(const QString& folder, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                                                   : folder))
{
    d->isOwnFolder = !folder.isEmpty();
}

Settings::~Settings() = default;

QList<ServerProfile> Settings::servers() const
{
    return d->servers;
}

void Settings::setServers(const QList<ServerProfile>& servers)
{
    QList<ServerProfile> clean;
    QSet<ServerId> seen;
    for (const ServerProfile& server : servers) {
        const std::optional<ServerProfile> profile = cleanedProfile(server);
        if (!profile || seen.contains(profile->id) || clean.size() >= options::maximumServers)
            continue;
        seen.insert(profile->id);
        clean.append(*profile);
    }
    if (clean == d->servers)
        return;
    d->servers = mergedServers(d->servers, clean, d->storedServers());
    d->preferences->setValue(options::format, options::formatNumber);
    writeServers(*d->preferences, d->servers);
    d->preferences->sync();
    Q_EMIT serversChanged();
}

ColorSchemeChoice Settings::colorScheme() const
{
    const QString word = d->preferences->value(options::colorScheme).toString();
    for (const auto& [name, choice] : schemeWords) {
        if (word == name)
            return choice;
    }
    return ColorSchemeChoice::System;
}

void Settings::setColorScheme(ColorSchemeChoice choice)
{
    if (choice == colorScheme())
        return;
    for (const auto& [name, value] : schemeWords) {
        if (value == choice)
            Private::write(*d->preferences, options::colorScheme, QString(name));
    }
    d->preferences->sync();
    Q_EMIT colorSchemeChanged(choice);
}

QStringList Settings::recentNotebooks() const
{
    return cleanedPaths(d->state->value(options::recentNotebooks).toStringList(), options::maximumRecent);
}

void Settings::addRecentNotebook(const QString& path)
{
    const QStringList before = recentNotebooks();
    const QStringList after = cleanedPaths(QStringList{ path } + before, options::maximumRecent);
    if (after == before)
        return;
    Private::write(*d->state, options::recentNotebooks, after);
    Q_EMIT recentNotebooksChanged();
}

QByteArray Settings::layout(const QString& name) const
{
    const QVariant value = d->state->value(layoutKey(name));
    const QByteArray bytes = value.typeId() == QMetaType::QByteArray ? value.toByteArray() : QByteArray();
    return bytes.size() <= options::maximumLayoutBytes ? bytes : QByteArray();
}

void Settings::setLayout(const QString& name, const QByteArray& state)
{
    if (state != layout(name))
        Private::write(*d->state, layoutKey(name), state);
}

QStringList Settings::openNotebooks() const
{
    return cleanedPaths(d->state->value(options::openNotebooks).toStringList(), options::maximumOpen);
}

void Settings::setOpenNotebooks(const QStringList& paths)
{
    Private::write(*d->state, options::openNotebooks, cleanedPaths(paths, options::maximumOpen));
}

RecordPolicy Settings::recordPolicy() const
{
    const RecordPolicy usual;
    const auto number = [this](QLatin1StringView key, int otherwise, int most) {
        bool isNumber = false;
        const int value = d->preferences->value(key, otherwise).toInt(&isNumber);
        return isNumber ? std::clamp(value, 1, most) : otherwise;
    };
    return { d->preferences->value(options::recordIsOn, usual.isOn).toBool(),
        number(options::recordDays, usual.days, options::maximumRecordDays),
        number(options::recordMebibytes, usual.mebibytes, options::maximumRecordMebibytes) };
}

void Settings::setRecordPolicy(const RecordPolicy& policy)
{
    if (policy == recordPolicy())
        return;
    Private::write(*d->preferences, options::recordIsOn, policy.isOn);
    Private::write(*d->preferences, options::recordDays, policy.days);
    Private::write(*d->preferences, options::recordMebibytes, policy.mebibytes);
    d->preferences->sync();
    Q_EMIT recordPolicyChanged(recordPolicy());
}

NoticePolicy Settings::noticePolicy() const
{
    return readNoticePolicy(*d->preferences);
}

void Settings::setNoticePolicy(const NoticePolicy& policy)
{
    const NoticePolicy clean = cleanedPolicy(policy);
    if (clean == noticePolicy())
        return;
    d->preferences->setValue(options::format, options::formatNumber);
    writeNoticePolicy(*d->preferences, clean);
    d->preferences->sync();
    Q_EMIT noticePolicyChanged(clean);
}

QList<ToldRule> Settings::toldRules() const
{
    return toldRulesFrom(d->state->value(options::toldRules).toStringList());
}

void Settings::setToldRules(const QList<ToldRule>& told)
{
    Private::write(*d->state, options::toldRules, toFields(told));
}

QString Settings::recordFile() const
{
    return QDir(d->stateFolder()).filePath(u"history/records.sqlite"_s);
}

QMap<QString, QByteArray> Settings::requestTemplates(ItemType type) const
{
    // Another window may have added some since.
    d->preferences->sync();
    QMap<QString, QByteArray> templates;
    const QString group = templateGroup(type);
    d->preferences->beginGroup(group);
    const QStringList keys = d->preferences->childKeys();
    d->preferences->endGroup();
    for (const QString& key : keys) {
        const QString name = QString::fromUtf8(QByteArray::fromPercentEncoding(key.toLatin1()));
        const QByteArray json = d->preferences->value(group + u'/' + key).toString().toUtf8();
        const bool isUsable = !name.isEmpty() && name.size() <= options::maximumTemplateName && !json.isEmpty()
            && json.size() <= options::maximumTemplateBytes && templates.size() < options::maximumTemplates;
        if (isUsable)
            templates.insert(name, json);
    }
    return templates;
}

bool Settings::addRequestTemplate(ItemType type, const QString& name, const QByteArray& json)
{
    const bool isUsable = !name.isEmpty() && name.size() <= options::maximumTemplateName && name.isValidUtf16()
        && !json.isEmpty() && json.size() <= options::maximumTemplateBytes;
    const QMap<QString, QByteArray> present = requestTemplates(type);
    if (!isUsable || present.contains(name) || present.size() >= options::maximumTemplates)
        return false;
    Private::write(*d->preferences, templateKey(type, name), QString::fromUtf8(json));
    d->preferences->sync();
    return true;
}

void Settings::removeRequestTemplate(ItemType type, const QString& name)
{
    d->preferences->remove(templateKey(type, name));
    d->preferences->sync();
}

QString Settings::backupFolder() const
{
    const QString path = QDir(d->stateFolder()).filePath(u"backups"_s);
    QDir().mkpath(path);
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return path;
}

QString Settings::setAside() const
{
    return d->setAside;
}

} // namespace kindling
