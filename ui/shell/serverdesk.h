// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/error.h"
#include "app/core/ids.h"
#include "app/core/serverprofile.h"

#include <QObject>

class QWidget;

namespace kindling {

class ServerDialog;
enum class ConnectionFile;
struct Services;
struct TypedSecrets;

/// The acts on servers: add, edit, test, remove, start and stop Local Spark.
class ServerDesk final : public QObject {
    Q_OBJECT
public:
    ServerDesk(const Services& services, QWidget* window);

    void addServer();
    void editServer(const ServerId& id);
    void removeServer(const ServerId& id);
    /// Whether anything on it may be changed from here.
    void setReadOnly(const ServerId& id, bool isReadOnly);
    void refresh(const ServerId& id);
    /// Adds the Local Spark server where there is none, and starts it.
    void startLocalSpark();
    void stopLocalSpark();
    /// The window closes: without a question, and nobody waits for its end.
    void endLocalSpark();

Q_SIGNALS:
    void failed(const QString& message);
    /// Local Spark is to be looked at: its phases, its problem.
    void localSparkShown();

private:
    void openDialog(const ServerProfile& profile);
    void runTest(ServerDialog* dialog, const ServerProfile& profile, const TypedSecrets& secrets);
    void offerPin(ServerDialog* dialog, const ServerProfile& profile);
    void askFile(ServerDialog* dialog, ConnectionFile which);
    void store(const ServerProfile& profile, const TypedSecrets& secrets);
    void keepProfile(const ServerProfile& profile);
    void applyProfiles();
    void followLocalSpark();

    const Services& m_services;
    QWidget* m_window;
};

} // namespace kindling
