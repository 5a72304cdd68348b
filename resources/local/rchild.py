# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's R as the supervisor sees it: started with the first statement, over the session's own Spark."""
import base64
import codecs
import concurrent.futures
import glob
import os
import secrets
import select
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading

import bridge
import capture
import processes

GRACE_SECONDS = 1  # for what a process wrote before its end
KEPT = 4000
WORKER = """#!/bin/sh
exec {program} --vanilla -e 'home <- dirname(system.file(package = "SparkR")); Sys.setenv(SPARKR_RLIBDIR = home)' \\
    -e 'source(file.path(home, "SparkR", "worker", basename(rev(commandArgs())[1])))' "$@"
"""
# A child dies with the thread that forked it: this one lives as long as the supervisor.
FORKER = concurrent.futures.ThreadPoolExecutor(1)


class NoR(Exception):
    """Why there is no R for this session."""


def command(settings):
    """Spark's own setting, its own variable, else the R of the path, as with Livy."""
    named = settings.get("spark.r.shell.command") or os.environ.get("SPARKR_DRIVER_R") or "R"
    found = shutil.which(named)
    if not found:
        raise NoR(f"There is no program {named}. Install R, or name yours in spark.r.shell.command or SPARKR_DRIVER_R.")
    return found


def library_of_spark():
    """Where SparkR is looked for before R's own library; None = it is not there."""
    folder = os.path.join(os.environ.get("SPARK_HOME", ""), "R", "lib")
    return folder if os.path.isdir(os.path.join(folder, "SparkR")) else None


def worker_settings(settings, folder):
    """Spark looks for SparkR's workers nowhere but in its own R/lib: where that is empty, a program of ours starts them."""
    if "spark.r.command" in settings or library_of_spark():
        return {}
    try:
        program = os.path.join(os.path.dirname(command(settings)), "Rscript")
    except NoR:
        return {}
    path = os.path.join(folder, "rworker")
    with open(path, "w", encoding="utf-8") as file:
        file.write(WORKER.format(program=shlex.quote(program)))
    os.chmod(path, 0o700)
    return {"spark.r.command": path}


def environment_for(given, port, secret):
    env = {name: value for name, value in {**os.environ, **given}.items() if value is not None}
    env["R_LIBS"] = os.pathsep.join(filter(None, (library_of_spark(), env.get("R_LIBS"))))
    env["EXISTING_SPARKR_BACKEND_PORT"] = str(port)
    env["SPARKR_BACKEND_AUTH_SECRET"] = secret
    if "utf" not in (env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or "").lower():
        env["LC_ALL"] = "C.UTF-8"
    return env


class Backend:
    """Spark's own end of SparkR in the session's JVM, with the session's objects in it."""

    def __init__(self, gateway, context, session):
        self._backend = gateway.jvm.org.apache.spark.api.r.RBackend()
        started = self._backend.init()
        self.port, self.secret = started._1(), started._2().secret()
        tracker = self._backend.jvmObjectTracker()
        self._object_name = gateway.jvm.org.apache.spark.api.r.JVMObjectId
        self.names = [tracker.addAndGetId(one).id() for one in (context._jsc, session._jsparkSession)]

    def interrupt(self, thread_name):
        """An interrupt for what that thread of the JVM does for R. False = it does nothing, or is not there."""
        found = self._backend.jvmObjectTracker().get(self._object_name(thread_name))
        if found.isEmpty() or not any("RBackendHandler.handleMethodCall" in frame.toString()
                                      for frame in found.get().getStackTrace()):
            return False
        found.get().interrupt()
        return True

    def close(self):
        self._backend.close()


