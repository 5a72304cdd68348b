# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import datetime
import decimal
import json
import types
import unittest
from unittest import mock

import bridge
import sqlcompletion
import sqlrunner
import sqlvalues

try:
    from pyspark.sql import types as t
except ImportError:
    t = None


class Frame:
    """Rows of one text column."""

    def __init__(self, texts):
        self.schema = types.SimpleNamespace(fields=[types.SimpleNamespace(dataType=None)], json=lambda: '{"type":"struct"}')
        self._texts = texts

    def take(self, count):
        return [(text,) for text in self._texts[:count]]


class RowsTest(unittest.TestCase):
    def run_sql(self, texts, max_rows=1000):
        runner = sqlrunner.SqlRunner(types.SimpleNamespace(sql=lambda code: Frame(texts)), max_rows)
        with mock.patch("sqlvalues.encoder", lambda kind: json.dumps), mock.patch("sqlvalues.carrier", lambda kind: kind), \
                mock.patch("sqlvalues.in_micros", lambda name, carrier: name):
            output = runner.execute(4, "select")
        self.assertLessEqual(len(output.encode()), bridge.RESULT_BYTES)
        return json.loads(output)["data"]

    def test_rows_that_fit_come_without_a_mark(self):
        self.assertEqual(self.run_sql(["a", "b", "c"], 2), {"application/json": {"schema": {"type": "struct"}, "data": [["a"], ["b"]]}})

    def test_rows_beyond_the_bytes_are_left_out_and_it_is_said(self):
        data = self.run_sql(["x" * 10_000_000] * 7)
        self.assertEqual(len(data["application/json"]["data"]), 3)
        self.assertIn("Only 3 of these 7 rows are shown", data["text/plain"])

    def test_bytes_are_counted_as_they_are_sent(self):
        self.assertEqual(sqlrunner.fitting(["é", "é", "é"], 9), 3)
        self.assertEqual(sqlrunner.fitting(["é", "é", "é"], 8), 2)
        self.assertEqual(sqlrunner.fitting(["aaaa"], 4), 0)
        self.assertEqual(sqlrunner.fitting([], 0), 0)


class CountTest(unittest.TestCase):
    def test_semicolons_in_text_names_and_comments_do_not_count(self):
        for code, count in (("select 1", 1), ("select 1;", 1), ("select 1; select 2", 2), ("a;b;c;;", 3), ("", 0), (";;", 0),
                            ("select ';', \"a;b\", `c;d` -- ; e\n /* ; \n ; */ ;", 1), ("select 'it\\'s;'", 1),
                            ("-- only; a comment", 0), ("select 'open; text", 2)):
            self.assertEqual(sqlrunner.count_statements(code), count, code)


