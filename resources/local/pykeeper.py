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
        self._restarting = threading.Lock()
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
        with self._restarting:
            child = self._child
        if child:
            return child.execute(number, code)
        return json.dumps(bridge.error_output(
            number, "InterpreterError", "Fail to start interpreter", [self._problem + "\n"])), False

    def send(self, request):
        """False = no Python is there that could answer."""
        return self._child is not None and not self._child.is_dead and self._child.send(request)

    def cancel(self, number):
        if self._child:
            self._child.cancel(number)

    def add(self, request):
        self._pyfiles.append(request["path"])
        return self.send(request)

    def restart(self, running):
        """Ends the process and what it runs; `running()`, the number of that statement, tells when it was reported."""
        with self._restarting:
            ended = running()
            if self._child:
                self._child.end()
            while ended is not None and running() == ended:
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

    def _died(self, why):
        print(why, file=sys.stderr, flush=True)
        self._bury()
        self._writer.send("python", 0, {"alive": False})
