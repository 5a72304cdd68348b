// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/postmortem.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace kindling;
using namespace Qt::StringLiterals;

class TestCauses final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsTheCauseOfALine_data();
    void tellsTheCauseOfALine();
    void everyCauseHasALineAndWords();
    void ordinaryLinesAreNoCause();
    void tellsTheCauseOfARealLog_data();
    void tellsTheCauseOfARealLog();
    void tellsTheCauseOfStates_data();
    void tellsTheCauseOfStates();
    void tellsAnIdleTimeoutFromOtherEnds_data();
    void tellsAnIdleTimeoutFromOtherEnds();
    void tellsTheCauseNearestTheEnd_data();
    void tellsTheCauseNearestTheEnd();
    void whatIsUsedHasNotTimedOut();
    void showsTheLineAndWhatIsAround();
    void theLastLineThatShowsItIsTold();
    void withoutACauseItShowsTheEnd();
    void refusesADamagedFile_data();
    void refusesADamagedFile();
};

namespace {
struct Sample {
    const char* cause;
    const char* line;
};

/// At least one for each cause of the file that goes by the log.
constexpr Sample samples[]{
    { "blacklisted-configuration", "requirement failed: Blacklisted configuration values in session config: spark.master" },
    { "queue-limit", "Application is added to the scheduler and is not yet activated. Queue's AM resource limit exceeded. Details : AM Partition = <DEFAULT_PARTITION>" },
    { "queue-limit", "User's AM resource limit exceeded." },
    { "queue-missing", "Application application_1_7 submitted by user ann to unknown queue: etl" },
    { "queue-missing", "Queue root.etl doesn't exist" },
    { "queue-forbidden", "org.apache.hadoop.security.AccessControlException: User ann cannot submit applications to queue root.prod" },
    { "queue-forbidden", "User ann does not have permission to submit application_1_7 to queue prod" },
    { "request-too-large", "Required executor memory (65536 MB), offHeap memory (0) MB is above the max threshold (8192 MB) of this cluster!" },
    { "request-too-large", "InvalidResourceRequestException: Invalid resource request, requested resource type=[vcores]" },
    { "memory-overhead", "Container killed by YARN for exceeding physical memory limits. 5.6 GB of 5.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead." },
    { "memory-overhead", "Container [pid=7,containerID=container_1] is running beyond physical memory limits. Current usage: 2.1 GB" },
    { "memory-overhead", "exitCode: 137, reason: OOMKilled" },
    { "driver-memory-setting", "Invalid maximum heap size: -Xmx1x" },
    { "driver-memory-setting", "java.lang.IllegalArgumentException: System memory 10 must be at least 471859200." },
    { "java-out-of-memory", "26/11/22 08:00:00 ERROR Executor: java.lang.OutOfMemoryError: GC overhead limit exceeded" },
    { "python-out-of-memory", "MemoryError: Unable to allocate 7.45 GiB for an array" },
    { "result-too-large", "Job aborted due to stage failure: Total size of serialized results of 12 tasks (1.1 GiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)" },
    { "disk-full", "java.io.IOException: No space left on device" },
    { "ports-used-up", "java.net.BindException: Address already in use: Service 'SparkUI' failed after 16 retries (starting from 4040)!" },
    { "ports-used-up", "java.net.BindException: Cannot assign: Address already in use" },
    { "python-missing", "java.io.IOException: Cannot run program \"python3.11\": error=2, No such file or directory" },
    { "python-missing", "env: 'python': No such file or directory" },
    { "python-versions-differ", "RuntimeError: Python in worker has different version 3.8 than that in driver 3.11" },
    { "module-missing", "ModuleNotFoundError: No module named 'pandas'" },
    { "class-missing", "Error: Failed to load class a.B." },
    { "class-missing", "Caused by: java.lang.ClassNotFoundException: org.postgresql.Driver" },
    { "library-clash", "java.lang.NoSuchMethodError: 'scala.collection.immutable.Seq'" },
    { "sign-in-expired", "GSSException: No valid credentials provided (Mechanism level: Failed to find any Kerberos tgt)" },
    { "sign-in-expired", "InvalidToken: token (HDFS_DELEGATION_TOKEN token 7 for ann) can't be found in cache" },
    { "access-denied", "org.apache.hadoop.security.AccessControlException: Permission denied: user=ann, access=WRITE, inode=\"/data\"" },
    { "file-missing", "python3: can't open file '/srv/livy/none.py': [Errno 2] No such file or directory" },
    { "file-missing", "[PATH_NOT_FOUND] Path does not exist: hdfs://nn/sales" },
    { "table-missing", "[TABLE_OR_VIEW_NOT_FOUND] The table or view `sales` cannot be found." },
    { "host-unknown", "java.net.UnknownHostException: nn1.example" },
    { "driver-unreachable", "javax.security.sasl.SaslException: Client closed before SASL negotiation finished." },
    { "executors-lost", "Max number of executor failures (8) reached" },
    { "executors-lost", "ExecutorLostFailure (executor 3 exited unrelated to the running tasks)" },
    { "interpreter-died", "26/11/22 08:07:28 ERROR PythonInterpreter: Process has died with 1" },
    { "syntax-error", "SyntaxError: invalid syntax" },
    { "killed-by-user", "Application application_1_7 was killed by user ann at 10.0.0.1" },
    { "killed-by-user", "Application killed by user." },
    { "unhandled-error", "ValueError: could not convert string to float: 'x'" },
    { "unhandled-error", "Exception in thread \"main\" scala.MatchError: 3" },
    { "exit-code", "26/11/22 09:00:00 ERROR ApplicationMaster: User application exited with status 3" },
    { "exit-code", "26/11/22 07:52:12 INFO SparkContext: SparkContext is stopping with exitCode 7." },
    { "quota-exceeded", "pods \"etl-driver\" is forbidden: exceeded quota: team-a, requested: requests.cpu=4, used: requests.cpu=30, limited: requests.cpu=32" },
    { "cluster-rights", "pods \"etl-driver\" is forbidden: User \"system:serviceaccount:default:default\" cannot get resource \"pods\" in API group \"\" in the namespace \"default\"" },
    { "cluster-rights", "io.fabric8.kubernetes.client.KubernetesClientException: Forbidden! Configured service account doesn't have access." },
    { "memory-overhead", "Container [pid=7,containerID=container_1] is running 104857600B beyond the 'PHYSICAL' memory limit. Current usage: 1.1 GB of 1 GB physical memory used" },
    { "driver-memory-setting", "Too small maximum heap" },
    { "image-missing", "Container image \"spark:3.5\" is in state: Waiting, reason: ImagePullBackOff" },
    { "memory-overhead", "AM Container for appattempt_1_7_000002 exited with  exitCode: -104" },
    { "java-missing", "JAVA_HOME is not set" },
    { "java-missing", "env: 'java': No such file or directory" },
    { "python-out-of-memory", "org.apache.spark.api.python.PythonException: Traceback (most recent call last): MemoryError" },
    { "python-worker-died", "org.apache.spark.SparkException: Job aborted due to stage failure: Task 3 failed 4 times: Python worker exited unexpectedly (crashed)" },
    { "cloud-sign-in", "com.amazonaws.AmazonClientException: No AWS Credentials provided by BasicAWSCredentialsProvider" },
    { "cloud-sign-in", "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from any of the providers in the chain" },
    { "cloud-sign-in", "The provided token has expired. (Service: Amazon S3; Status Code: 400; Error Code: ExpiredToken)" },
    { "sign-in-expired", "javax.security.auth.login.LoginException: Ticket expired (32) - PROCESS_TGS" },
    { "sign-in-expired", "org.apache.hadoop.security.AccessControlException: Client cannot authenticate via:[TOKEN, KERBEROS]" },
    { "sign-in-expired", "org.apache.hadoop.security.AccessControlException: SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]" },
    { "access-denied", "java.nio.file.AccessDeniedException: s3a://sales/2026: getFileStatus on s3a://sales/2026" },
    { "access-denied", "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)" },
    { "access-denied", "Operation failed: \"This request is not authorized to perform this operation using this permission.\", 403, HEAD, https://x.dfs.core.windows.net" },
    { "safe-mode", "org.apache.hadoop.hdfs.server.namenode.SafeModeException: Cannot create directory /out. Name node is in safe mode." },
    { "already-there", "org.apache.hadoop.mapred.FileAlreadyExistsException: Output directory hdfs://nn/out already exists" },
    { "already-there", "[PATH_ALREADY_EXISTS] Path hdfs://nn/out already exists. Set mode as overwrite to overwrite the existing path." },
    { "table-missing", "org.apache.spark.sql.catalyst.analysis.NoSuchTableException: Table or view sales not found in database default" },
    { "column-missing", "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `amout` cannot be resolved." },
    { "column-missing", "org.apache.spark.sql.AnalysisException: cannot resolve 'amout' given input columns: [amount, day]" },
    { "metastore-unreachable", "java.lang.RuntimeException: Unable to instantiate org.apache.hadoop.hive.ql.metadata.SessionHiveMetaStoreClient" },
    { "connection-refused", "java.net.ConnectException: Call From a/10.0.0.1 to nn:8020 failed on connection exception: java.net.ConnectException: Connection refused" },
    { "preempted", "Container container_e01_1_7_01_000004 on host: n3 was preempted." },
    { "preempted", "Exit status: -102. Diagnostics: Container preempted by scheduler" },
    { "executors-lost", "Container container_1_7 from a bad node. Exit status: -100. Diagnostics: Container released on a *lost* node" },
    { "executors-lost", "26/11/22 08:00:00 WARN HeartbeatReceiver: Executor heartbeat timed out after 128692 ms" },
    { "shuffle-lost", "org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 3" },
    { "broadcast-too-slow", "org.apache.spark.SparkException: Could not execute broadcast in 300 secs. You can increase the timeout" },
    { "driver-killed", "The JVM of this session ended with exit code -9." },
    { "driver-killed", "AM Container for appattempt_1_7_000001 exited with  exitCode: 137" },
    { "interpreter-died", "The user's Python ended with exit code 3." },
    { "interpreter-died", "The user's Python was ended by signal SIGKILL." },
    { "exit-code", "AM Container for appattempt_1_7_000002 exited with  exitCode: 13" },
    { "exit-code", "The JVM of this session ended with exit code 134." },
};

QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 22), QTime(8, 0), QTimeZone::UTC).addSecs(minute * 60);
}

