# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import threading
import unittest

import pyinterpreter


class Context:
    def __init__(self):
        self.added = []

    def addPyFile(self, path):
        self.added.append(path)


class EarlyRequestTest(unittest.TestCase):
    def test_what_comes_before_the_jvm_is_reached_waits_for_it(self):
        requests, ask = os.pipe()
        answers, answer = os.pipe()
        interpreter = pyinterpreter.Interpreter(requests, answer)
        threading.Thread(target=interpreter._read, daemon=True).start()
        # The pipe stays open: its end would end this process.
        os.write(ask, json.dumps({"op": "add_pyfile", "id": 3, "path": "/m.py"}).encode() + b"\n")
        context = Context()
        interpreter._context = context
        self.assertEqual(context.added, [])
        interpreter._attached.set()
        self.assertEqual(os.read(answers, 100), b'added 3 {"error": null}\n')
        self.assertEqual(context.added, ["/m.py"])


if __name__ == "__main__":
    unittest.main()
