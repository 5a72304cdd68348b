# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The supervisor of one session: owns the JVM, runs SQL and Scala, and keeps the user's Python as a second process.

Requests come as JSON lines on standard input, the first one is `start`; answers go to standard output as
`WORD ID JSON` lines. Descriptors 1 and 2 of the JVM and of the user's Python are the session's log.
"""
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback

import bridge
import pychild
import scalarepl
import sqlrunner

PROGRESS_SECONDS = 0.25


def pump_lines(fd, deliver):
    with os.fdopen(fd, encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            deliver(line.rstrip("\n"))


def launch_jvm(conf):
    """Starts the JVM behind py4j so that the kernel ends it together with this process."""
    from pyspark import SparkConf, java_gateway

    def popen(*arguments, **options):
        ignore_interrupt = options.pop("preexec_fn", None)

        def prepare():
            if ignore_interrupt:
                ignore_interrupt()
            bridge.die_with_parent()
        return subprocess.Popen(*arguments, preexec_fn=prepare, **options)

    java_gateway.Popen = popen
    spark_conf = SparkConf(loadDefaults=False)
    for key, value in conf.items():
        spark_conf.set(key, value)
    return java_gateway.launch_gateway(conf=spark_conf), spark_conf


class Progress:
    """Finished and known tasks of a statement's job group. Finished stages leave Spark's tracker: keep the highest."""

    def __init__(self, context, group):
        self._tracker = context._jsc.statusTracker()
        self._group = group
        self._stages = {}

    def value(self):
        for job in self._tracker.getJobIdsForGroup(self._group):
            info = self._tracker.getJobInfo(job)
            for stage in (info.stageIds() if info is not None else ()):
                self._look(stage)
        total = sum(count for _, count in self._stages.values())
        return sum(done for done, _ in self._stages.values()) / total if total else 0.0

    def _look(self, stage):
        info = self._tracker.getStageInfo(stage)
        if info is not None:
            done = max(info.numCompletedTasks(), self._stages.get(stage, (0, 0))[0])
            self._stages[stage] = (done, info.numTasks())


class Supervisor:
    def __init__(self):
        self._writer = bridge.LineWriter(os.dup(1))
        self._input = os.fdopen(os.dup(0), encoding="utf-8")
        self._requests = queue.Queue()
        self._kinds = {}  # of the statements that were sent and have not ended
        self._running = None
        self._java_thread = None
        self._context = None
        self._python = None
        self._scala = None

    def redirect(self):
        devnull = os.open(os.devnull, os.O_RDONLY)
        os.dup2(devnull, 0)
        reader, writer = os.pipe()
        os.dup2(writer, 1)
        os.close(writer)
        self._in_background(pump_lines, reader, lambda line: self._writer.send("log", 0, line))

    def run(self):
        self.redirect()
        self._in_background(self._read)
        start = self._requests.get()
        try:
            self._start(start)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        while True:
            request = self._requests.get()
            if request["op"] == "stop":
                self._stop()
            self._execute(request["id"], request["kind"], request["code"])

    @staticmethod
    def _in_background(target, *arguments):
        threading.Thread(target=target, args=arguments, daemon=True).start()

    def _read(self):
        for line in self._input:
            request = json.loads(line)
            if request["op"] == "cancel":
                self._in_background(self._cancel, request["id"])
            elif request["op"] == "complete":
                self._in_background(self._complete, request)
            else:
                if request["op"] == "execute":
                    self._kinds[request["id"]] = request["kind"]
                self._requests.put(request)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def _start(self, request):
        gateway, conf = launch_jvm(request["conf"])
        self._in_background(self._watch_jvm, gateway.proc)
        self._scala = scalarepl.ScalaRepl(gateway.jvm, request["conf"]["spark.repl.class.outputDir"])
        from pyspark import SparkContext
        from pyspark.sql import SparkSession
        self._context = SparkContext(gateway=gateway, conf=conf)
        self._gateway = gateway
        session = SparkSession(self._context)
        self._sql = sqlrunner.SqlRunner(session, request["sqlRows"])
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._python = pychild.PythonChild(gateway, request["python"], request["environment"])
        # Only from here: dates from Spark become Python's in the zone of this process, and UTC has no ambiguous hours.
        os.environ["TZ"] = "UTC"
        time.tzset()
        self._writer.send("ready", 0, {
            "appId": self._context.applicationId, "uiUrl": self._context.uiWebUrl,
            "sparkVersion": self._context.version})
        self._in_background(self._scala.warm_up)

    def _watch_jvm(self, process):
        code = process.wait()
        print(f"The JVM of this session ended with exit code {code}.", file=sys.stderr, flush=True)
        os._exit(1)

    def _stop(self):
        try:
            self._context.stop()
        finally:
            os._exit(0)

    def _execute(self, number, kind, code):
        self._running = number
        self._writer.send("began", number, {})
        self._in_background(self._report_progress, number)
        died = False
        try:
            output, died = self._output(number, kind, code)
        except BaseException as error:
            output = json.dumps(bridge.error_output(
                number, f"Internal Error: {type(error).__name__}", str(error),
                traceback.format_exception(type(error), error, error.__traceback__)))
        del self._kinds[number]
        self._running = None
        self._writer.send_raw("died" if died else "done", number, output)

    def _output(self, number, kind, code):
        if kind == "pyspark":
            return self._python.execute(number, code)
        if kind == "sparkr":
            return json.dumps(bridge.error_output(number, "InterpreterError", "Fail to start interpreter")), False
        thread = self._gateway.jvm.java.lang.Thread
        thread.interrupted()
        self._java_thread = thread.currentThread()
        self._context.setJobGroup(str(number), code[:200], True)
        if kind == "sql":
            return self._sql.execute(number, code), False
        return self._scala.execute(number, code), False

    def _cancel(self, number):
        kind = self._kinds.get(number)
        if kind is None:
            return
        if kind == "pyspark":
            self._python.cancel(number)
            return

        def phase():
            if number not in self._kinds:
                return bridge.ENDED
            return bridge.RUNNING if self._running == number else bridge.WAITING
        bridge.cancel_ladder(self._context, str(number), threading.main_thread().ident, phase,
                             lambda: self._java_thread)

    def _report_progress(self, number):
        progress = Progress(self._context, str(number))
        sent = 0.0
        while True:
            time.sleep(PROGRESS_SECONDS)
            if self._running != number:
                return
            try:
                value = progress.value()
            except Exception:
                return
            if value != sent:
                sent = value
                self._writer.send("progress", number, round(value, 4))

    def _complete(self, request):
        candidates = []
        try:
            if request["kind"] == "spark":
                candidates = self._scala.complete(request["code"], request["cursor"])
        except Exception:
            traceback.print_exc()
        self._writer.send("candidates", request["id"], candidates)


if __name__ == "__main__":
    Supervisor().run()