RecordedLog logOf(const QStringList& texts)
{
    RecordedLog log;
    for (const QString& text : texts) {
        log.lines.append({ LogSection::Stdout, text });
        log.times.append(at(0));
    }
    log.total = log.lines.size();
    return log;
}

QString causeOf(const RecordedLog& log)
{
    return examine(knownCauses(), {}, log).causeId;
}

/// The log in the n-th exchange of a recording.
QStringList recordedLog(const QString& name, int exchange)
{
    QFile file(QStringLiteral(KINDLING_SOURCE_DIR "/tests/data/recordings/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll().split('\n').value(exchange);
    QStringList lines;
    for (const QJsonValue& each : QJsonDocument::fromJson(line)["json"_L1]["log"_L1].toArray())
        lines.append(each.toString());
    return lines;
}

/// "0 idle", "61 dead deleted": minute, state, note.
QList<RecordedState> statesOf(const QStringList& words)
{
    QList<RecordedState> states;
    for (const QString& word : words) {
        const QStringList parts = word.split(u' ');
        const ItemState before = states.isEmpty() ? ItemState() : states.constLast().to;
        states.append({ 1, at(parts.at(0).toInt()), before, ItemState::fromWire(parts.at(1)), parts.value(2) });
    }
    return states;
}
}

void TestCauses::tellsTheCauseOfALine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("cause");
    int number = 0;
    for (const Sample& sample : samples)
        QTest::addRow("%d %s", ++number, sample.cause) << QString::fromUtf8(sample.line) << QString::fromUtf8(sample.cause);
}

