# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps one user Python for the session: starts it, says when it dies, and replaces it on demand."""
import json
import sys
import threading
import time

import bridge
import processes
import pychild


class PythonKeeper:
    """Started before the JVM is there, so that both come up at once; `attach` brings them together."""

    def __init__(self, start, writer):
        self._python = start["python"]
        self._environment = start["environment"]
        self._rows = start["sqlRows"]
        self._writer = writer
        self._gateway = None
        self._pyfiles = []
        self._problem = None
        self._given = None  # the last statement that a Python got
        self._lock = threading.Lock()  # held while one Python takes the place of another
        with self._lock:
            self._child = self._make()

    def _make(self):
        try:
            self._problem = None
            return pychild.PythonChild(self._python, self._environment, self._forward, self._died)
        except OSError as error:
            self._problem = f"{self._python} does not start: {error}"
            print(self._problem, file=sys.stderr, flush=True)
            return None

    def attach(self, gateway):
        self._gateway = gateway
        if self._child:
            self._child.attach(gateway, self._rows)
            for path in self._pyfiles:
                self._child.send({"op": "add_pyfile", "id": -1, "path": path})

    def execute(self, number, code):
        with self._lock:
            child, self._given = self._child, number
        if child:
            return child.execute(number, code)
        return json.dumps(bridge.error_output(
            number, "InterpreterError", "Fail to start interpreter", [self._problem + "\n"])), False

    def ask(self, request):
        """False = no Python is there that could answer."""
        child = self._child
        if child is None or child.is_dead:
            return False
        child.ask(request)
        return True

    def cancel(self, number):
        tried = None
        while True:
            with self._lock:
                child = self._child
            if child in (None, tried) or child.cancel(number):
                return
            tried = child  # its successor may have got the statement

    def add(self, request):
        self._pyfiles.append(request["path"])
        return self.ask(request)

    def restart(self, running):
        """Ends the process and what it runs; `running()`, the number of that statement, tells when it was reported."""
        with self._lock:
            if self._child:
                self._child.end()
            # A statement that no Python has got waits for this lock, and its end would be waited for in vain.
            while self._given is not None and running() == self._given:
                time.sleep(0.02)
            if self._child:
                self._bury()
            self._child = self._make()
            self.attach(self._gateway)
            self._writer.send("python", 0, {"alive": self._child is not None})

    def _bury(self):
        """What the dead Python started ends too: nobody could stop it any more."""
        if self._gateway:
            processes.kill_orphans(keep=(self._gateway.proc.pid, self._child.pid))

    def _forward(self, word, number, text):
        if number >= 0:
            self._writer.send_raw(word, number, text)

    def _died(self, child, why):
        print(why, file=sys.stderr, flush=True)
        with self._lock:
            if child is not self._child:
                return  # another has taken its place
            self._bury()
            self._writer.send("python", 0, {"alive": False})
