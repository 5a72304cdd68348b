// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/shellfixture.h"

namespace kindling::test {

ShellFixture::ShellFixture(const QString& localProgram, ApiFactory apiFactory)
    : localSpark(localProgram)
    , factory(apiFactory ? std::move(apiFactory) : [](const ServerProfile&) { return std::unique_ptr<SparkApi>(); })
{
    open();
}

void ShellFixture::open(const QStringList& files)
{
    settings = std::make_unique<Settings>(folder.path());
    recorder = std::make_unique<Recorder>(settings->recordFile(), clock);
    workspace = std::make_unique<Workspace>(factory, clock);
    QObject::connect(workspace.get(), &Workspace::observed, recorder.get(), &Recorder::record);
    services.reset(new Services{ *settings, *secrets, *workspace, localSpark, *recorder, requests, dialogs, notices, clock,
        [this](const ServerProfile& profile, const TypedSecrets& typed, QObject* context, const Reply<ServerVersion>& reply) {
            probedProfile = profile;
            probedSecrets = typed;
            return clock.after(std::chrono::milliseconds(0), context, [this, reply] { reply(probeAnswer); });
        },
        [this](const ServerProfile&, QObject* context, const std::function<void(const ShownCertificate&)>& reply) {
            clock.after(std::chrono::milliseconds(0), context, [this, reply] { reply(shownCertificate); });
        } });
    window = std::make_unique<MainWindow>(*services);
    window->show();
    window->restoreWork(files);
}

void ShellFixture::close()
{
    window->close();
    window.reset();
    workspace.reset();
    recorder.reset();
    settings.reset();
}

void ShellFixture::restart()
{
    if (window)
        close();
    open();
}

} // namespace kindling::test