void TestCauses::tellsTheCauseOfALine()
{
    QFETCH(QString, line);
    QTEST(causeOf(logOf({ u"26/11/22 08:00:00 INFO SparkContext: Running Spark version 3.5.6"_s, line, u"INFO ShutdownHookManager: Shutdown hook called"_s })), "cause");
}

void TestCauses::everyCauseHasALineAndWords()
{
    QSet<QString> shown;
    for (const Sample& sample : samples)
        shown.insert(QString::fromUtf8(sample.cause));
    QVERIFY(knownCauses().size() > 25);
    for (const Cause& cause : knownCauses()) {
        QVERIFY2(!wordsOf(cause.id).says.isEmpty(), qPrintable(cause.id));
        QVERIFY2(!wordsOf(cause.id).advice.isEmpty(), qPrintable(cause.id));
        QVERIFY2(cause.states || shown.contains(cause.id), qPrintable(cause.id));
        shown.remove(cause.id);
    }
    QVERIFY2(shown.isEmpty(), qPrintable(shown.values().join(u' ')));
    QVERIFY(wordsOf(u"no such"_s).says.isEmpty());
}

void TestCauses::ordinaryLinesAreNoCause()
{
    for (const int exchange : { 105, 106, 107 }) {
        const QStringList lines = recordedLog(u"livy-0.9.0-interactive.jsonl"_s, exchange);
        QVERIFY(!lines.isEmpty());
        QCOMPARE(causeOf(logOf(lines)), QString());
    }
    QCOMPARE(causeOf(logOf(recordedLog(u"livy-0.7.1-batches.jsonl"_s, 14))), QString());
}

