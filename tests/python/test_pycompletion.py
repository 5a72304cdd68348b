# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import types
import unittest
from unittest import mock

import pycompletion


class Frame:
    columns = ["name", "na me", 5]


class CompletionTest(unittest.TestCase):
    def setUp(self):
        self.names = {"spark": types.SimpleNamespace(range=1, read=2, _hidden=3), "frame": Frame(), "settings": {"host": 1, 2: 3},
                      "spam": 1}

    def complete(self, code, cursor=None):
        with mock.patch.object(pycompletion, "by_jedi", lambda *arguments: None):
            return pycompletion.complete(code, len(code) if cursor is None else cursor, self.names)

    def test_names_keywords_and_builtins(self):
        self.assertEqual(self.complete("spa"), ["spam", "spark"])
        self.assertEqual(self.complete("impor"), ["import"])
        self.assertIn("print", self.complete("x = prin"))
        self.assertEqual(self.complete(""), [])
        self.assertEqual(self.complete("nothinglikethis"), [])

    def test_attributes_of_live_values(self):
        self.assertEqual(self.complete("spark.r"), ["range", "read"])
        self.assertEqual(self.complete("len(spark.ra"), ["range"])
        self.assertEqual(self.complete("spark._h"), ["_hidden"])
        self.assertIn("upper", self.complete("str.up"))
        self.assertEqual(self.complete("nope.x"), [])
        self.assertEqual(self.complete("spark.nope.x"), [])

    def test_runs_nothing(self):
        ran = []
        self.names["f"] = lambda: ran.append(1)
        self.assertEqual(self.complete("f()."), [])
        self.assertEqual(ran, [])

    def test_columns_and_keys(self):
        self.assertEqual(self.complete("frame['na"), ["na me", "name"])
        self.assertEqual(self.complete('settings["'), ["host"])
        self.assertEqual(self.complete("spam['x"), [])

    def test_modules(self):
        self.assertIn("unittest", self.complete("import unit"))
        self.assertEqual(self.complete("from unittest import moc"), ["mock"])
        self.assertEqual(self.complete("from not_loaded_here import x"), [])

    def test_looks_at_the_word_before_the_cursor(self):
        self.assertEqual(self.complete("spark.ra\nother", 8), ["range"])
        self.assertEqual(self.complete("x\nspark.ra"), ["range"])
        for cursor in (-3, 10_000):
            self.assertIsInstance(self.complete("spark.ra", cursor), list)

    def test_an_attribute_that_fails_is_no_error(self):
        class Bad:
            @property
            def value(self):
                raise RuntimeError
        self.names["bad"] = Bad()
        self.assertEqual(self.complete("bad.value.x"), [])

    def test_jedi_is_asked_where_it_is_there(self):
        try:
            import jedi  # noqa: F401
        except ImportError:
            self.skipTest("jedi is not there")
        self.assertEqual(pycompletion.complete("spark.ran", 9, self.names), ["range"])
