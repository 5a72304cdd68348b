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
import sys
import threading
import time
import traceback

import bridge
import capture
import classarchive
import jvm
import processes
import pykeeper
import rkeeper
import scalarepl
import sqlcompletion
import sqlrunner

PROGRESS_SECONDS = 0.25
CANNOT_STOP = {
    "spark": "\nThis Scala code takes no interrupt, and Java has no other way to end it: it runs on. "
             "Stop the session to end it.\n",
    "sparkr": "\nThis R code takes no interrupt: it runs on. Stop the session to end it.\n",
    "sql": "\nThis statement takes no interrupt: it runs on. Stop the session to end it.\n"}


def pump_lines(fd, deliver):
    with os.fdopen(fd, encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            deliver(line.rstrip("\n"))


def in_background(target, *arguments):
    threading.Thread(target=target, args=arguments, daemon=True).start()


class Supervisor:
    def __init__(self):
        self._writer = bridge.LineWriter(os.dup(1))
        self._input = os.fdopen(os.dup(0), encoding="utf-8")
        self._requests = queue.Queue()
        self._kinds = {}  # of the statements that were sent and have not ended
        self._running = None
        self._java_thread = None
        self._context = None
        self._jvm = None
        self._is_ending = False
        self._streamer = capture.Streamer(lambda number, text: self._writer.send("printed", number, text))
        self._handlers = {"cancel": self._cancel, "complete": self._complete, "add_jar": self._add,
                          "add_file": self._add, "add_pyfile": self._add, "restart_python": self._restart_python}

    def redirect(self):
        devnull = os.open(os.devnull, os.O_RDONLY)
        os.dup2(devnull, 0)
        reader, writer = os.pipe()
        os.dup2(writer, 1)
        os.close(writer)
        in_background(pump_lines, reader, lambda line: self._writer.send("log", 0, line))

    def run(self):
        self.redirect()
        in_background(self._read)
        try:
            self._start(self._requests.get())
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        while True:
            request = self._requests.get()
            if request["op"] == "stop":
                self._stop()
            self._execute(request["id"], request["kind"], request["code"])

    def _read(self):
        for line in self._input:
            request = json.loads(line)
            handler = self._handlers.get(request["op"])
            if handler:
                in_background(handler, request)
            else:
                if request["op"] == "execute":
                    self._kinds[request["id"]] = request["kind"]
                self._requests.put(request)
        self._clear_away()
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def _clear_away(self):
        self._is_ending = True
        processes.end_descendants()

    def _start(self, request):
        processes.adopt_orphans()
        self._python = pykeeper.PythonKeeper(request, self._writer)
        self._r = rkeeper.RKeeper(request, self._streamer)
        archive = classarchive.ClassArchive(request.get("cache"), os.environ.get("SPARK_HOME", ""))
        gateway, conf = jvm.launch(request["conf"], archive.java_options(request["conf"]))
        self._jvm = gateway.proc
        in_background(self._watch_jvm)
        self._scala = scalarepl.ScalaRepl(gateway.jvm, request["conf"]["spark.repl.class.outputDir"], self._streamer)
        from pyspark import SparkContext
        from pyspark.sql import SparkSession
        self._context = SparkContext(gateway=gateway, conf=conf)
        self._gateway = gateway
        session = SparkSession(self._context)
        self._sql = sqlrunner.SqlRunner(session, request["sqlRows"])
        self._sql_completion = sqlcompletion.SqlCompletion(session)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._python.attach(gateway)
        self._r.attach(gateway, self._context, session)
        self._writer.send("ready", 0, {
            "appId": self._context.applicationId, "uiUrl": self._context.uiWebUrl,
            "sparkVersion": self._context.version})
        in_background(self._warm_up)

    def _warm_up(self):
        """The first statement of each kind is the slow one."""
        self._sql.execute(-1, "select 1")
        self._scala.warm_up()

    def _watch_jvm(self):
        code = self._jvm.wait()
        if self._is_ending:
            return
        # first, since whatever ends next may end this process too
        print(f"The JVM of this session ended with exit code {code}.", file=sys.stderr, flush=True)
        self._clear_away()
        os._exit(1)

    def _stop(self):
        try:
            self._context.stop()
        finally:
            self._clear_away()
            os._exit(0)

    def _execute(self, number, kind, code):
        self._running = number
        in_background(self._report_progress, number)
        died = False
        try:
            output, died = self._output(number, kind, code)
        except BaseException as error:
            output = json.dumps(bridge.error_output(
                number, f"Internal Error: {type(error).__name__}", str(error),
                traceback.format_exception(type(error), error, error.__traceback__)))
        if died or kind == "sparkr":
            self._context.cancelJobGroup(str(number))  # nobody waits for its jobs any more
        del self._kinds[number]
        self._running = self._java_thread = None
        self._writer.send_raw("died" if died else "done", number, bridge.bounded(number, output))

    def _output(self, number, kind, code):
        if kind == "pyspark":
            return self._python.execute(number, code)
        if kind == "sparkr":
            output, is_dead = self._r.execute(number, code)
            return json.dumps(output), is_dead
        if kind != "sql":
            self._scala.ready()  # a cancel waits with it: an interrupt would hit the start
        thread = self._gateway.jvm.java.lang.Thread
        thread.interrupted()
        self._java_thread = thread.currentThread()
        self._context.setJobGroup(str(number), code[:200], True)
        if kind == "sql":
            return self._sql.execute(number, code), False
        return self._scala.execute(number, code), False

    def _cancel(self, request):
        number = request["id"]
        kind = self._kinds.get(number)
        if kind is None:
            return
        if kind == "pyspark":
            self._python.cancel(number)
            return

        def phase():
            if number not in self._kinds:
                return bridge.ENDED
            has_begun = self._java_thread or kind == "sparkr"
            return bridge.RUNNING if self._running == number and has_begun else bridge.WAITING

        def strike(is_hard):
            if kind == "sparkr":
                return self._r.interrupt(number)
            return bridge.interrupt(threading.main_thread().ident, self._java_thread, is_hard)
        is_ended = bridge.cancel_ladder(self._context, str(number), phase, strike,
                                        lambda: self._writer.send("printed", number, CANNOT_STOP[kind]))
        if not is_ended:
            print(f"Statement {number} was cancelled and runs on.", flush=True)

    def _report_progress(self, number):
        progress = jvm.Progress(self._context, str(number))
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
        kind, candidates = request["kind"], []
        if kind in ("pyspark", "python") and self._python.ask(request):
            return
        try:
            if kind in ("spark", "scala"):
                candidates = self._scala.complete(request["code"], request["cursor"])
            elif kind == "sql":
                candidates = self._sql_completion.complete(request["code"], request["cursor"])
        except Exception:
            traceback.print_exc()
        self._writer.send("candidates", request["id"], candidates)

    def _add(self, request):
        path, error = request["path"], None
        try:
            if request["op"] == "add_jar":
                if path.startswith("/") and not os.path.isfile(path):
                    raise FileNotFoundError(f"File {path} does not exist")  # Spark only logs it
                self._context._jsc.addJar(path)
                self._scala.add_jar(path)
            elif request["op"] == "add_file":
                self._context.addFile(path)
            elif self._python.add(request):
                return  # it answers
            else:
                self._context.addPyFile(path)
        except Exception as failure:
            error = bridge.reason(failure)
        self._writer.send("added", request["id"], {"error": error})

    def _restart_python(self, _request):
        self._r.forget_dead()
        self._python.restart(lambda: self._running if self._kinds.get(self._running) == "pyspark" else None)


if __name__ == "__main__":
    bridge.write_any_text()
    Supervisor().run()
