// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminalcommands.h"

#include "app/command/advice.h"
#include "app/command/checkreport.h"
#include "app/command/itemrun.h"
#include "app/command/notebookrun.h"
#include "app/command/runoptions.h"
#include "app/core/clock.h"
#include "app/engine/localspark.h"
#include "app/livy/rowlimit.h"
#include "app/local/endsignals.h"
#include "app/serverapi.h"
#include "app/storage/credentials.h"
#include "app/storage/presence.h"
#include "app/storage/recorder.h"
#include "app/storage/secretstore.h"
#include "app/storage/settings.h"
#include "app/translations.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace kindling {

using namespace Qt::StringLiterals;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(TerminalCommands)
};

void prepare(QCoreApplication& app)
{
    QCoreApplication::setApplicationName(u"kindling"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KINDLING_VERSION));
    installTranslations(app);
    // Whoever reads the output may go; the session must be seen to all the same.
    std::signal(SIGPIPE, SIG_IGN);
}

int exitWith(ExitCode code)
{
    return static_cast<int>(code);
}

int refuse(Console& console, const QString& why)
{
    console.complain(why, Words::tr("“kindling --help” shows how it is used."));
    return exitWith(ExitCode::BadUsage);
}

/// Makes the api of a server that is named on the command line.
class Connector {
public:
    [[nodiscard]] std::unique_ptr<SparkApi> connect(const NamedServer& server);
    [[nodiscard]] std::unique_ptr<SparkApi> connectToLocal(ServerProfile profile, const LocalSpark& spark);
    /// Has the sign-in of the server that was connected last tried once more, as it is stored or in its file by now.
    void renewSignIn(const NamedServer& server, StandardConsole& console);
    [[nodiscard]] Clock& clock() { return m_clock; }

private:
    SystemClock m_clock;
    std::unique_ptr<SecretStore> m_secrets = makeKeychainStore();
    StoredCredential* m_credential = nullptr; ///< its api's
};

std::unique_ptr<SparkApi> Connector::connect(const NamedServer& server)
{
    auto credential = std::make_unique<StoredCredential>(server.profile, m_secrets.get());
    if (server.signIn)
        credential->use({ server.signIn->secret, {} });
    m_credential = credential.get();
    return makeServerApi(server.profile, server.transport, std::move(credential), m_clock, nullptr);
}

std::unique_ptr<SparkApi> Connector::connectToLocal(ServerProfile profile, const LocalSpark& spark)
{
    profile.url = spark.url();
    return makeServerApi(profile, transportOptionsOf(profile), std::make_unique<FixedCredential>(Credential::bearer(spark.token())), m_clock, nullptr);
}

void Connector::renewSignIn(const NamedServer& server, StandardConsole& console)
{
    if (!m_credential)
        return;
    const QString secret = server.signIn ? currentSecret(*server.signIn) : QString();
    console.hide({ secret });
    m_credential->use({ secret, {} });
}

/// What is done from a terminal is kept as what is done in the window. The recorder must outlive the server.
void keepRecords(Recorder& recorder, const Server& server, const ServerId& recordedAs)
{
    recorder.setPolicy(Settings().recordPolicy());
    QObject::connect(&server, &Server::observed, &recorder, [&recorder, recordedAs](Observation seen) {
        seen.item.key.server = recordedAs;
        recorder.record(seen);
    });
}

RunJob jobOf(const RunOptions& options, QList<PlannedCell> cells)
{
    RunJob job{ .cells = std::move(cells), .outputPath = options.output, .session = {} };
    job.session.name = options.sessionName.isEmpty()
        ? u"kindling-run-%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'))
        : options.sessionName;
    job.session.conf = options.conf;
    if (rowsWanted(job.cells) > 0 && !options.conf.contains(rowLimitSetting()))
        job.session.conf.insert(rowLimitSetting(), QString::number(rowsWanted(job.cells)));
    job.timeout = options.timeout;
    job.keepsSession = options.keepsSession;
    job.endsServer = options.target.server == "local"_L1;
    return job;
}

/// Local Spark begins with the run and ends after it.
void followLocalSpark(LocalSpark& spark, Server& server, NotebookRun& run, Connector& connector, StandardConsole& console)
{
    QObject::connect(&spark, &LocalSpark::phaseChanged, &run, [&] {
        if (spark.phase() == LocalSpark::Phase::Running) {
            console.hide({ spark.token() });
            server.connectWith(connector.connectToLocal(server.profile(), spark));
        } else if (spark.phase() == LocalSpark::Phase::Failed) {
            run.giveUp(spark.problem());
        }
    });
}

/// Ends the event loop with the run's code, after Local Spark has gone with all it started.
void quitAfter(LocalSpark& spark, Server& server, ExitCode code)
{
    server.disconnectFrom(ConnectionState::Stopped);
    const auto quit = [code] { QCoreApplication::exit(exitWith(code)); };
    const bool isRunning = spark.phase() == LocalSpark::Phase::Running || spark.phase() == LocalSpark::Phase::Starting;
    if (!isRunning) {
        quit();
        return;
    }
    QObject::connect(&spark, &LocalSpark::phaseChanged, &spark, [&spark, quit] {
        if (spark.phase() == LocalSpark::Phase::Stopped || spark.phase() == LocalSpark::Phase::Failed)
            quit();
    });
    spark.stop();
}