void TestCauses::tellsTheCauseOfARealLog_data()
{
    QTest::addColumn<QString>("recording");
    QTest::addColumn<int>("exchange");
    QTest::addColumn<QString>("cause");
    QTest::newRow("Python that exited") << u"livy-0.9.0-interactive-3.jsonl"_s << 57 << u"interpreter-died"_s;
    QTest::newRow("a memory of 1x") << u"livy-0.9.0-operations.jsonl"_s << 40 << u"driver-memory-setting"_s;
    QTest::newRow("a mistake in the syntax") << u"livy-0.9.0-operations.jsonl"_s << 83 << u"syntax-error"_s;
    QTest::newRow("no such file") << u"livy-0.9.0-operations.jsonl"_s << 91 << u"file-missing"_s;
    QTest::newRow("no such class") << u"livy-0.9.0-operations.jsonl"_s << 95 << u"class-missing"_s;
    QTest::newRow("nothing told") << u"livy-0.9.0-operations.jsonl"_s << 87 << u""_s;
}

void TestCauses::tellsTheCauseOfARealLog()
{
    QFETCH(QString, recording);
    QFETCH(int, exchange);
    const QStringList lines = recordedLog(recording, exchange);
    QVERIFY(!lines.isEmpty());
    QTEST(causeOf(logOf(lines)), "cause");
}

