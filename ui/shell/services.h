// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/certificate.h"
#include "app/core/requesthandle.h"
#include "app/core/serverprofile.h"
#include "app/livy/sparkapi.h"
#include "app/storage/serversecrets.h"

#include <functional>

namespace kindling {

class Clock;
class Dialogs;
class LocalSpark;
class NoticeChannel;
class Recorder;
class RequestsModel;
class SecretStore;
class Settings;
class Workspace;

/// What the window is given by main: everything below it, by name of its role. Nothing is owned.
struct Services {
    Settings& settings;
    SecretStore& secrets;
    Workspace& workspace;
    LocalSpark& localSpark;
    Recorder& recorder;
    RequestsModel& requests;
    Dialogs& dialogs;
    NoticeChannel& notices;
    Clock& clock;
    /// Asks a server that is not configured (yet) who it is, with what was typed before what is stored; for the Test button.
    std::function<RequestHandle(const ServerProfile&, const TypedSecrets&, QObject* context, Reply<ServerVersion>)> probe = {};
    /// Which certificate it shows, trusted or not. Asks it nothing.
    std::function<void(const ServerProfile&, QObject* context, const std::function<void(const ShownCertificate&)>&)> showCertificate = {};
};

} // namespace kindling