int runNotebook(const RunOptions& options, const NamedServer& named, StandardConsole& console)
{
    const Result<NotebookFile> file = loadNotebook(options.notebook, options.kind);
    if (!file)
        return refuse(console, oneLine(file.error()));
    if (!file->isWhole)
        return refuse(console, Words::tr("The notebook %1 is damaged, and nothing of it was run: %2").arg(options.notebook, file->repairs));
    if (!file->repairs.isEmpty())
        console.complain(file->repairs, {});
    const Result<QList<PlannedCell>> cells = planNotebook(*file);
    if (!cells)
        return refuse(console, cells.error().title);
    Connector connector;
    const bool isLocal = named.profile.kind == ServerKind::LocalSpark;
    NotebookDocument document;
    document.reset(file->cells, file->metadata, file->fileFields);
    const Presence presence(Settings().recordFile());
    Recorder recorder(Settings().recordFile(), connector.clock());
    Server server(named.profile, isLocal ? nullptr : connector.connect(named), connector.clock());
    keepRecords(recorder, server, presence.wasAlone() ? named.recordedAs : recordedBesideOthers(named, QCoreApplication::applicationPid()));
    RunJob job = jobOf(options, *cells);
    job.renewSignIn = [&connector, &named, &console] { connector.renewSignIn(named, console); };
    NotebookRun run(server, document, std::move(job), console);
    LocalSpark spark(QCoreApplication::applicationFilePath());
    spark.setPython(named.profile.python);
    followLocalSpark(spark, server, run, connector, console);
    QObject::connect(&run, &NotebookRun::finished, &spark, [&](ExitCode code) { quitAfter(spark, server, code); });
    const local::EndSignals signals;
    QObject::connect(&signals, &local::EndSignals::asked, &run, &NotebookRun::interrupt);
    run.start();
    if (isLocal && !cells->isEmpty())
        spark.start();
    else
        server.start();
    return QCoreApplication::exec();
}

int runCheck(const CheckOptions& options, const NamedServer& named, StandardConsole& console)
{
    Connector connector;
    const ServerProfile& profile = named.profile;
    const std::unique_ptr<SparkApi> api = connector.connect(named);
    ServerCheck check(profile, named.transport, *api);
    if (!options.isJson)
        QObject::connect(&check, &ServerCheck::stepEnded, &check, [&console](const CheckStep& step) { console.say(stepLine(step)); });
    QObject::connect(&check, &ServerCheck::finished, &check, [&](bool isGood) {
        const CheckStep& last = check.steps().last();
        if (options.isJson)
            console.say(QString::fromUtf8(checkJson(profile.url.toDisplayString(), check.steps())));
        else if (!isGood)
            console.complain(oneLine(*last.problem, profile), adviceFor(*last.problem));
        QCoreApplication::exit(exitWith(isGood ? ExitCode::Ok : ExitCode::Trouble));
    });
    check.start();
    return QCoreApplication::exec();
}

int runItems(ItemCommand command, const ItemOptions& options, const NamedServer& named, StandardConsole& console)
{
    Connector connector;
    Recorder recorder(Settings().recordFile(), connector.clock());
    Server server(named.profile, connector.connect(named), connector.clock());
    if (command == ItemCommand::Stop)
        keepRecords(recorder, server, named.recordedAs);
    ItemRun run(server, command, options, console);
    QObject::connect(&run, &ItemRun::finished, &run, [](ExitCode code) { QCoreApplication::exit(exitWith(code)); }, Qt::QueuedConnection);
    const local::EndSignals signals;
    QObject::connect(&signals, &local::EndSignals::asked, &run, &ItemRun::interrupt);
    run.start();
    return QCoreApplication::exec();
}

/// What all commands begin with: `read` takes the words after the command's, then `run` goes on with the server found.
template<typename Read, typename Run>
int runOnServer(int& argc, char** argv, Read read, Run run)
{
    QCoreApplication app(argc, argv);
    prepare(app);
    StandardConsole console(stdout, stderr, ::isatty(STDOUT_FILENO) == 1);
    const auto options = read(QCoreApplication::arguments().sliced(2), QProcessEnvironment::systemEnvironment());
    if (!options)
        return refuse(console, options.error());
    console.hide(secretsOf(options->target));
    const auto server = resolveServer(options->target, Settings().servers());
    if (!server)
        return refuse(console, server.error());
    return run(*options, *server, console);
}
}

int runNotebookCommand(int& argc, char** argv)
{
    return runOnServer(argc, argv, readRunOptions, runNotebook);
}

int runCheckCommand(int& argc, char** argv)
{
    return runOnServer(argc, argv, readCheckOptions, runCheck);
}

int runItemCommand(ItemCommand command, int& argc, char** argv)
{
    return runOnServer(
        argc, argv,
        [command](const QStringList& words, const QProcessEnvironment& environment) { return readItemOptions(command, words, environment); },
        [command](const ItemOptions& options, const NamedServer& server, StandardConsole& console) { return runItems(command, options, server, console); });
}

} // namespace kindling
