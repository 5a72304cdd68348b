// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowcommand.h"

#include "app/core/clock.h"
#include "app/engine/leftlives.h"
#include "app/engine/localspark.h"
#include "app/engine/ownpast.h"
#include "app/engine/workspace.h"
#include "app/models/requestsmodel.h"
#include "app/net/connectionprobe.h"
#include "app/serverapi.h"
#include "app/storage/credentials.h"
#include "app/storage/presence.h"
#include "app/storage/recorder.h"
#include "app/storage/secretstore.h"
#include "app/storage/settings.h"
#include "app/translations.h"
#include "ui/common/dialogs.h"
#include "ui/common/icons.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/noticechannel.h"
#include "ui/shell/samplerun.h"
#include "ui/shell/services.h"
#include "ui/shell/settingsacts.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>

#include <cstdio>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {

/// Everything the window lives on, in the order in which it may die.
class Composition {
public:
    Composition();
    [[nodiscard]] Services services();
    [[nodiscard]] Settings& settings() { return m_settings; }

private:
    std::unique_ptr<SparkApi> apiFor(const ServerProfile& profile);
    RequestHandle probe(const ServerProfile& profile, const TypedSecrets& typed, QObject* context, Reply<ServerVersion> reply);

    SystemClock m_clock;
    Settings m_settings;
    std::unique_ptr<SecretStore> m_secrets = makeKeychainStore();
    std::unique_ptr<Dialogs> m_dialogs = makeNativeDialogs();
    std::unique_ptr<NoticeChannel> m_notices = makeDesktopChannel();
    RequestLog m_requestLog;
    RequestsModel m_requests{ &m_requestLog };
    LocalSpark m_localSpark{ QCoreApplication::applicationFilePath() };
    Presence m_presence;
    Recorder m_recorder;
    Workspace m_workspace;
    OwnPast m_ownPast{ m_workspace, m_recorder };
};

Composition::Composition()
    : m_presence(m_settings.recordFile())
    , m_recorder(m_settings.recordFile(), m_clock)
    , m_workspace([this](const ServerProfile& profile) { return apiFor(profile); }, m_clock)
{
    const auto apply = [this](const RecordPolicy& policy) {
        m_recorder.setPolicy(policy);
        m_workspace.setWatchesLogs(policy.isOn);
    };
    apply(m_settings.recordPolicy());
    QObject::connect(&m_settings, &Settings::recordPolicyChanged, &m_recorder, apply);
    QObject::connect(&m_workspace, &Workspace::observed, &m_recorder, &Recorder::record);
    const QList<ServerProfile> servers = m_settings.servers();
    for (const ServerProfile& profile : servers) {
        if (m_presence.wasAlone() && profile.kind == ServerKind::LocalSpark)
            endLeftLives(m_recorder, profile.id, &m_recorder);
    }
}

std::unique_ptr<SparkApi> Composition::apiFor(const ServerProfile& profile)
{
    if (profile.kind == ServerKind::LocalSpark) {
        if (m_localSpark.phase() != LocalSpark::Phase::Running)
            return nullptr;
        ServerProfile running = profile;
        running.url = m_localSpark.url();
        return makeServerApi(running, TransportOptions{}, std::make_unique<FixedCredential>(Credential::bearer(m_localSpark.token())),
            m_clock, &m_requestLog);
    }
    return makeServerApi(profile, transportOptionsOf(profile), std::make_unique<StoredCredential>(profile, m_secrets.get()), m_clock,
        &m_requestLog);
}

RequestHandle Composition::probe(const ServerProfile& profile, const TypedSecrets& typed, QObject* context, Reply<ServerVersion> reply)
{
    auto credential = std::make_unique<StoredCredential>(profile, m_secrets.get());
    credential->use(typed);
    const std::shared_ptr<SparkApi> api
        = makeServerApi(profile, transportOptionsOf(profile), std::move(credential), m_clock, &m_requestLog);
    // The answer is delivered one turn later, since the api must not die inside its own callback.
    return api->version(context, [this, api, context, reply = std::move(reply)](const Result<ServerVersion>& answer) {
        m_clock.after(Clock::Duration(0), context, [api, reply, answer] { reply(answer); });
    });
}

/// What a server shows as its certificate, if all that is wrong with it is that nobody vouches for it; else an empty one.
void showCertificate(const ServerProfile& profile, QObject* context, const std::function<void(const ShownCertificate&)>& reply)
{
    auto* probe = new ConnectionProbe(profile.url, transportOptionsOf(profile).value_or(TransportOptions{}), context);
    QObject::connect(probe, &ConnectionProbe::finished, context, [probe, reply] {
        probe->deleteLater();
        reply(probe->report().pinWouldHelp ? probe->report().certificate : ShownCertificate{});
    });
    probe->start();
}

Services Composition::services()
{
    return { m_settings, *m_secrets, m_workspace, m_localSpark, m_recorder, m_requests, *m_dialogs, *m_notices, m_clock,
        [this](const ServerProfile& profile, const TypedSecrets& typed, QObject* context, Reply<ServerVersion> reply) {
            return probe(profile, typed, context, std::move(reply));
        },
        showCertificate };
}

/// For the benchmark: prints when the first picture is on the screen, and ends.
class FirstPaint final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            QTimer::singleShot(0, this, [] {
                std::puts("first-paint");
                std::fflush(stdout);
            });
        }
        return false;
    }
};

}

int runWindow(int& argc, char** argv, const WindowOptions& options)
{
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"kindling"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KINDLING_VERSION));
    QGuiApplication::setDesktopFileName(u"org.kindling.Kindling"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/kindling.svg"_s));
    installTranslations(app);
    initIcons();

    Composition composition;
    applyColorScheme(composition.settings().colorScheme());

    const Services services = composition.services();
    MainWindow window(services);
    if (qEnvironmentVariableIsSet("KINDLING_FIRST_PAINT"))
        window.centralWidget()->installEventFilter(new FirstPaint(&window));
    window.show();
    QTimer::singleShot(0, &window, [&] {
        window.restoreWork(options.files);
        if (options.isSample)
            (new SampleRun(services, &window, options.screenshot))->start();
    });
    return QApplication::exec();
}

} // namespace kindling
