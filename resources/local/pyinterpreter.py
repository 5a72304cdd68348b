# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's Python of one session: attaches to the session's JVM and runs statements in its main thread.

Arguments: the descriptor to read requests from and the descriptor to write answers to. The first request is `attach`.
"""
import builtins
import json
import os
import queue
import signal
import sys
import threading
import traceback
import types

import bridge
import capture
import cellcode
import failures
import pycompletion

NO_KEYBOARD = "EOF when reading a line: a statement has no keyboard; put the value into the code instead of input()"


class Statement:
    """What is under way; the cancel thread looks at it."""

    def __init__(self):
        self.number = None
        self.queued = set()
        self.armed = False
        self.java_thread = None


def refuse_input(prompt=""):
    raise EOFError(NO_KEYBOARD)


def attach(port, secret):
    """Makes SparkContext and SparkSession objects over the JVM that the supervisor owns."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_GATEWAY_PORT"] = str(port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = secret
    gateway = launch_gateway()
    # Programs that the user starts are to have a Spark of their own.
    del os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"]
    jvm = gateway.jvm
    java_context = jvm.org.apache.spark.api.java.JavaSparkContext.fromSparkContext(
        jvm.org.apache.spark.SparkContext.getOrCreate())
    conf = SparkConf(_jvm=jvm, _jconf=java_context.getConf())
    context = SparkContext(jsc=java_context, gateway=gateway, conf=conf)
    java_session = jvm.org.apache.spark.sql.SparkSession.getDefaultSession().get()
    return gateway, context, SparkSession(context, java_session)


class Interpreter:
    def __init__(self, reader, writer):
        self._reader = reader
        self._writer = bridge.LineWriter(writer)
        self._statement = Statement()
        self._requests = queue.Queue()
        self._attached = threading.Event()
        self._main = threading.main_thread().ident
        self._out = capture.StandIn(sys.stdout, False)
        self._err = capture.StandIn(sys.stderr, True)
        self._streamer = capture.Streamer(lambda number, text: self._writer.send("printed", number, text))

    def run(self):
        self._keep_pipes_private()
        threading.Thread(target=self._read, daemon=True).start()
        import pyspark.sql  # while the JVM is still starting
        request = self._requests.get()
        self._gateway, self._context, session = attach(request["port"], request["secret"])
        self._names = self._make_module(session)
        self._runner = cellcode.CellRunner(self._names, request["rows"])
        self._attached.set()
        sys.stdout, sys.stderr = self._out, self._err
        builtins.input = refuse_input
        self._plain_warnings()
        signal.signal(signal.SIGINT, self._on_interrupt)
        while True:
            request = self._requests.get()
            self._writer.send("done", request["id"], self._execute(request["id"], request["code"]))

    def _keep_pipes_private(self):
        """What the user starts or forks neither answers for this process nor hides its end."""
        for fd in (self._reader, self._writer.fileno()):
            os.set_inheritable(fd, False)
        os.register_at_fork(after_in_child=self._detach)

    def _detach(self):
        if self._reader is not None:  # a fork's own forks have nothing to give up
            os.close(self._reader)
            self._reader = None
            self._writer.detach()

    def _make_module(self, session):
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        names = module.__dict__
        names.update(spark=session, sc=self._context, sqlContext=session, __builtins__=builtins)
        return names

    @staticmethod
    def _plain_warnings():
        import warnings
        original = warnings.formatwarning
        warnings.formatwarning = lambda *arguments, **named: cellcode.plain(original(*arguments, **named))

    def _on_interrupt(self, _signal, _frame):
        if self._statement.armed and self._statement.number is not None:
            self._statement.armed = False
            raise KeyboardInterrupt("cancelled")

    def _read(self):
        with os.fdopen(self._reader, encoding="utf-8") as lines:
            for line in lines:
                request = json.loads(line)
                if request["op"] == "execute":
                    self._statement.queued.add(request["id"])
                if request["op"] in ("attach", "execute"):
                    self._requests.put(request)
                else:
                    handler = {"cancel": self._cancel, "complete": self._complete, "add_pyfile": self._add}[request["op"]]
                    threading.Thread(target=self._handle, args=(handler, request), daemon=True).start()
        os._exit(0)

    def _handle(self, handler, request):
        self._attached.wait()  # a session is idle before its Python has reached the JVM
        handler(request)

    def _complete(self, request):
        try:
            candidates = pycompletion.complete(request["code"], request["cursor"], self._names)
        except Exception:
            traceback.print_exc(file=sys.__stderr__)
            candidates = []
        self._writer.send("candidates", request["id"], candidates)

    def _add(self, request):
        error = None
        try:
            self._context.addPyFile(request["path"])
        except Exception as failure:
            error = bridge.reason(failure)
        self._writer.send("added", request["id"], {"error": error})

    def _cancel(self, request):
        number = request["id"]

        def phase():
            # Asked in this order: a statement gets its number before it leaves the queue.
            if number in self._statement.queued:
                return bridge.WAITING
            if self._statement.number != number:
                return bridge.ENDED
            self._statement.armed = True
            return bridge.RUNNING
        if phase() != bridge.ENDED:
            bridge.cancel_ladder(self._context, str(number), phase, lambda is_hard: bridge.interrupt(
                self._main, self._statement.java_thread, is_hard))

    def _begin(self, number, code):
        java_thread = self._gateway.jvm.java.lang.Thread
        try:
            java_thread.interrupted()
            self._statement.java_thread = java_thread.currentThread()
            self._context.setJobGroup(str(number), code[:200], True)
        except Exception:  # the JVM is going: the statement itself will say so
            pass
        output = capture.Output()
        self._out.target = self._err.target = output
        self._streamer.begin(number, output)
        self._statement.number = number
        self._statement.queued.discard(number)
        return output

    def _execute(self, number, code):
        output = self._begin(number, code)
        try:
            try:
                data = self._runner.run(number, code)
            finally:
                self._statement.number = None  # an interrupt comes too late from here on
            answer = self._ok(number, data, output)
        except BaseException as error:
            answer = failures.describe(number, error)
            sys.__stdout__.write(capture.shorten(output.text(), 20_000, 20_000))
        finally:
            self._statement.armed = False
            self._out.target = self._err.target = None
            self._streamer.finish()
            sys.__stdout__.flush()
        return answer

    @staticmethod
    def _ok(number, data, output):
        text = output.text().rstrip()
        if text or not data:
            data["text/plain"] = text
        return bridge.ok_output(number, data)


if __name__ == "__main__":
    # The user's imports look where the user is, not among these scripts.
    sys.path[0] = ""
    bridge.write_any_text()
    Interpreter(int(sys.argv[1]), int(sys.argv[2])).run()
