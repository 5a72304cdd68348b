// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/causes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace kindling {

namespace {
struct Words {
    const char* id;
    const char* says;
    const char* advice;
};

constexpr std::array words{
    Words{ "deleted", QT_TRANSLATE_NOOP("kindling::Causes", "It was deleted from here."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The own acts in the events say when.") },
    Words{ "local-spark-stopped", QT_TRANSLATE_NOOP("kindling::Causes", "Local Spark was stopped, and it ran there."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Start Local Spark, and a session on it, again.") },
    Words{ "local-spark-unseen", QT_TRANSLATE_NOOP("kindling::Causes", "Its Local Spark ended with the window, which did not end by itself: nobody saw when."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Start Local Spark, and a session or batch like it.") },
    Words{ "stopped-here", QT_TRANSLATE_NOOP("kindling::Causes", "It was stopped from here."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The own acts in the events say when.") },
    Words{ "idle-time-out", QT_TRANSLATE_NOOP("kindling::Causes", "The server ended it because nobody had used it for as long as it may be idle."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Keep it alive, or start it with a longer idle time-out.") },
    Words{ "unwatched", QT_TRANSLATE_NOOP("kindling::Causes", "It ended while Kindling did not see its server, which has forgotten it since: nobody saw how."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The cluster's own pages may tell: its resource manager, or Spark's history server.") },
    Words{ "idle-time-out-likely", QT_TRANSLATE_NOOP("kindling::Causes", "Probably the server ended it because nobody had used it for an hour: how long it might be idle was not told, and that is usual."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Keep it alive, or start it with a longer idle time-out.") },
    Words{ "blacklisted-configuration", QT_TRANSLATE_NOOP("kindling::Causes", "The server does not allow some of the settings that were asked for."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Leave out the settings that the line names, or ask the server's operator to allow them.") },
    Words{ "queue-limit", QT_TRANSLATE_NOOP("kindling::Causes", "The queue had no room for one more application master."),
        QT_TRANSLATE_NOOP("kindling::Causes", "End sessions that nobody uses, choose another queue, or have the queue's share for masters raised.") },
    Words{ "queue-missing", QT_TRANSLATE_NOOP("kindling::Causes", "The cluster has no queue of this name."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Correct the name of the queue, or leave it out.") },
    Words{ "queue-forbidden", QT_TRANSLATE_NOOP("kindling::Causes", "This user may not use the queue."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Choose another queue, or ask the cluster's operator for access.") },
    Words{ "request-too-large", QT_TRANSLATE_NOOP("kindling::Causes", "More memory or cores were asked for than one container may have."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Ask for less per executor and for more executors.") },
    Words{ "quota-exceeded", QT_TRANSLATE_NOOP("kindling::Causes", "The cluster's quota for this namespace was used up."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Ask for less, end what nobody uses, or have the quota raised.") },
    Words{ "cluster-rights", QT_TRANSLATE_NOOP("kindling::Causes", "The account that it ran with may not do this in the cluster."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Name a service account that may (spark.kubernetes.authenticate.driver.serviceAccountName), or have this one given the right.") },
    Words{ "image-missing", QT_TRANSLATE_NOOP("kindling::Causes", "The container's image could not be fetched."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the image's name, and whether the cluster may read it.") },
    Words{ "memory-overhead", QT_TRANSLATE_NOOP("kindling::Causes", "The cluster killed a container that used more memory than it had asked for."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Raise spark.executor.memoryOverhead or spark.driver.memoryOverhead, or use more partitions.") },
    Words{ "java-missing", QT_TRANSLATE_NOOP("kindling::Causes", "Java was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Install Java there, or set JAVA_HOME to where it is.") },
    Words{ "driver-memory-setting", QT_TRANSLATE_NOOP("kindling::Causes", "Java could not start with the memory that was asked for."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Correct the driver's or the executors' memory: a number with a unit, such as 2g.") },
    Words{ "java-out-of-memory", QT_TRANSLATE_NOOP("kindling::Causes", "Java ran out of memory."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Give the driver or the executors more memory, collect less, or use more partitions.") },
    Words{ "python-out-of-memory", QT_TRANSLATE_NOOP("kindling::Causes", "Python ran out of memory."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Keep the data in Spark instead of collecting it, or give the driver more memory.") },
    Words{ "python-worker-died", QT_TRANSLATE_NOOP("kindling::Causes", "A Python worker of an executor died."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Often it lacked memory: set spark.executor.pyspark.memory or more overhead, or use smaller partitions; a library in C may have crashed, too.") },
    Words{ "result-too-large", QT_TRANSLATE_NOOP("kindling::Causes", "A result was too large to be sent to the driver."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Limit or aggregate it, write it to a file, or raise spark.driver.maxResultSize.") },
    Words{ "disk-full", QT_TRANSLATE_NOOP("kindling::Causes", "A disk was full."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Free space where Spark keeps its temporary files, or point spark.local.dir elsewhere.") },
    Words{ "ports-used-up", QT_TRANSLATE_NOOP("kindling::Causes", "No network port was free."),
        QT_TRANSLATE_NOOP("kindling::Causes", "End sessions on that machine, or widen the range of ports (spark.port.maxRetries, livy.rsc.launcher.port.range).") },
    Words{ "python-missing", QT_TRANSLATE_NOOP("kindling::Causes", "The program python was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Install Python there, or set spark.pyspark.python to where it is.") },
    Words{ "python-versions-differ", QT_TRANSLATE_NOOP("kindling::Causes", "The driver and the executors run different versions of Python."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Set spark.pyspark.python and spark.pyspark.driver.python to the same version.") },
    Words{ "module-missing", QT_TRANSLATE_NOOP("kindling::Causes", "A Python module is not installed."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Install it on the cluster, or send it along as a Python file or an archive.") },
    Words{ "class-missing", QT_TRANSLATE_NOOP("kindling::Causes", "A class was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the name of the class, and add the jar that has it.") },
    Words{ "library-clash", QT_TRANSLATE_NOOP("kindling::Causes", "A library does not fit the version of Spark, Scala or Java."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Use the library's version that was built for this Spark and this Scala.") },
    Words{ "cloud-sign-in", QT_TRANSLATE_NOOP("kindling::Causes", "The sign-in to the cloud's storage was missing, wrong or had expired."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the key or the identity that the session runs with.") },
    Words{ "sign-in-expired", QT_TRANSLATE_NOOP("kindling::Causes", "The sign-in to the cluster was missing or had expired."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Sign in again; for long work ask the operator for a keytab.") },
    Words{ "access-denied", QT_TRANSLATE_NOOP("kindling::Causes", "A file or folder may not be used by this user."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Ask its owner for access, or run as a user who has it.") },
    Words{ "safe-mode", QT_TRANSLATE_NOOP("kindling::Causes", "The file system was in safe mode and took no changes."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Wait until it has started; if it stays so, its operator has to look.") },
    Words{ "already-there", QT_TRANSLATE_NOOP("kindling::Causes", "What was to be written is there already."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Remove it, write elsewhere, or say that it may be overwritten.") },
    Words{ "file-missing", QT_TRANSLATE_NOOP("kindling::Causes", "A file was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the path that the line names, as the cluster sees it.") },
    Words{ "table-missing", QT_TRANSLATE_NOOP("kindling::Causes", "A table or view was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check its name and the database it is looked for in.") },
    Words{ "column-missing", QT_TRANSLATE_NOOP("kindling::Causes", "A column was not found."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check its name; the line lists those there are.") },
    Words{ "metastore-unreachable", QT_TRANSLATE_NOOP("kindling::Causes", "The store of table definitions could not be reached."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check whether the Hive metastore runs, and its address.") },
    Words{ "host-unknown", QT_TRANSLATE_NOOP("kindling::Causes", "The name of a computer could not be resolved."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the name that the line tells, and the cluster's name service.") },
    Words{ "connection-refused", QT_TRANSLATE_NOOP("kindling::Causes", "A service did not accept the connection."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check whether what the line names runs, and its address.") },
    Words{ "driver-unreachable", QT_TRANSLATE_NOOP("kindling::Causes", "The server and the driver could not reach each other."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Check the network between them, and whether the driver's Java fits the server.") },
    Words{ "preempted", QT_TRANSLATE_NOOP("kindling::Causes", "The cluster took containers back for others."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Use a queue that may not be preempted, or start it again when there is room.") },
    Words{ "executors-lost", QT_TRANSLATE_NOOP("kindling::Causes", "Executors were lost, too many of them."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Look into the executors' logs; often they lack memory, or their machines were taken away.") },
    Words{ "shuffle-lost", QT_TRANSLATE_NOOP("kindling::Causes", "Parts of a shuffle were lost, mostly because executors were."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Look into the executors' logs; more memory, more partitions or an external shuffle service help.") },
    Words{ "broadcast-too-slow", QT_TRANSLATE_NOOP("kindling::Causes", "A table was broadcast, and it took too long."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Raise spark.sql.broadcastTimeout, or keep the table from being broadcast (spark.sql.autoBroadcastJoinThreshold).") },
    Words{ "driver-killed", QT_TRANSLATE_NOOP("kindling::Causes", "The driver was killed from outside."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Somebody ended it, or the machine ran out of memory: its kernel log says so.") },
    Words{ "interpreter-died", QT_TRANSLATE_NOOP("kindling::Causes", "The process that runs the code died."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Restart the session. Code that ends Python, or takes all memory, does this.") },
    Words{ "syntax-error", QT_TRANSLATE_NOOP("kindling::Causes", "The program has a mistake in its syntax."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Correct it where the lines before point to.") },
    Words{ "killed-by-user", QT_TRANSLATE_NOOP("kindling::Causes", "A user killed the application on the cluster."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The line may name the user; else the cluster's own log does.") },
    Words{ "unhandled-error", QT_TRANSLATE_NOOP("kindling::Causes", "The program ended with an error that it did not handle."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The line and those around it tell which.") },
    Words{ "exit-code", QT_TRANSLATE_NOOP("kindling::Causes", "The program ended itself with an exit code that means failure."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Look for what it printed before.") },
    Words{ "replaced", QT_TRANSLATE_NOOP("kindling::Causes", "The server was started anew and had forgotten it."),
        QT_TRANSLATE_NOOP("kindling::Causes", "Start it again. A server with recovery keeps its sessions over a restart.") },
    Words{ "killed", QT_TRANSLATE_NOOP("kindling::Causes", "It was killed from outside."),
        QT_TRANSLATE_NOOP("kindling::Causes", "The cluster's own log says by whom.") },
};
}

CauseWords wordsOf(const QString& causeId)
{
    const auto known = std::ranges::find_if(words, [&causeId](const Words& each) { return causeId == QLatin1StringView(each.id); });
    if (known == words.end())
        return {};
    return { QCoreApplication::translate("kindling::Causes", known->says), QCoreApplication::translate("kindling::Causes", known->advice) };
}

} // namespace kindling
