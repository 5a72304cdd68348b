# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import decimal
import json
import unittest

import magics


def table_of(value, **names):
    return magics.run("table", "v", {"v": value}, names.get("max_rows", 1000))[magics.TABLE_MIME]


class TableTest(unittest.TestCase):
    def test_dicts_have_sorted_columns(self):
        self.assertEqual(table_of([{"name": "a", "n": 1}, {"name": None, "n": 2}]), {
            "headers": [{"name": "n", "type": "INT_TYPE"}, {"name": "name", "type": "STRING_TYPE"}],
            "data": [[1, "a"], [2, None]]})

    def test_sequences_have_numbered_columns_and_short_rows_are_filled(self):
        found = table_of([(1, "a"), [2]])
        self.assertEqual([header["name"] for header in found["headers"]], ["0", "1"])
        self.assertEqual(found["data"], [[1, "a"], [2, None]])
        self.assertEqual(table_of([{"b": 1, "a": 2}, {"a": 3}])["data"], [[2, 1], [3, None]])

    def test_all_of_livys_types_are_named(self):
        row = (None, True, 1, 2.5, "s", datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3), decimal.Decimal("1.10"),
               [1, None], {"a": (1,)}, object)
        found = table_of([row])
        self.assertEqual([header["type"] for header in found["headers"]], [kind + "_TYPE" for kind in (
            "NULL", "BOOLEAN", "INT", "DOUBLE", "STRING", "DATE", "TIMESTAMP", "DECIMAL", "ARRAY", "MAP", "STRING")])
        self.assertEqual(found["data"][0][4:10],
                         ["s", "2024-01-02", "2024-01-02 03:00:00", "1.10", [1, None], {"a": [1]}])

    def test_whole_numbers_become_real_ones_beside_them_and_nothing_else_mixes(self):
        self.assertEqual(table_of([[1], [2.5], [None]])["headers"][0]["type"], "DOUBLE_TYPE")
        for value in ([[1], ["x"]], [{"a": 1}, {"a": "x"}], [[True], [1]], [{"a": 1}, [1]]):
            with self.assertRaises(ValueError):
                table_of(value)

    def test_is_json_whatever_the_numbers(self):
        found = table_of([[float("nan"), float("inf"), float("-inf"), 10 ** 30]])
        self.assertEqual(found["data"], [["NaN", "Infinity", "-Infinity", 10 ** 30]])
        json.dumps(found, allow_nan=False)

    def test_empty_and_single_values(self):
        self.assertEqual(table_of([]), {"headers": [], "data": []})
        self.assertEqual(table_of(5)["data"], [[5]])
        self.assertEqual(table_of({"a": 1})["data"], [[1]])

    def test_reads_data_frames_up_to_the_cap(self):
        pandas = optional(self, "pandas")
        frame = pandas.DataFrame([[1, 2.5, "x", pandas.NaT], [2, None, None, pandas.Timestamp("2024-01-02")]],
                                 columns=["a", "a", "b", "t"])
        found = table_of(frame)
        self.assertEqual([(header["name"], header["type"]) for header in found["headers"]],
                         [("a", "INT_TYPE"), ("a", "DOUBLE_TYPE"), ("b", "STRING_TYPE"), ("t", "TIMESTAMP_TYPE")])
        self.assertEqual(found["data"], [[1, 2.5, "x", None], [2, None, None, "2024-01-02 00:00:00"]])
        self.assertEqual(len(table_of(frame, max_rows=1)["data"]), 1)
        json.dumps(found, allow_nan=False)


class OtherMagicsTest(unittest.TestCase):
    def test_json_takes_what_json_can_hold(self):
        self.assertEqual(magics.run("json", "j", {"j": {"a": [1, 2]}}, 1), {"application/json": {"a": [1, 2]}})
        for value, kind in ((float("nan"), ValueError), ({1, 2}, TypeError), (datetime.date(2024, 1, 2), TypeError)):
            with self.assertRaises(kind):
                magics.run("json", "j", {"j": value}, 1)

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(Exception, "unknown magic command 'nope'") as caught:
            magics.run("nope", "x", {}, 1)
        self.assertEqual(type(caught.exception).__name__, "UnknownMagic")
        with self.assertRaisesRegex(ValueError, "%table needs the name"):
            magics.run("table", "", {}, 1)
        with self.assertRaises(KeyError):
            magics.run("json", "nope", {}, 1)

    def test_matplot_draws_the_current_figure_and_clears_it(self):
        matplotlib = optional(self, "matplotlib")
        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        png = magics.run("matplot", "plt", {"plt": plt}, 1)["image/png"]
        self.assertTrue(png.startswith("iVBORw0KGgo"))
        self.assertEqual(plt.gcf().axes, [])
        figure = plt.figure()
        self.assertTrue(magics.run("matplot", "f", {"f": figure}, 1)["image/png"].startswith("iVBORw0KGgo"))
        plt.close("all")
        with self.assertRaises(AttributeError):
            magics.run("matplot", "n", {"n": 5}, 1)


def optional(test, name):
    try:
        return __import__(name)
    except ImportError:
        test.skipTest(f"{name} is not there")
