// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/serverdesk.h"

#include "app/engine/localspark.h"
#include "app/engine/server.h"
#include "app/engine/workspace.h"
#include "app/storage/secretstore.h"
#include "app/storage/serversecrets.h"
#include "app/storage/settings.h"
#include "ui/common/dialogs.h"
#include "ui/common/words.h"
#include "ui/dialogs/serverdialog.h"
#include "ui/shell/localserverprofile.h"
#include "ui/shell/services.h"

#include <QUuid>

#include <algorithm>

namespace kindling {

using namespace Qt::StringLiterals;

ServerDesk::ServerDesk(const Services& services, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_window(window)
{
    applyProfiles();
    connect(&m_services.settings, &Settings::serversChanged, this, &ServerDesk::applyProfiles);
    connect(&m_services.localSpark, &LocalSpark::phaseChanged, this, &ServerDesk::followLocalSpark);
}

void ServerDesk::applyProfiles()
{
    m_services.workspace.setProfiles(m_services.settings.servers());
}

void ServerDesk::addServer()
{
    openDialog({});
}

void ServerDesk::editServer(const ServerId& id)
{
    if (Server* server = m_services.workspace.server(id))
        openDialog(server->profile());
}

void ServerDesk::openDialog(const ServerProfile& profile)
{
    using Home = ServerDialog::SecretHome;
    auto* dialog = new ServerDialog(profile, m_services.secrets.isPersistent() ? Home::Keychain : Home::Memory, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ServerDialog::testRequested, this,
        [this, dialog](const ServerProfile& tested, const TypedSecrets& secrets) { runTest(dialog, tested, secrets); });
    connect(dialog, &ServerDialog::fileWanted, this, [this, dialog](ConnectionFile which) { askFile(dialog, which); });
    connect(dialog, &QDialog::accepted, this, [this, dialog] { store(dialog->profile(), dialog->secrets()); });
    dialog->open();
}

void ServerDesk::setReadOnly(const ServerId& id, bool isReadOnly)
{
    QList<ServerProfile> servers = m_services.settings.servers();
    for (ServerProfile& profile : servers) {
        if (profile.id == id)
            profile.isReadOnly = isReadOnly;
    }
    m_services.settings.setServers(servers);
}

void ServerDesk::runTest(ServerDialog* dialog, const ServerProfile& profile, const TypedSecrets& secrets)
{
    dialog->showTestRunning();
    m_services.probe(profile, secrets, dialog, [this, dialog, profile](const Result<ServerVersion>& answer) {
        dialog->showTestResult(answer.transform([](const ServerVersion& version) {
            return version.text.isEmpty() ? tr("A Livy server answers. It does not tell its version.")
                                          : tr("A Livy server answers: version %1.").arg(version.text);
        }));
        if (!answer && answer.error().kind == ErrorKind::Tls)
            offerPin(dialog, profile);
    });
}

void ServerDesk::offerPin(ServerDialog* dialog, const ServerProfile& profile)
{
    m_services.showCertificate(profile, dialog, [dialog, profile](const ShownCertificate& shown) {
        if (dialog->profile() == profile)
            dialog->offerPin(shown);
    });
}

void ServerDesk::askFile(ServerDialog* dialog, ConnectionFile which)
{
    const QString title = which == ConnectionFile::Authorities ? tr("Certificate authorities")
        : which == ConnectionFile::ClientCertificate           ? tr("Client certificate")
                                                               : tr("Private key of the client certificate");
    const FileQuestion question{ title, {}, tr("Certificates (%1);;All files (%2)").arg(u"*.pem *.crt *.cer *.key"_s, u"*"_s), {} };
    m_services.dialogs.askOpenFile(dialog, question, dialog, [dialog, which](const QString& path) {
        if (!path.isEmpty())
            dialog->setFile(which, path);
    });
}

void ServerDesk::store(const ServerProfile& profile, const TypedSecrets& secrets)
{
    const QList<ServerProfile> before = m_services.settings.servers();
    const auto known = std::ranges::find(before, profile.id, &ServerProfile::id);
    const SecretChange change{ profile, known == before.end() ? QStringList() : known->headerNames, secrets };
    storeSecrets(m_services.secrets, change, this, [this, change](const Result<void>& written) {
        if (!written)
            Q_EMIT failed(errorText(written.error()));
        keepProfile(change.profile);
        if (!change.typed.signIn.isEmpty() || !change.typed.headers.isEmpty())
            m_services.workspace.signedIn(change.profile.id);
    });
}

void ServerDesk::keepProfile(const ServerProfile& profile)
{
    QList<ServerProfile> servers = m_services.settings.servers();
    const auto found = std::ranges::find(servers, profile.id, &ServerProfile::id);
    if (found == servers.end())
        servers.append(profile);
    else
        *found = profile;
    m_services.settings.setServers(servers);
    refresh(profile.id);
}

void ServerDesk::removeServer(const ServerId& id)
{
    const Server* server = m_services.workspace.server(id);
    if (!server)
        return;
    Question question;
    question.title = tr("Remove %1 from Kindling?").arg(server->profile().name);
    question.text = tr("Its sessions and batches go on running on the server. Its password or token is removed from the keychain.");
    question.acceptText = tr("Remove");
    question.isDestructive = true;
    m_services.dialogs.confirm(m_window, question, this, [this, id](bool isAccepted) {
        if (!isAccepted)
            return;
        if (localSparkProfile(m_services.settings.servers()).id == id)
            m_services.localSpark.stop();
        QList<ServerProfile> servers = m_services.settings.servers();
        servers.removeIf([&id](const ServerProfile& profile) { return profile.id == id; });
        m_services.settings.setServers(servers);
        removeSecrets(m_services.secrets, id, this, [this](const Result<void>& removed) {
            if (!removed)
                Q_EMIT failed(errorText(removed.error()));
        });
    });
}

void ServerDesk::refresh(const ServerId& id)
{
    if (Server* server = m_services.workspace.server(id))
        server->refresh();
}

void ServerDesk::startLocalSpark()
{
    QList<ServerProfile> servers = m_services.settings.servers();
    if (localSparkProfile(servers).id.isEmpty()) {
        ServerProfile profile;
        profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        profile.name = tr("Local Spark");
        profile.kind = ServerKind::LocalSpark;
        servers.append(profile);
        m_services.settings.setServers(servers);
    }
    Q_EMIT localSparkShown();
    m_services.localSpark.setPython(localSparkProfile(servers).python);
    m_services.localSpark.start();
}

void ServerDesk::stopLocalSpark()
{
    Server* server = m_services.workspace.server(localSparkProfile(m_services.settings.servers()).id);
    const qsizetype sessions = server ? server->sessions().items().size() : 0;
    if (sessions == 0) {
        m_services.localSpark.stop();
        return;
    }
    Question question;
    question.title = tr("Stop Local Spark?");
    question.text = tr("%Ln session(s) on this machine end with it, and what they hold in memory.", nullptr,
        static_cast<int>(sessions));
    question.acceptText = tr("Stop");
    question.isDestructive = true;
    m_services.dialogs.confirm(m_window, question, this, [this](bool isAccepted) {
        if (isAccepted)
            m_services.localSpark.stop();
    });
}

void ServerDesk::endLocalSpark()
{
    m_services.workspace.localSparkStopped(localSparkProfile(m_services.settings.servers()).id);
    m_services.localSpark.stop();
}

void ServerDesk::followLocalSpark()
{
    const ServerId id = localSparkProfile(m_services.settings.servers()).id;
    if (id.isEmpty())
        return;
    switch (m_services.localSpark.phase()) {
    case LocalSpark::Phase::Running:
        m_services.workspace.localSparkStarted(id, m_services.localSpark.url());
        break;
    case LocalSpark::Phase::Failed:
        m_services.workspace.localSparkStopped(id);
        Q_EMIT localSparkShown();
        break;
    case LocalSpark::Phase::Stopped:
        m_services.workspace.localSparkStopped(id);
        break;
    case LocalSpark::Phase::Fetching:
    case LocalSpark::Phase::Starting:
        break;
    }
}

} // namespace kindling
