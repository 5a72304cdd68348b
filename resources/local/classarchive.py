# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An archive of loaded classes (Java's AppCDS) that halves the start of a session. Made once per Java and Spark.

Run as a program with the cache folder as argument it makes the archive where it is missing, at idle priority. Java checks
an archive against its own version and the class path, and goes on without one that does not fit.
"""
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time

PREFIX = "classes-"
NEEDED_BYTES = 1_000_000_000
NEEDED_MEMORY_KB = 2_000_000
UNUSED_SECONDS = 30 * 86400
SCALA_LINES = "case class Row1(a: Int)\nval ds = Seq(Row1(1)).toDS\nds.map(_.a + 1).collect()\nprintln(1)"
SQL = ("select a, count(*) n, max(b) m from (select id % 3 a, cast(id as string) b, current_timestamp() t "
       "from range(100)) group by a order by a")
PYTHON = """import pyspark.sql.functions as f
df = spark.createDataFrame([(1, 'a', 2.5), (2, 'b', None)], ['n', 's', 'd'])
df.createOrReplaceTempView('kindling_warm')
df.groupBy('s').agg(f.sum('n')).show()
sc.parallelize(range(8), 2).map(lambda x: x + 1).sum()
spark.range(10).join(spark.range(5), 'id').count()
"""


def java_program():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else shutil.which("java") or "java"


def fingerprint(java, spark_home):
    """Changes with another Java or Spark, also where one was brought up to date in its place."""
    java = os.path.realpath(java)
    release = os.path.join(os.path.dirname(os.path.dirname(java)), "release")
    jars = os.path.join(spark_home, "jars")
    described = [java, spark_home, os.environ.get("SPARK_CONF_DIR", ""), stamp(java), stamp(release)]
    if os.path.isdir(jars):
        described += [name + stamp(os.path.join(jars, name)) for name in sorted(os.listdir(jars))]
    return hashlib.sha256("\n".join(described).encode("utf-8", "replace")).hexdigest()[:16]


def stamp(path):
    try:
        found = os.stat(path)
        return f" {found.st_size} {found.st_mtime_ns}"
    except OSError:
        return " -"


def class_path(spark_home):
    """Spark's jars in the launcher's order. The launcher names one of them twice, which Java 21 takes for another path."""
    jars = os.path.join(spark_home, "jars")
    names = sorted((name for name in os.listdir(jars) if name.endswith(".jar")),
                   key=lambda name: (not name.startswith("slf4j-api"), name))
    return [os.path.join(jars, name) for name in names]


def is_own_path(settings, conf):
    """Whether something puts more onto the class path than Spark's jars and its settings, which are in `conf`."""
    return "spark.driver.extraClassPath" in settings or sets_path(conf) or any(
        os.environ.get(name) for name in ("HADOOP_CONF_DIR", "YARN_CONF_DIR", "SPARK_DIST_CLASSPATH"))


def sets_path(conf):
    """What a script sets is not known before it has run."""
    if os.path.exists(os.path.join(conf, "spark-env.sh")):
        return True
    try:
        with open(os.path.join(conf, "spark-defaults.conf"), encoding="utf-8", errors="replace") as file:
            return "extraClassPath" in file.read()
    except OSError:
        return False