void TestCauses::tellsTheCauseOfStates_data()
{
    QTest::addColumn<ItemType>("type");
    QTest::addColumn<QString>("idleTimeout");
    QTest::addColumn<QStringList>("states");
    QTest::addColumn<QString>("cause");
    QTest::newRow("deleted") << ItemType::Session << u""_s << QStringList{ u"0 idle"_s, u"1 gone deleted"_s } << u"deleted"_s;
    QTest::newRow("unseen") << ItemType::Batch << u""_s << QStringList{ u"0 running"_s, u"1 gone unseen"_s } << u"local-spark-unseen"_s;
    QTest::newRow("unwatched") << ItemType::Batch << u""_s << QStringList{ u"0 running"_s, u"480 gone unwatched"_s } << u"unwatched"_s;
    QTest::newRow("unwatched, and idle for its own time") << ItemType::Session << u"10m"_s << QStringList{ u"0 idle"_s, u"480 gone unwatched"_s } << u"idle-time-out"_s;
    QTest::newRow("unwatched, and perhaps idle for too long") << ItemType::Session << u""_s << QStringList{ u"0 idle"_s, u"480 gone unwatched"_s } << u"unwatched"_s;
    QTest::newRow("stopped") << ItemType::Batch << u""_s << QStringList{ u"0 running"_s, u"1 gone stopped"_s } << u"local-spark-stopped"_s;
    QTest::newRow("dead, and then deleted") << ItemType::Session << u""_s << QStringList{ u"0 idle"_s, u"1 dead"_s, u"2 gone deleted"_s } << u""_s;
    QTest::newRow("dead, and then stopped") << ItemType::Session << u""_s << QStringList{ u"0 idle"_s, u"1 dead"_s, u"2 gone stopped"_s } << u""_s;
    QTest::newRow("killed, and then replaced") << ItemType::Batch << u""_s << QStringList{ u"0 running"_s, u"1 killed"_s, u"2 gone replaced"_s } << u"killed"_s;
    QTest::newRow("replaced") << ItemType::Session << u""_s << QStringList{ u"0 idle"_s, u"1 gone replaced"_s } << u"replaced"_s;
    QTest::newRow("idle for its own time") << ItemType::Session << u"10m"_s << QStringList{ u"0 idle"_s, u"10 gone"_s } << u"idle-time-out"_s;
    QTest::newRow("idle, ended in steps") << ItemType::Session << u"10m"_s << QStringList{ u"0 idle"_s, u"11 shutting_down"_s, u"12 dead"_s, u"20 gone"_s } << u"idle-time-out"_s;
    QTest::newRow("idle for the usual time") << ItemType::Session << u""_s << QStringList{ u"0 busy"_s, u"1 idle"_s, u"61 gone"_s } << u"idle-time-out-likely"_s;
    QTest::newRow("idle, but not for long") << ItemType::Session << u"30m"_s << QStringList{ u"0 idle"_s, u"10 gone"_s } << u""_s;
    QTest::newRow("busy") << ItemType::Session << u"10m"_s << QStringList{ u"0 busy"_s, u"90 gone"_s } << u""_s;
    QTest::newRow("a batch is never idle") << ItemType::Batch << u""_s << QStringList{ u"0 idle"_s, u"90 gone"_s } << u""_s;
    QTest::newRow("killed") << ItemType::Batch << u""_s << QStringList{ u"0 running"_s, u"5 killed"_s } << u"killed"_s;
    QTest::newRow("it lives") << ItemType::Session << u"10m"_s << QStringList{ u"0 idle"_s } << u""_s;
    QTest::newRow("nothing seen") << ItemType::Session << u"10m"_s << QStringList() << u""_s;
}

void TestCauses::tellsTheCauseOfStates()
{
    QFETCH(ItemType, type);
    QFETCH(QString, idleTimeout);
    QFETCH(QStringList, states);
    RecordedLife life;
    life.facts.key.type = type;
    life.facts.idleTimeout = idleTimeout;
    QTEST(examine(knownCauses(), { .life = life, .states = statesOf(states) }, {}).causeId, "cause");
}

