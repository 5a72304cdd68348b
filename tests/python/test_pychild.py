# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import queue
import signal
import sys
import tempfile
import threading
import unittest
from unittest import mock

import pykeeper

SECONDS = 60
# Stands for the user's Python: runs what it is sent, and answers only what that code answers.
SCRIPT = f"""#!{sys.executable}
import json, os, subprocess, sys, time
reader, writer = map(int, sys.argv[-2:])
def say(text):
    os.write(writer, text.encode() + b"\\n")
for line in os.fdopen(reader):
    request = json.loads(line)
    say("saw 0 " + request["op"])
    if request["op"] == "execute":
        exec(request["code"])
"""
HOLDER = """
child = subprocess.Popen(["sleep", "600"], pass_fds=(reader, writer))
say(f"holder {child.pid} -")
os._exit(3)
"""


class Gateway:
    class gateway_parameters:
        port, auth_token = 1, ""

    class proc:
        pid = os.getpid()


class Writer:
    def __init__(self):
        self.sent = queue.Queue()

    def send(self, word, number, value):
        self.send_raw(word, number, json.dumps(value))

    def send_raw(self, word, number, text):
        self.sent.put((word, number, text))

    def wait_for(self, word):
        while (found := self.sent.get(timeout=SECONDS))[0] != word:
            pass
        return found

    def words(self):
        return [self.sent.get()[0] for _ in range(self.sent.qsize())]


class StubChild:
    def __init__(self, is_dead=False):
        self.is_dead = is_dead
        self.cancelled = []

    def cancel(self, number):
        self.cancelled.append(number)
        return not self.is_dead


class PythonTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        python = os.path.join(folder.name, "python")
        with open(python, "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        os.chmod(python, 0o700)
        for patch in (mock.patch.dict(os.environ, SPARK_HOME=folder.name),
                      mock.patch.object(pykeeper.processes, "kill_orphans"), mock.patch("sys.stderr")):
            patch.start()
            self.addCleanup(patch.stop)
        self.writer = Writer()
        self.keeper = pykeeper.PythonKeeper({"python": python, "environment": {}, "sqlRows": 1}, self.writer)
        self.addCleanup(lambda: self.keeper._child.end())
        self.keeper.attach(Gateway)

    def background(self, target, *arguments):
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        thread.start()
        return thread

    def finishes(self, thread):
        thread.join(SECONDS)
        return not thread.is_alive()

    def test_its_end_is_noticed_though_what_it_started_holds_its_pipes(self):
        outcome = queue.Queue()
        self.background(lambda: outcome.put(self.keeper.execute(0, HOLDER)))
        holder = self.writer.wait_for("holder")[1]
        self.addCleanup(os.kill, holder, signal.SIGKILL)
        output, is_dead = outcome.get(timeout=SECONDS)
        self.assertTrue(is_dead)
        self.assertIn("exit code 3", json.loads(output)["evalue"])
        self.assertEqual(self.writer.wait_for("python"), ("python", 0, '{"alive": false}'))

    def test_a_restart_ends_what_runs_and_waits_until_that_was_reported(self):
        running = [1]

        def execute():
            self.outcome = self.keeper.execute(1, "say('on 1 -'); time.sleep(600)")
            running[0] = None
        statement = self.background(execute)
        self.writer.wait_for("on")
        self.assertTrue(self.finishes(self.background(self.keeper.restart, lambda: running[0])))
        self.assertTrue(self.finishes(statement))
        self.assertIn("was restarted", self.outcome[0])
        self.assertEqual(self.writer.wait_for("python")[2], '{"alive": true}')

    def test_a_restart_does_not_wait_for_a_statement_that_waits_for_it(self):
        self.assertTrue(self.finishes(self.background(self.keeper.restart, lambda: 7)))

    def test_a_death_that_is_told_after_the_restart_changes_nothing(self):
        old = self.keeper._child
        self.keeper.restart(lambda: None)
        self.writer.wait_for("python")
        self.keeper._died(old, "late")
        self.assertNotIn("python", self.writer.words())

    def test_a_cancel_during_a_restart_reaches_the_new_python(self):
        real, new = self.keeper._child, StubChild()
        self.addCleanup(setattr, self.keeper, "_child", real)
        self.keeper._child = StubChild(is_dead=True)
        with self.keeper._lock:
            cancelling = self.background(self.keeper.cancel, 5)
            self.keeper._child = new
        self.assertTrue(self.finishes(cancelling))
        self.assertEqual(new.cancelled, [5])

    def test_a_cancel_of_what_a_dead_python_did_not_get_ends(self):
        self.keeper._child.end()
        self.assertTrue(self.finishes(self.background(self.keeper.cancel, 5)))

    def test_what_was_asked_is_answered_also_by_a_death(self):
        self.assertTrue(self.keeper.ask({"op": "complete", "id": 4}))
        self.assertTrue(self.keeper.add({"op": "add_pyfile", "id": 5, "path": "/m.py"}))
        self.background(self.keeper.execute, 0, "os._exit(3)")
        self.assertEqual(self.writer.wait_for("candidates"), ("candidates", 4, "[]"))
        self.assertIn("exit code 3", self.writer.wait_for("added")[2])
        self.writer.wait_for("python")
        self.assertFalse(self.keeper.ask({"op": "complete", "id": 6}))

    def test_an_answer_is_given_once(self):
        self.assertTrue(self.keeper.ask({"op": "complete", "id": 4}))
        self.background(self.keeper.execute, 0, "say('candidates 4 [1]'); os._exit(3)")
        self.assertEqual(self.writer.wait_for("candidates")[2], "[1]")
        self.writer.wait_for("python")
        self.assertNotIn("candidates", self.writer.words())
        self.assertEqual(self.keeper._child._asked, {})
