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
#include "app/livy/livyapi.h"
#include "app/local/endsignals.h"
#include "app/net/httptransport.h"
#include "app/storage/credentials.h"
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
    [[nodiscard]] std::unique_ptr<SparkApi> connect(const ServerProfile& profile, const Target& target);
    [[nodiscard]] std::unique_ptr<SparkApi> connectToLocal(ServerProfile profile, const LocalSpark& spark);
    [[nodiscard]] Clock& clock() { return m_clock; }

private:
    [[nodiscard]] std::unique_ptr<SparkApi> make(const ServerProfile& profile, std::unique_ptr<CredentialSource> credentials,
        const TransportOptions& options, const QString& doAs = {})
    {
        return makeLivyApi(profile.url, std::make_unique<HttpTransport>(profile.id, std::move(credentials), m_clock, nullptr, options), doAs);
    }

    SystemClock m_clock;
    std::unique_ptr<SecretStore> m_secrets = makeKeychainStore();
};

std::unique_ptr<SparkApi> Connector::connect(const ServerProfile& profile, const Target& target)
{
    if (profile.auth == AuthKind::None)
        return make(profile, nullptr, target.transport, target.doAs);
    if (!target.signIn)
        return make(profile, std::make_unique<StoredCredential>(profile, m_secrets.get()), target.transport, target.doAs);
    return make(profile, std::make_unique<FixedCredential>(credentialFor(profile, target.signIn->secret)), target.transport, target.doAs);
}

std::unique_ptr<SparkApi> Connector::connectToLocal(ServerProfile profile, const LocalSpark& spark)
{
    profile.url = spark.url();
    return make(profile, std::make_unique<FixedCredential>(Credential::bearer(spark.token())), {});
}

RunJob jobOf(const RunOptions& options, QList<PlannedCell> cells)
{
    RunJob job{ .cells = std::move(cells), .outputPath = options.output, .session = {} };
    job.session.name = options.sessionName.isEmpty()
        ? u"kindling-run-%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'))
        : options.sessionName;
    job.session.conf = options.conf;
    const auto rows = u"livy.rsc.sql.num-rows"_s;
    if (rowsWanted(job.cells) > 0 && !options.conf.contains(rows))
        job.session.conf.insert(rows, QString::number(rowsWanted(job.cells)));
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

int runJob(const RunOptions& options, const ServerProfile& profile, const NotebookFile& file, StandardConsole& console)
{
    const Result<QList<PlannedCell>> cells = planNotebook(file);
    if (!cells)
        return refuse(console, cells.error().title);
    Connector connector;
    const bool isLocal = profile.kind == ServerKind::LocalSpark;
    NotebookDocument document;
    document.reset(file.cells, file.metadata);
    Server server(profile, isLocal ? nullptr : connector.connect(profile, options.target), connector.clock());
    NotebookRun run(server, document, jobOf(options, *cells), console);
    LocalSpark spark(QCoreApplication::applicationFilePath());
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

int check(const CheckOptions& options, const ServerProfile& profile, StandardConsole& console)
{
    Connector connector;
    const std::unique_ptr<SparkApi> api = connector.connect(profile, options.target);
    ServerCheck check(profile, options.target.transport, *api);
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

int runItems(ItemCommand command, const ItemOptions& options, const ServerProfile& profile, StandardConsole& console)
{
    Connector connector;
    Server server(profile, connector.connect(profile, options.target), connector.clock());
    ItemRun run(server, command, options, console);
    QObject::connect(&run, &ItemRun::finished, &run, [](ExitCode code) { QCoreApplication::exit(exitWith(code)); }, Qt::QueuedConnection);
    const local::EndSignals signals;
    QObject::connect(&signals, &local::EndSignals::asked, &run, &ItemRun::interrupt);
    run.start();
    return QCoreApplication::exec();
}
}

int runNotebookCommand(int& argc, char** argv)
{
    QCoreApplication app(argc, argv);
    prepare(app);
    StandardConsole console(stdout, stderr, ::isatty(STDOUT_FILENO) == 1);
    const auto options = readRunOptions(QCoreApplication::arguments().sliced(2), QProcessEnvironment::systemEnvironment());
    if (!options)
        return refuse(console, options.error());
    console.hide(secretsOf(options->target));
    const auto profile = resolveServer(options->target, Settings().servers());
    if (!profile)
        return refuse(console, profile.error());
    const Result<NotebookFile> file = loadNotebook(options->notebook, options->kind);
    if (!file)
        return refuse(console, oneLine(file.error()));
    if (!file->repairs.isEmpty())
        console.complain(file->repairs, {});
    return runJob(*options, *profile, *file, console);
}

int runCheckCommand(int& argc, char** argv)
{
    QCoreApplication app(argc, argv);
    prepare(app);
    StandardConsole console(stdout, stderr, ::isatty(STDOUT_FILENO) == 1);
    const auto options = readCheckOptions(QCoreApplication::arguments().sliced(2), QProcessEnvironment::systemEnvironment());
    if (!options)
        return refuse(console, options.error());
    console.hide(secretsOf(options->target));
    const auto profile = resolveServer(options->target, Settings().servers());
    if (!profile)
        return refuse(console, profile.error());
    return check(*options, *profile, console);
}

int runItemCommand(ItemCommand command, int& argc, char** argv)
{
    QCoreApplication app(argc, argv);
    prepare(app);
    StandardConsole console(stdout, stderr, ::isatty(STDOUT_FILENO) == 1);
    const auto options = readItemOptions(command, QCoreApplication::arguments().sliced(2), QProcessEnvironment::systemEnvironment());
    if (!options)
        return refuse(console, options.error());
    console.hide(secretsOf(options->target));
    const auto profile = resolveServer(options->target, Settings().servers());
    if (!profile)
        return refuse(console, profile.error());
    return runItems(command, *options, *profile, console);
}

} // namespace kindling