class ClassArchive:
    """The archive for this Java and this Spark; without a folder there is none."""

    def __init__(self, folder, spark_home):
        self._folder = folder
        self._spark_home = spark_home
        self.path = folder and os.path.join(folder, f"{PREFIX}{fingerprint(java_program(), spark_home)}.jsa")

    def java_options(self, settings):
        """What uses it; nothing where it is missing or the session has a class path of its own."""
        conf = os.environ.get("SPARK_CONF_DIR") or os.path.join(self._spark_home, "conf")
        if not self.path or not os.path.isfile(self.path) or is_own_path(settings, conf):
            return []
        try:
            os.utime(self.path)  # a sign of use for the one that tidies up
        except OSError:
            pass
        # A folder is allowed behind what the archive was made with, not among it.
        return self._options(f"-XX:SharedArchiveFile={self.path}", [conf] if os.path.isdir(conf) else [])

    def _options(self, option, more=()):
        path = os.pathsep.join([*class_path(self._spark_home), *more])
        return ["-cp", f'"{path}"', f'"{option}"', "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]

    def is_wanted(self):
        """Whether it is missing, has not failed before, and there is room to make it."""
        if not self.path or os.path.exists(self.path) or os.path.exists(self.path + ".failed"):
            return False
        return shutil.disk_usage(self._folder).free > NEEDED_BYTES and free_memory_kb() > NEEDED_MEMORY_KB

    def make(self, train):
        """`train(options)` runs Spark with those Java options. One maker at a time; a half-made file is never used."""
        with open(os.path.join(self._folder, PREFIX + "lock"), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            if not self.is_wanted():
                return False
            self.tidy()
            half = self.path + ".making"
            train(self._options(f"-XX:ArchiveClassesAtExit={half}"))
            if not self._is_usable(half):
                remove(half)
                open(self.path + ".failed", "w").close()
                return False
            os.rename(half, self.path)
            return True

    def _is_usable(self, path):
        """Whether Java takes classes of Spark from it."""
        if not os.path.isfile(path):
            return False
        options = [*self._options(f"-XX:SharedArchiveFile={path}"), "-Xlog:class+load:stdout"]
        environment = dict(os.environ, SPARK_SUBMIT_OPTS=" ".join(options))
        said = subprocess.run([os.path.join(self._spark_home, "bin", "spark-submit"), "--version"], env=environment,
                              capture_output=True, text=True, errors="replace", timeout=1800).stdout
        return "org.apache.spark.deploy.SparkSubmit source: shared objects file (top)" in said

    def tidy(self):
        """Removes what killed makers left, and archives that nobody has used for long."""
        for name in os.listdir(self._folder):
            path = os.path.join(self._folder, name)
            is_old = name.endswith((".jsa", ".failed")) and time.time() - os.stat(path).st_mtime > UNUSED_SECONDS
            if name.startswith(PREFIX) and (name.endswith(".making") or is_old):
                remove(path)


def remove(path):
    try:
        os.remove(path)
    except OSError:
        pass


def free_memory_kb():
    with open("/proc/meminfo", encoding="ascii") as lines:
        return next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), 0)


def train(options):
    """Does in a small session what sessions do, and lets the JVM end by itself, which writes the archive."""
    import capture
    import jvm
    import scalarepl
    import sqlrunner
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(__file__))) as folder:
        classes = os.path.join(folder, "classes")
        os.mkdir(classes)
        gateway, conf = jvm.launch({
            "spark.master": "local[2]", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.showConsoleProgress": "false", "spark.sql.warehouse.dir": os.path.join(folder, "warehouse"),
            "spark.local.dir": folder, "spark.repl.class.outputDir": classes,
            "spark.driver.defaultJavaOptions": f"-Djava.io.tmpdir={folder}"}, options)
        scala = scalarepl.ScalaRepl(gateway.jvm, classes, capture.Streamer(lambda number, text: None))
        from pyspark import SparkContext
        from pyspark.sql import SparkSession
        context = SparkContext(gateway=gateway, conf=conf)
        session = SparkSession(context)
        exec(PYTHON, {"spark": session, "sc": context})
        sqlrunner.SqlRunner(session, 10).execute(0, SQL)
        scala.execute(1, SCALA_LINES)
        scala.complete("spark.ra", 8)
        context.stop()
        try:
            gateway.jvm.System.exit(0)
        except Exception:  # it went while it was answering
            pass
        gateway.proc.stdin.close()
        gateway.proc.wait(1800)


def main(folder):
    archive = ClassArchive(folder, os.environ.get("SPARK_HOME", ""))
    if not archive.is_wanted():
        return
    os.nice(19)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    archive.make(train)


if __name__ == "__main__":
    main(sys.argv[1])
