# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import os
import stat
import sys
import tempfile
import threading
import time
import unittest
from unittest import mock

import rchild
import rkeeper

# Stands in for R: does what the statement's code says in Python, and speaks as rinterpreter.R does.
FAKE = f"""#!{sys.executable}
import os, signal, sys, time
words = sys.argv[sys.argv.index("--args") + 1:]
folder, mark = words[1], words[2].encode("utf-8", "surrogateescape")
def out(data):
    os.write(1, data if isinstance(data, bytes) else data.encode())
def fail(text):
    open(folder + "/failure", "w").write(text)
def plot(name, content):
    open(f"{{folder}}/plot-{{name}}.png", "wb").write(content)
out("starting\\n")
exec(os.environ.get("FAKE_START", ""))
out(mark + b"-1\\x03")
with os.fdopen(int(words[0])) as numbers:
    for number in numbers:
        number = number.strip().encode()
        try:
            exec(open(folder + "/code.R", encoding="utf-8").read())
        except KeyboardInterrupt:
            fail("cancelled\\x03")
        out(mark + number + b"\\x03")
"""


class Streamer:
    def __init__(self):
        self.begun, self.output = threading.Event(), None

    def begin(self, number, output):
        self.output = output
        self.begun.set()

    def finish(self):
        pass


class Backend:
    port, secret, names = 1234, "hush", ["1", "2"]

    def __init__(self, *_):
        self.is_closed = self.in_java = False
        self.interrupted = []

    def interrupt(self, thread):
        self.interrupted.append(thread)
        return self.in_java

    def close(self):
        self.is_closed = True


class RTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.program = os.path.join(self.folder, "R")
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(FAKE)
        os.chmod(self.program, stat.S_IRWXU)
        self.streamer = Streamer()
        for patch in (mock.patch.object(tempfile, "tempdir", self.folder), mock.patch.object(rchild, "Backend", Backend)):
            patch.start()
            self.addCleanup(patch.stop)

    def start(self, **environment):
        self.backend = Backend()
        child = rchild.RChild(self.program, environment, self.backend, self.streamer)
        self.addCleanup(self.finish, child)
        return child

    @staticmethod
    def finish(child):
        child.end()
        child.close()

    def started(self):
        child = self.start()
        self.assertIsNone(child.wait_for_start())
        return child

    def test_output_is_what_came_before_the_mark(self):
        child = self.started()
        self.assertEqual(child.execute(5, "out('[1] 2\\n')"),
                         ({"status": "ok", "execution_count": 5, "data": {"text/plain": "[1] 2"}}, False))
        self.assertEqual(child.execute(6, "pass")[0]["data"], {"text/plain": ""})

    def test_a_mark_in_pieces_and_one_of_another_number_and_bytes_that_are_no_text(self):
        child = self.started()
        output, is_dead = child.execute(1, "\n".join([
            "out('é€'.encode()[:4]); time.sleep(0.05); out('é€'.encode()[4:] + b'\\xff\\x02')",
            "out(mark + b'77\\x03'); half = (mark + number + b'\\x03')", "out(half[:20]); time.sleep(0.05); out(half[20:])",
            "time.sleep(600)"]))
        self.assertFalse(is_dead)
        text = output["data"]["text/plain"]
        self.assertTrue(text.startswith("é€\ufffd\x02\x02") and text.endswith("77\x03"), text)

    def test_a_failure_has_its_message_and_the_java_frames_in_its_traceback(self):
        child = self.started()
        output, is_dead = child.execute(2, "out('lost\\n'); fail('boom\\nat last\\n\\tat a.B.c(D.java:1)\\n\\x03f(1)\\ng(2)\\n')")
        self.assertEqual(output, {"status": "error", "execution_count": 2, "ename": "Error", "evalue": "boom\nat last",
                                  "traceback": ["f(1)\n", "g(2)\n", "\tat a.B.c(D.java:1)\n"]})
        self.assertFalse(is_dead)
        self.assertEqual(child.execute(3, "pass")[0]["status"], "ok")

    def test_the_last_page_that_was_drawn_is_the_picture(self):
        child = self.started()
        output, _ = child.execute(4, "plot('001', b'first'); plot('002', b'second'); plot('003', b'')")
        self.assertEqual(base64.b64decode(output["data"]["image/png"]), b"second")

    def test_a_death_says_how_and_what_was_said_last(self):
        child = self.started()
        output, is_dead = child.execute(1, "out('last words\\n'); os._exit(7)")
        self.assertEqual((output["ename"], output["evalue"], is_dead),
                         ("Error", "Interpreter died:\nlast words\nR ended with exit code 7.\n", True))
        output, is_dead = child.execute(2, "pass")
        self.assertTrue(is_dead)

    def test_a_death_is_seen_also_while_something_holds_its_output(self):
        child = self.started()
        with mock.patch.object(rchild, "GRACE_SECONDS", 0.1):
            output, is_dead = child.execute(1, "import subprocess; print(subprocess.Popen(['sleep', '2']).pid); "
                                               "os.kill(os.getpid(), 9)")
        self.assertTrue(is_dead)
        self.assertIn("R was ended by signal 9.", output["evalue"])

    def test_an_interrupt_reaches_the_statement_that_it_is_for_and_no_other(self):
        child = self.started()
        outcome = []
        runner = threading.Thread(target=lambda: outcome.append(child.execute(
            8, "open(folder + '/thread', 'w').write('17\\n'); out('x'); time.sleep(600)")))
        runner.start()
        self.streamer.begun.wait(30)
        deadline = time.monotonic() + 30
        while not self.streamer.output.text() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertFalse(child.interrupt(7))
        self.backend.in_java = True
        self.assertTrue(child.interrupt(8))
        self.assertEqual(self.backend.interrupted, ["17"])
        runner.join(0.2)
        self.assertTrue(runner.is_alive())
        self.backend.in_java = False
        self.assertTrue(child.interrupt(8))
        runner.join(30)
        self.assertEqual(outcome[0][0]["evalue"], "cancelled")
        self.assertFalse(child.interrupt(8))

    def test_the_environment_leads_to_sparks_own_library_first(self):
        spark = os.path.join(self.folder, "spark")
        os.makedirs(os.path.join(spark, "R", "lib", "SparkR"))
        with mock.patch.dict(os.environ, {"SPARK_HOME": spark, "R_LIBS": "/mine", "LANG": "C", "LC_ALL": ""}):
            env = rchild.environment_for({"TMPDIR": None}, 99, "s")
        self.assertEqual(env["R_LIBS"], f"{spark}/R/lib:/mine")
        self.assertEqual((env["EXISTING_SPARKR_BACKEND_PORT"], env["SPARKR_BACKEND_AUTH_SECRET"]), ("99", "s"))
        self.assertEqual(env["LC_ALL"], "C.UTF-8")
        self.assertNotIn("TMPDIR", env)
        with mock.patch.dict(os.environ, {"SPARK_HOME": "/nowhere", "LANG": "de_DE.utf8"}, clear=True):
            self.assertEqual(rchild.environment_for({}, 1, "")["R_LIBS"], "")
            self.assertNotIn("LC_ALL", rchild.environment_for({}, 1, ""))

    def test_workers_start_through_a_program_of_ours_only_where_spark_would_find_none(self):
        with mock.patch.dict(os.environ, {"SPARK_HOME": "/nowhere", "SPARKR_DRIVER_R": self.program}):
            made = rchild.worker_settings({}, self.folder)["spark.r.command"]
            self.assertTrue(os.access(made, os.X_OK))
            self.assertIn(f"exec {self.folder}/Rscript --vanilla", open(made, encoding="utf-8").read())
            self.assertEqual(rchild.worker_settings({"spark.r.command": "mine"}, self.folder), {})
        with mock.patch.dict(os.environ, {"SPARKR_DRIVER_R": "/nowhere/R"}):
            self.assertEqual(rchild.worker_settings({}, self.folder), {})

    def keeper(self, **conf):
        conf.setdefault("spark.repl.class.outputDir", os.path.join(self.folder, "classes"))
        keeper = rkeeper.RKeeper({"conf": conf, "environment": {}}, self.streamer)
        keeper.attach(None, None, None)
        return keeper

    def test_without_r_the_refusal_is_livys_and_says_why(self):
        keeper = self.keeper(**{"spark.r.shell.command": "/nowhere/R"})
        output, is_dead = keeper.execute(3, "1")
        self.assertEqual((output["ename"], output["evalue"], is_dead), ("InterpreterError", "Fail to start interpreter", False))
        self.assertIn("no program /nowhere/R", output["traceback"][0])
        self.assertFalse(keeper.interrupt(3))

    def test_without_sparkr_the_refusal_says_what_r_said_and_the_next_statement_tries_again(self):
        for start, words in (("fail('no SparkR\\x03')", "no SparkR"), ("out('crash'); os._exit(1)", "crash")):
            with self.subTest(words), mock.patch.dict(os.environ, {"FAKE_START": start}):
                keeper = self.keeper(**{"spark.r.shell.command": self.program})
                output, is_dead = keeper.execute(1, "out('x')")
                self.assertEqual(output["evalue"], "Fail to start interpreter")
                self.assertIn(words, output["traceback"][0])
                self.assertFalse(is_dead)
        with mock.patch.dict(os.environ, {"FAKE_START": ""}):
            output, is_dead = keeper.execute(2, "out('x')")
            self.assertEqual(output["data"]["text/plain"], "x")
            self.addCleanup(self.finish, keeper._child)
            self.assertTrue(keeper.execute(3, "os._exit(0)")[1])
            self.assertEqual(keeper.execute(4, "out('x')")[0]["evalue"], "Interpreter died:\n")
            keeper.forget_dead()
            self.assertEqual(keeper.execute(5, "out('fresh')")[0]["data"]["text/plain"], "fresh")
            keeper.forget_dead()
            self.assertEqual(keeper.execute(6, "out('the same')")[0]["status"], "ok")
            self.addCleanup(self.finish, keeper._child)


if __name__ == "__main__":
    unittest.main()
