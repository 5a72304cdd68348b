# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import sys
import threading
import unittest
from unittest import mock

import bridge
import failures
import pyinterpreter

FORKING = f'''import os, sys, threading
sys.path.insert(0, {os.path.dirname(bridge.__file__)!r})
import pyinterpreter
requests, ask = os.pipe()
answers, answer = os.pipe()
os.set_inheritable(answer, True)
interpreter = pyinterpreter.Interpreter(requests, answer)
interpreter._keep_pipes_private()
if os.fork() == 0:
    own = os.open(os.devnull, os.O_RDONLY)  # files of its own in their places
    os.dup2(own, requests), os.dup2(own, answer)
    if os.fork() == 0:
        os.fstat(requests), os.fstat(answer)
        os._exit(0)
    assert os.wait()[1] == 0
    os.dup2(ask, answer)
    try:
        interpreter._writer.send("done", 1, "from the fork")
    except OSError:
        os._exit(7)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 7
assert not os.get_inheritable(requests) and not os.get_inheritable(answer)
interpreter._writer.send("done", 1, "of its own")
print(os.read(answers, 100).decode(), end="")
'''
PRINTING = f'''import sys
sys.path.insert(0, {os.path.dirname(bridge.__file__)!r})
import bridge
bridge.write_any_text()
for stream in (sys.stdout, sys.stderr):
    print("\\u00e9\\ud83d", file=stream)
'''


class Context:
    def __init__(self):
        self.added = []

    def addPyFile(self, path):
        self.added.append(path)


class Gate(threading.Event):
    """Tells when somebody waits at it."""

    def __init__(self):
        super().__init__()
        self.reached = threading.Event()

    def wait(self, timeout=None):
        self.reached.set()
        return super().wait(timeout)


class EarlyRequestTest(unittest.TestCase):
    def test_what_comes_before_the_jvm_is_reached_waits_for_it(self):
        requests, ask = os.pipe()
        answers, answer = os.pipe()
        interpreter = pyinterpreter.Interpreter(requests, answer)
        interpreter._context = context = Context()
        interpreter._attached = gate = Gate()
        threading.Thread(target=interpreter._read, daemon=True).start()
        # The pipe stays open: its end would end this process.
        os.write(ask, json.dumps({"op": "add_pyfile", "id": 3, "path": "/m.py"}).encode() + b"\n")
        self.assertTrue(gate.reached.wait(30))
        self.assertEqual(context.added, [])
        gate.set()
        self.assertEqual(os.read(answers, 100), b'added 3 {"error": null}\n')
        self.assertEqual(context.added, ["/m.py"])


class OwnPipesTest(unittest.TestCase):
    def test_what_the_user_forks_or_starts_does_not_have_them(self):
        done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.stderr, done.stdout), ("", 'done 1 "of its own"\n'))


class LogTest(unittest.TestCase):
    def test_takes_any_text_in_any_locale(self):
        done = subprocess.run([sys.executable, "-c", PRINTING], capture_output=True, timeout=60,
                              env={**os.environ, "PYTHONIOENCODING": "latin-1:strict"})
        self.assertEqual((done.stdout, done.stderr), (b"\xc3\xa9\\ud83d\n",) * 2)


class Rude(Exception):
    def __str__(self):
        raise SystemExit


class FailureTest(unittest.TestCase):
    def test_a_long_chain_is_told(self):
        error = ValueError("last")
        link = error
        for _ in range(5000):
            link.__context__ = KeyError("before")
            link = link.__context__
        described = failures.describe(0, error)
        self.assertEqual((described["ename"], described["evalue"]), ("ValueError", "last"))

    def test_an_exception_that_ends_the_program_when_it_is_asked_does_not(self):
        described = failures.describe(2, Rude())
        self.assertEqual((described["ename"], described["evalue"]), ("Rude", "<unprintable exception>"))

    def test_a_traceback_that_cannot_be_made_is_left_out(self):
        with mock.patch.object(failures, "trim", side_effect=RecursionError):
            self.assertEqual(failures.describe(2, ValueError("x")), bridge.error_output(2, "ValueError", "x"))


if __name__ == "__main__":
    unittest.main()
