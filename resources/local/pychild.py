# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's Python as the supervisor sees it: a process that may die alone."""
import json
import os
import signal
import subprocess
import sys
import threading
import time

import bridge

STDERR_KEPT = 4000


class PythonChild:
    def __init__(self, gateway, python, environment):
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        # What served the supervisor alone is given back its own value, or taken out where the user had none.
        env = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
        env["PYSPARK_GATEWAY_PORT"] = str(gateway.gateway_parameters.port)
        env["PYSPARK_GATEWAY_SECRET"] = gateway.gateway_parameters.auth_token
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pyinterpreter.py")
        self._process = subprocess.Popen(
            [python, "-u", script, str(read_there), str(write_there)], pass_fds=(read_there, write_there),
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env, preexec_fn=self._prepare)
        os.close(read_there)
        os.close(write_there)
        self._answers = os.fdopen(read_here, "rb")
        self._requests = os.fdopen(write_here, "wb", buffering=0)
        self._lock = threading.Lock()
        self._stderr = b""
        self._is_dead = False
        self._current = -1  # the last statement that was sent
        self._pump = threading.Thread(target=self._pump_stderr, daemon=True)
        self._pump.start()

    @staticmethod
    def _prepare():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        bridge.die_with_parent()

    def _pump_stderr(self):
        for chunk in iter(lambda: self._process.stderr.read1(65536), b""):
            self._stderr = (self._stderr + chunk)[-STDERR_KEPT:]
            sys.stderr.buffer.write(chunk)
            sys.stderr.buffer.flush()

    def _send(self, request):
        with self._lock:
            self._requests.write(json.dumps(request).encode() + b"\n")

    def execute(self, number, code):
        """The output as JSON text, and whether the process is dead."""
        if self._is_dead:
            return self._death(number, "")
        self._stderr = b""
        try:
            self._send({"op": "execute", "id": number, "code": code})
            self._current = number
        except OSError:
            return self._bury(number)
        for line in self._answers:
            word, _, rest = line.partition(b" ")
            answered, _, output = rest.partition(b" ")
            if word == b"done" and int(answered) == number:
                return output.decode("utf-8").rstrip("\n"), False
        return self._bury(number)

    def cancel(self, number):
        give_up = time.monotonic() + bridge.CANCEL_SECONDS
        while self._current < number and time.monotonic() < give_up:
            time.sleep(0.05)  # a cancel must not overtake what it cancels
        try:
            self._send({"op": "cancel", "id": number})
        except OSError:
            pass

    def _bury(self, number):
        self._is_dead = True
        self._process.kill()
        self._process.wait()
        self._pump.join(1)
        return self._death(number, self._stderr.decode("utf-8", "replace"))

    @staticmethod
    def _death(number, stderr):
        return json.dumps(bridge.error_output(number, "Error", "Interpreter died:\n" + stderr)), True