void TestCauses::tellsAnIdleTimeoutFromOtherEnds_data()
{
    QTest::addColumn<QStringList>("states");
    QTest::addColumn<int>("minute");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("cause");
    const QString killed = u"Application application_1_7 was killed by user ann at 10.0.0.1"_s;
    const QString memory = u"java.lang.OutOfMemoryError: Java heap space"_s;
    const QStringList gone{ u"0 idle"_s, u"120 gone"_s };
    QTest::newRow("killed by a person") << QStringList{ u"0 idle"_s, u"120 killed"_s } << 120 << killed << u"killed-by-user"_s;
    QTest::newRow("dead, out of memory") << QStringList{ u"0 idle"_s, u"120 dead"_s } << 120 << memory << u"java-out-of-memory"_s;
    QTest::newRow("dead, and nothing told") << QStringList{ u"0 idle"_s, u"120 dead"_s } << 120 << u"INFO a"_s << u""_s;
    QTest::newRow("gone, and its last words say why") << gone << 119 << killed << u"killed-by-user"_s;
    QTest::newRow("gone, and only its last statement had failed") << gone << 0 << memory << u"idle-time-out-likely"_s;
    QTest::newRow("put away, and its end was loud") << QStringList{ u"0 idle"_s, u"60 shutting_down"_s, u"62 dead"_s } << 61
                                                    << u"java.net.ConnectException: Connection refused"_s << u"idle-time-out-likely"_s;
    QTest::newRow("its server was started anew") << QStringList{ u"0 idle"_s, u"120 gone replaced"_s } << 0 << u"INFO a"_s << u"replaced"_s;
}

void TestCauses::tellsAnIdleTimeoutFromOtherEnds()
{
    QFETCH(QStringList, states);
    QFETCH(int, minute);
    QFETCH(QString, line);
    RecordedLog log = logOf({ line });
    log.times = { at(minute) };
    const PostMortem told = examine(knownCauses(), { .life = {}, .states = statesOf(states) }, log);
    QTEST(told.causeId, "cause");
}

void TestCauses::tellsTheCauseNearestTheEnd_data()
{
    QTest::addColumn<QStringList>("states");
    QTest::addColumn<QStringList>("lines"); // the minute, then the text
    QTest::addColumn<QString>("cause");
    const QString queue = u"Queue's AM resource limit exceeded."_s;
    const QString memory = u"java.lang.OutOfMemoryError: Java heap space"_s;
    const QString file = u"WARN TaskSetManager: Lost task 0.0: java.io.FileNotFoundException: /x"_s;
    const QString killed = u"Application application_1_7 was killed by user ann at 10.0.0.1"_s;
    const QStringList ran{ u"0 starting"_s, u"3 running"_s, u"90 dead"_s };
    const auto row = [](const char* name, const QStringList& states, const QStringList& lines, const char* cause) {
        QTest::newRow(name) << states << lines << QString::fromLatin1(cause);
    };
    row("waited, ran and ran out of memory", ran, { u"1 "_s + queue, u"89 "_s + memory }, "java-out-of-memory");
    row("waited, ran for a moment, and nothing told", { u"0 starting"_s, u"1 running"_s, u"2 dead"_s }, { u"1 "_s + queue }, "");
    row("waited in vain", { u"0 starting"_s, u"9 dead"_s }, { u"1 "_s + queue }, "queue-limit");
    row("a task failed long before, then a person killed it", ran, { u"10 "_s + file, u"90 "_s + killed }, "killed-by-user");
    row("both at the end", ran, { u"89 "_s + file, u"90 "_s + killed }, "killed-by-user");
    row("only what was long before", ran, { u"10 "_s + file }, "file-missing");
    row("memory ran out long before a file was missing", ran, { u"10 "_s + memory, u"89 "_s + file }, "file-missing");
    row("killed, with an old mistake", { u"0 running"_s, u"90 killed"_s }, { u"10 "_s + memory }, "killed");
    row("read after it was dead", ran, { u"95 "_s + memory }, "java-out-of-memory");
}

void TestCauses::tellsTheCauseNearestTheEnd()
{
    QFETCH(QStringList, states);
    QFETCH(QStringList, lines);
    RecordedLog log;
    for (const QString& line : std::as_const(lines)) {
        log.lines.append({ LogSection::Stderr, line.section(u' ', 1) });
        log.times.append(at(line.section(u' ', 0, 0).toInt()));
    }
    QTEST(examine(knownCauses(), { .life = {}, .states = statesOf(states) }, log).causeId, "cause");
}