@unittest.skipIf(t is None, "pyspark is not in this Python")
class ValuesTest(unittest.TestCase):
    def encoded(self, kind, value):
        text = sqlvalues.nullable(sqlvalues.encoder(kind))(value)
        return text, json.loads(text)

    def test_numbers_keep_all_digits(self):
        digits = "12345678901234567890.123456789012345678"
        self.assertEqual(self.encoded(t.DecimalType(38, 18), decimal.Decimal(digits))[0], digits)
        self.assertEqual(self.encoded(t.DecimalType(2, 1), decimal.Decimal("1E+1"))[0], "10")
        self.assertEqual(self.encoded(t.LongType(), -2 ** 63)[0], "-9223372036854775808")
        self.assertEqual(self.encoded(t.DoubleType(), -0.0)[0], "-0.0")

    def test_numbers_that_json_lacks_are_words_and_null_is_null(self):
        values = [self.encoded(t.DoubleType(), value)[1] for value in (float("nan"), float("inf"), float("-inf"), None)]
        self.assertEqual(values, ["NaN", "Infinity", "-Infinity", None])

    def test_bytes_are_signed_as_with_livy(self):
        self.assertEqual(self.encoded(t.BinaryType(), bytearray(b"a\xff"))[1], [97, -1])

    def test_times_keep_their_fractions_and_their_years(self):
        for micros, text in ((1704164645123456, "2024-01-02T03:04:05.123456Z"), (0, "1970-01-01T00:00:00Z"),
                             (-1, "1969-12-31T23:59:59.999999Z"), (1704164645100000, "2024-01-02T03:04:05.1Z"),
                             (253402300799999999, "9999-12-31T23:59:59.999999Z"),
                             (253402300800000000, "+10000-01-01T00:00:00Z"), (-62167219201000000, "-0001-12-31T23:59:59Z")):
            self.assertEqual(self.encoded(t.TimestampType(), micros)[1], text)
        self.assertEqual(self.encoded(t.TimestampNTZType(), "2024-01-02 03:04:05.5")[1], "2024-01-02T03:04:05.5")

    def test_days_are_those_of_pythons_calendar(self):
        for day in range(-719162, 2932897, 997):
            expected = datetime.date.fromordinal(day + 719163)
            self.assertEqual(sqlvalues.civil(day), (expected.year, expected.month, expected.day))

    def test_structs_are_objects_and_arrays_where_a_name_comes_twice(self):
        kind = t.StructType([t.StructField("x", t.IntegerType()), t.StructField("y \"", t.ArrayType(t.StringType()))])
        self.assertEqual(self.encoded(kind, (1, ["a", None]))[1], {"x": 1, "y \"": ["a", None]})
        twice = t.StructType([t.StructField("x", t.IntegerType()), t.StructField("x", t.DoubleType())])
        self.assertEqual(self.encoded(twice, (1, None))[1], [1, None])

    def test_maps_are_objects_whatever_their_keys(self):
        self.assertEqual(self.encoded(t.MapType(t.StringType(), t.IntegerType()), {"k\n": 1, "": None})[1], {"k\n": 1, "": None})
        self.assertEqual(self.encoded(t.MapType(t.IntegerType(), t.TimestampType()), {1: 500000})[1],
                         {"1": "1970-01-01T00:00:00.5Z"})
        self.assertEqual(self.encoded(t.MapType(t.ArrayType(t.IntegerType()), t.IntegerType()), {"[1]": 2})[1], {"[1]": 2})

    def test_only_what_python_cannot_hold_is_cast(self):
        for kind in (t.LongType(), t.StringType(), t.BinaryType(), t.ArrayType(t.DoubleType()), t.DecimalType(38, 18), t.TimestampType()):
            self.assertEqual(sqlvalues.carrier(kind), kind)
        for kind in (t.DateType(), t.TimestampNTZType(), t.DayTimeIntervalType(), t.YearMonthIntervalType()):
            self.assertEqual(sqlvalues.carrier(kind), t.StringType())
        nested = t.ArrayType(t.StructType([t.StructField("a", t.MapType(t.StringType(), t.DateType()))]))
        self.assertEqual(sqlvalues.carrier(nested).elementType.fields[0].dataType, t.MapType(t.StringType(), t.StringType()))

    def test_timestamps_are_asked_for_as_micros_wherever_they_are(self):
        time = t.TimestampType()
        record = t.StructType([t.StructField("c0", t.LongType()), t.StructField("c1", time)])
        for kind, expected in (
                (time, "unix_micros(c)"), (t.ArrayType(t.LongType()), "c"), (t.MapType(t.StringType(), t.LongType()), "c"),
                (t.ArrayType(t.ArrayType(time)), "transform(c, x0 -> transform(x0, x1 -> unix_micros(x1)))"),
                (t.MapType(time, t.LongType()), "transform_keys(c, (k0, x0) -> unix_micros(k0))"),
                (t.MapType(t.LongType(), time), "transform_values(c, (k0, x0) -> unix_micros(x0))"),
                (record, "if(c is null, null, named_struct('c0', c.c0, 'c1', unix_micros(c.c1)))")):
            self.assertEqual(sqlvalues.in_micros("c", kind), expected)


class Table:
    def __init__(self, name, columns=()):
        self.tableName = name
        self.columns = list(columns)


class FakeSession:
    """A catalog of two tables."""
    tables = {"people": ["person_id", "name"], "db.cities": ["city"]}

    class _jsparkSession:
        @staticmethod
        def sessionState():
            class Registry:
                functionRegistry = staticmethod(lambda: Registry)
                listFunction = staticmethod(lambda: Registry)
                mkString = staticmethod(lambda separator: separator.join(["`abs`", "`system`.`percentile`", "&"]))
            return Registry

    def table(self, name):
        return Table(name, self.tables[name])

    def sql(self, code):
        class Frame:
            @staticmethod
            def collect():
                return [Table("cities")] if "`db`" in code else [Table("people")]
        return Frame


class CompletionTest(unittest.TestCase):
    def complete(self, code, cursor=None):
        return sqlcompletion.SqlCompletion(FakeSession()).complete(code, len(code) if cursor is None else cursor)

    def test_words_of_the_language_in_the_case_that_was_begun(self):
        self.assertEqual(self.complete("sele"), ["select"])
        self.assertEqual(self.complete("SELE"), ["SELECT"])

    def test_functions_tables_and_columns(self):
        self.assertEqual(self.complete("select ab"), ["abs"])
        self.assertEqual(self.complete("select * from peo"), ["people"])
        self.assertEqual(self.complete("select per from people", 10), ["person_id", "percentile"])
        self.assertEqual(self.complete("select p. from people p", 9), ["person_id", "name"])
        self.assertEqual(self.complete("select people.n from people", 15), ["name"])
        self.assertEqual(self.complete("select * from db.ci"), ["cities"])
        self.assertEqual(self.complete("select ci from db.cities", 9), ["city"])

    def test_odd_places_give_nothing_bad(self):
        for code, cursor in (("", 0), ("select", -5), ("select 1", 99), ("select nope. from x", 12), ("'", 1)):
            self.assertIsInstance(self.complete(code, cursor), list)
