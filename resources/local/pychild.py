# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's Python as the supervisor sees it: a process that may die alone and be replaced by a fresh one."""
import concurrent.futures
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

import bridge
import processes

STDERR_KEPT = 4000
GRACE_SECONDS = 1  # for what a process wrote before its end
ANSWERS = {"complete": "candidates", "add_pyfile": "added"}
# A child dies with the thread that forked it: this one lives as long as the supervisor.
FORKER = concurrent.futures.ThreadPoolExecutor(1)


def environment_for(python, given):
    """What served the supervisor alone is given back its own value; another Python gets the session's own pyspark."""
    env = {name: value for name, value in {**os.environ, **given}.items() if value is not None}
    env["PYSPARK_PYTHON"] = env["PYSPARK_DRIVER_PYTHON"] = python
    if python != sys.executable:
        folder = os.path.join(os.environ["SPARK_HOME"], "python", "lib")
        archives = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".zip")] \
            if os.path.isdir(folder) else []
        env["PYTHONPATH"] = os.pathsep.join(archives + [env[name] for name in ("PYTHONPATH",) if env.get(name)])
    return env


class PythonChild:
    """One process. `forward(word, number, text)` gets what it says beside results; `died(child, why)` its end, once."""

    def __init__(self, python, environment, forward, died):
        self._forward = forward
        self._died = died
        self._results = queue.Queue()
        self._lock = threading.Lock()
        self._stderr = b""
        self._why = None
        self._is_ending = False
        self._current = -1  # the last statement that was sent
        self._asked = {}  # what has not been answered, by number
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pyinterpreter.py")
        try:
            self._process = FORKER.submit(
                subprocess.Popen, [python, "-u", script, str(read_there), str(write_there)],
                pass_fds=(read_there, write_there), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                env=environment_for(python, environment), preexec_fn=self._prepare).result()
        finally:
            os.close(read_there)
            os.close(write_there)
        self._answers = os.fdopen(read_here, "rb")
        self._requests = os.fdopen(write_here, "wb", buffering=0)
        self._pump = threading.Thread(target=self._pump_stderr, daemon=True)
        self._pump.start()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        threading.Thread(target=self._watch, daemon=True).start()

    @staticmethod
    def _prepare():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        processes.die_with_parent()

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_dead(self):
        return self._why is not None

    def attach(self, gateway, rows):
        self.send({"op": "attach", "port": gateway.gateway_parameters.port,
                   "secret": gateway.gateway_parameters.auth_token, "rows": rows})

    def send(self, request):
        """False = nobody is there any more."""
        try:
            with self._lock:
                data = memoryview(json.dumps(request).encode() + b"\n")
                while data:
                    data = data[self._requests.write(data):]
            return True
        except OSError:
            return False

    def ask(self, request):
        """For what is answered through `forward`: by the process, or in its place when it ends first."""
        self._asked[request["id"]] = ANSWERS[request["op"]]
        self.send(request)
        if self.is_dead:
            self._answer_in_its_place()

    def execute(self, number, code):
        """The output as JSON text, and whether the process is dead."""
        if self.is_dead:
            return self._death(number, "")
        self._stderr = b""
        self._current = number
        if self.send({"op": "execute", "id": number, "code": code}):
            output = self._results.get()
            if output is not None:
                return output, False
        return self._death(number, self._stderr.decode("utf-8", "replace") + (self._why or ""))

    def cancel(self, number):
        """False = it ended before it got that statement."""
        give_up = time.monotonic() + bridge.CANCEL_SECONDS
        while self._current < number and time.monotonic() < give_up:
            if self.is_dead:
                return False
            time.sleep(0.05)  # a cancel must not overtake what it cancels
        self.send({"op": "cancel", "id": number})
        return True

    def end(self):
        """Kills it; what runs in it ends as with any other death, but `died` is not called."""
        self._is_ending = True
        self._process.kill()
        self._process.wait()

    def _pump_stderr(self):
        for chunk in iter(lambda: self._process.stderr.read1(65536), b""):
            self._stderr = (self._stderr + chunk)[-STDERR_KEPT:]
            sys.stderr.buffer.write(chunk)
            sys.stderr.buffer.flush()

    def _read(self):
        for line in self._answers:
            word, _, rest = line.decode("utf-8").rstrip("\n").partition(" ")
            number, _, text = rest.partition(" ")
            if word == "done":
                self._results.put(text)
            elif word not in ANSWERS.values() or self._asked.pop(int(number), None):
                self._forward(word, int(number), text)
        self._process.kill()

    def _watch(self):
        code = self._process.wait()
        # What the user started may hold the pipes open for ever.
        self._reader.join(GRACE_SECONDS)
        self._pump.join(GRACE_SECONDS)
        self._why = "The user's Python was restarted." if self._is_ending else describe_end(code)
        self._results.put(None)
        self._answer_in_its_place()
        if not self._is_ending:
            self._died(self, self._why)

    def _answer_in_its_place(self):
        for number in list(self._asked):
            word = self._asked.pop(number, None)
            if word:  # else another thread was quicker
                self._forward(word, number, json.dumps([] if word == "candidates" else {"error": self._why}))

    @staticmethod
    def _death(number, text):
        return json.dumps(bridge.error_output(number, "Error", "Interpreter died:\n" + text)), True


def describe_end(code):
    if code >= 0:
        return f"The user's Python ended with exit code {code}."
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"The user's Python was ended by signal {name}."