void TestCauses::whatIsUsedHasNotTimedOut()
{
    ItemRecord record{ .life = {}, .states = statesOf({ u"0 idle"_s, u"120 gone"_s }) };
    record.lastUse.touched = at(90);
    QCOMPARE(examine(knownCauses(), record, {}).causeId, QString());
    record.lastUse.touched = at(60); // and for an hour not again
    QCOMPARE(examine(knownCauses(), record, {}).causeId, u"idle-time-out-likely"_s);
    record.life.facts.idleTimeout = u"60m"_s;
    QCOMPARE(examine(knownCauses(), record, {}).causeId, u"idle-time-out"_s);
}

void TestCauses::showsTheLineAndWhatIsAround()
{
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines.append(u"line %1"_s.arg(i));
    lines[100] = u"java.lang.OutOfMemoryError: Java heap space"_s;
    RecordedLog log = logOf(lines);
    log.first = 1000;
    const PostMortem told = examine(knownCauses(), { .life = {}, .states = statesOf(QStringList(30, u"0 idle"_s)) }, log);
    QCOMPARE(told.causeId, u"java-out-of-memory"_s);
    QCOMPARE(told.causeLine, 1100);
    QVERIFY(told.log.first < 1100 && told.log.first > 1000);
    QCOMPARE(told.log.lines.at(told.causeLine - told.log.first).text, lines.at(100));
    QVERIFY(told.log.lines.size() < 100 && told.log.first + told.log.lines.size() > 1110);
    QCOMPARE(told.log.times.size(), told.log.lines.size());
    QCOMPARE(told.states.size(), 20);
}

void TestCauses::theLastLineThatShowsItIsTold()
{
    const QString line = u"java.lang.OutOfMemoryError"_s;
    QCOMPARE(examine(knownCauses(), {}, logOf({ line, u"a"_s, line, u"b"_s })).causeLine, 2);
}

void TestCauses::withoutACauseItShowsTheEnd()
{
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines.append(u"line %1"_s.arg(i));
    const PostMortem told = examine(knownCauses(), {}, logOf(lines));
    QVERIFY(told.causeId.isEmpty());
    QCOMPARE(told.causeLine, -1);
    QCOMPARE(told.log.lines.constLast().text, u"line 199"_s);
    RecordedLog odd = logOf({ QString(1'000'000, u'x') });
    odd.lines.append({ LogSection::Stdout, {}, true });
    QVERIFY(examine(knownCauses(), {}, odd).causeId.isEmpty());
}

void TestCauses::refusesADamagedFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no cause yet") << u"log = x"_s << u"line 1"_s;
    QTest::newRow("no such key") << u"[a]\nlgo = x"_s << u"line 2"_s;
    QTest::newRow("no such rule") << u"[a]\nstates = x"_s << u"line 2"_s;
    QTest::newRow("no pattern") << u"# c\n[a]\nlog = (x"_s << u"line 3"_s;
    QTest::newRow("an empty pattern") << u"[a]\nlog ="_s << u"line 2"_s;
    QTest::newRow("twice the same") << u"[a]\nlog = x\n[a]\nlog = y"_s << u"line 3"_s;
    QTest::newRow("says nothing") << u"[a]\n[b]\nlog = y"_s << u"line 2"_s;
    QTest::newRow("no such condition") << u"[a]\nlog = x\nonly = y"_s << u"line 3"_s;
    QTest::newRow("neither") << u"[a]\nlog = x\nnonsense"_s << u"line 3"_s;
    QTest::newRow("fine") << u"# c\n\n [a] \n log = x = y \nlog = z\nstates = killed"_s << u""_s;
}

void TestCauses::refusesADamagedFile()
{
    QFETCH(QString, text);
    const Result<QList<Cause>> causes = readCauses(text);
    QTEST(causes ? QString() : causes.error().detail, "problem");
    if (causes) {
        QCOMPARE(causes->size(), 1);
        QVERIFY(causes->at(0).log->match(u"a x = y b"_s).hasMatch());
        QCOMPARE(causes->at(0).states, StateRule::Killed);
    }
}

KINDLING_TEST(TestCauses)
#include "tst_causes.moc"