class RChild:
    """One process. What it prints goes to the statement that runs, else to the session's log."""

    def __init__(self, program, environment, backend, streamer):
        self._backend = backend
        self._streamer = streamer
        self._folder = tempfile.mkdtemp(prefix="r-")
        self._mark = f"\x02{secrets.token_hex(16)} ".encode()
        self._running = None
        self._lock = threading.Lock()  # an interrupt never comes after its statement
        self._ended = threading.Event()
        read_there, write_here = os.pipe()
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rinterpreter.R")
        words = [program, "--no-echo", "--no-restore", "--no-save", f"--file={script}", "--args", str(read_there),
                 self._folder, self._mark.decode(), *backend.names]
        self._process = FORKER.submit(
            subprocess.Popen, words, pass_fds=(read_there,), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=environment_for(environment, backend.port, backend.secret),
            preexec_fn=self._prepare).result()
        os.close(read_there)
        self._numbers = os.fdopen(write_here, "wb", buffering=0)
        threading.Thread(target=self._watch, daemon=True).start()

    @staticmethod
    def _prepare():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        processes.die_with_parent()

    @property
    def is_dead(self):
        return self._ended.is_set()

    def wait_for_start(self):
        """Why it cannot be used; None = it can."""
        output = capture.Output()
        if not self._read_to("-1", output):
            return f"R ended while it started: {output.text().strip()[-KEPT:]}"
        failure = self._take_failure()
        return failure and failure[0]

    def execute(self, number, code):
        """Livy's output, and whether the process is dead."""
        output = capture.Output()
        with open(os.path.join(self._folder, "code.R"), "w", encoding="utf-8", errors="replace") as file:
            file.write(code + "\n")
        self._streamer.begin(number, output)
        self._running = number
        try:
            self._numbers.write(f"{number}\n".encode())
            is_done = self._read_to(str(number), output)
        except OSError:
            is_done = False
        finally:
            self._streamer.finish()
            with self._lock:
                self._running = None
        if not is_done:
            return bridge.error_output(number, "Error", "Interpreter died:\n" + output.text()[-KEPT:] + self._why()), True
        failure = self._take_failure()
        if failure:
            message, calls = failure
            return bridge.error_output(number, "Error", message, calls), False
        return bridge.ok_output(number, {"text/plain": output.text().strip("\n"), **self._picture()}), False

    def interrupt(self, number):
        """False = that statement does not run here (any more)."""
        with self._lock:
            if self._running != number or self.is_dead:
                return False
            # R that was called off a call would leave it to the JVM, where it might start its job after all cancels.
            if not self._backend.interrupt(self._java_thread()):
                os.kill(self._process.pid, signal.SIGINT)
            return True

    def _java_thread(self):
        try:
            with open(os.path.join(self._folder, "thread"), encoding="ascii") as file:
                return file.read().strip()
        except OSError:
            return ""

    def end(self):
        self._process.kill()
        self._process.wait()

    def close(self):
        """After its end."""
        self._numbers.close()
        self._process.stdout.close()

    def _watch(self):
        self._process.wait()
        self._ended.set()

    def _why(self):
        self._ended.wait(GRACE_SECONDS)
        code = self._process.poll()
        return f"R was ended by signal {-code}.\n" if code and code < 0 else f"R ended with exit code {code}.\n"

    def _read_to(self, number, output):
        """Hands on what it prints up to the mark with that number. False = it ended before."""
        end = self._mark + number.encode() + b"\x03"
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        pending = b""
        while True:
            chunk = self._read_some()
            if not chunk:
                output.write(decoder.decode(pending, True))
                return False
            pending += chunk
            before, found, _ = pending.partition(end)
            if found:
                output.write(decoder.decode(before, True))
                return True
            # The mark may be coming in pieces.
            start = pending.rfind(b"\x02", -len(end))
            keep = len(pending) if start < 0 else start
            output.write(decoder.decode(pending[:keep]))
            pending = pending[keep:]

    def _read_some(self):
        """Empty = it ended; what it started may hold the pipe open for ever."""
        descriptor = self._process.stdout.fileno()
        while True:
            is_dead = self.is_dead
            if select.select([descriptor], [], [], GRACE_SECONDS)[0]:
                return os.read(descriptor, 65536)
            if is_dead:
                return b""

    def _take_failure(self):
        """The message and what led there, a Java exception's frames among it; None = all went well."""
        path = os.path.join(self._folder, "failure")
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                message, _, calls = file.read().partition("\x03")
            os.remove(path)
        except OSError:
            return None
        lines = message.strip("\n").split("\n")
        first = next((index for index, line in enumerate(lines) if line.startswith("\tat ")), len(lines))
        frames = [line + "\n" for line in calls.strip("\n").split("\n") + lines[first:] if line]
        return capture.shorten("\n".join(lines[:first])), frames

    def _picture(self):
        """The last page that was drawn."""
        pages = sorted(glob.glob(os.path.join(self._folder, "plot-*.png")))
        for path in reversed(pages):
            with open(path, "rb") as file:
                content = file.read()
            if content:
                return {"image/png": base64.b64encode(content).decode()}
        return {}
