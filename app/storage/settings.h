// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serverprofile.h"
#include "app/storage/noticepolicy.h"
#include "app/storage/records.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace kindling {

enum class ColorSchemeChoice { System, Light, Dark };

/// What the user chose and what the window remembers; the only place that knows QSettings. No secret gets in here.
class Settings final : public QObject {
    Q_OBJECT
public:
    /// `folder`: where the two files are; empty = the user's configuration folder.
    explicit Settings(const QString& folder = {}, QObject* parent = nullptr);
    ~Settings() override;

    [[nodiscard]] QList<ServerProfile> servers() const;
    void setServers(const QList<ServerProfile>& servers);

    [[nodiscard]] ColorSchemeChoice colorScheme() const;
    void setColorScheme(ColorSchemeChoice choice);
    [[nodiscard]] QStringList recentNotebooks() const;
    void addRecentNotebook(const QString& path);

    /// Window geometry, dock state, header states and splitters by name.
    [[nodiscard]] QByteArray layout(const QString& name) const;
    void setLayout(const QString& name, const QByteArray& state);

    /// Files that were open, to be opened again.
    [[nodiscard]] QStringList openNotebooks() const;
    void setOpenNotebooks(const QStringList& paths);

    /// How much of what is seen is recorded; values out of range are brought into it.
    [[nodiscard]] RecordPolicy recordPolicy() const;
    void setRecordPolicy(const RecordPolicy& policy);
    /// What a person wants to be told; values out of range are brought into it.
    [[nodiscard]] NoticePolicy noticePolicy() const;
    void setNoticePolicy(const NoticePolicy& policy);
    /// What the rules among it have told already, so that a start does not tell it again.
    [[nodiscard]] QList<ToldRule> toldRules() const;
    void setToldRules(const QList<ToldRule>& told);
    /// The database of the records.
    [[nodiscard]] QString recordFile() const;

    /// Requests kept under names, as JSON text; those of sessions and of batches apart. Each has a key of its own, so that
    /// two windows do not lose each other's.
    [[nodiscard]] QMap<QString, QByteArray> requestTemplates(ItemType type) const;
    /// Never replaces one: false = there is one of this name, or name or text is none that can be kept.
    bool addRequestTemplate(ItemType type, const QString& name, const QByteArray& json);
    void removeRequestTemplate(ItemType type, const QString& name);

    /// Where backups of unsaved notebooks go; made if missing.
    [[nodiscard]] QString backupFolder() const;
    /// A damaged or newer settings file was put aside: its path, else empty.
    [[nodiscard]] QString setAside() const;

Q_SIGNALS:
    void serversChanged();
    void colorSchemeChanged(kindling::ColorSchemeChoice choice);
    void recentNotebooksChanged();
    void recordPolicyChanged(const kindling::RecordPolicy& policy);
    void noticePolicyChanged(const kindling::NoticePolicy& policy);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace kindling
