# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import unittest
from unittest import mock

import scalaerrors
import scalaoutput
import scalarepl
import scalatable


class RelocatedTest(unittest.TestCase):
    def test_a_single_line_gets_its_place_and_its_source(self):
        text = '                    ^\n       error: type mismatch;\n        found   : String("a")\n        required: Int\n'
        self.assertEqual(scalaerrors.relocated(text, 5, 'val y: Int = "a"'), [
            "<console>:5: error: type mismatch;", '        found   : String("a")', "        required: Int",
            '       val y: Int = "a"', "                    ^"])

    def test_lines_of_a_longer_piece_are_counted_from_the_cells_beginning(self):
        text = ("         nope + nope2\n         ^\nOn line 3: error: not found: value nope\n"
                "         nope + nope2\n                ^\nOn line 3: error: not found: value nope2\n")
        self.assertEqual(scalaerrors.relocated(text, 10, "val b = {\n  1 +\n  nope + nope2\n}"), [
            "<console>:12: error: not found: value nope", "         nope + nope2", "         ^",
            "<console>:12: error: not found: value nope2", "         nope + nope2", "                ^"])

    def test_two_mistakes_in_one_line_stay_apart(self):
        text = ("    ^\n       error: a;\n        found: x\n          ^\n       error: b\n       did you mean c?\n")
        self.assertEqual(scalaerrors.relocated(text, 1, "line"), [
            "<console>:1: error: a;", "        found: x", "       line", "    ^",
            "<console>:1: error: b", "       did you mean c?", "       line", "          ^"])

    def test_what_the_code_printed_stays_in_front(self):
        self.assertEqual(scalaerrors.relocated("hi\n  ^\n       error: e\n", 1, "p")[:2], ["hi", "<console>:1: error: e"])

    def test_scala_2_12_is_given_the_lines_of_the_cell(self):
        single = '<console>:22: error: type mismatch;\n found   : String("a")\n required: Int\n       val y: Int = "a"\n                    ^\n'
        self.assertEqual(scalaerrors.relocated(single, 5, 'val y: Int = "a"'), [
            "<console>:5: error: type mismatch;", ' found   : String("a")', " required: Int", '       val y: Int = "a"',
            "                    ^"])
        part = "<console>:24: error: not found: value %\n        %table rs\n        ^\n"
        self.assertEqual(scalaerrors.relocated(part, 2, "val rs=Seq(1); %table rs")[0], "<console>:2: error: not found: value %")
        several = ("<console>:26: error: not found: value nope\n         nope\n         ^\n"
                   "<console>:27: error: not found: value nope2\n         nope2\n         ^\n")
        self.assertEqual(scalaerrors.relocated(several, 10, "val b = {\n  nope\n  nope2\n}")[::3], [
            "<console>:11: error: not found: value nope", "<console>:12: error: not found: value nope2"])

    def test_the_compilers_own_line_stays_where_nothing_tells_the_cells(self):
        text = "<console>:26: error: not found: value x\n         x\n         ^\n"
        for piece in ("{\nx\nx\n}", "{\na\nb\n}"):
            self.assertEqual(scalaerrors.relocated(text, 3, piece)[0], "<console>:26: error: not found: value x")

    def test_everything_else_is_left_as_it_is(self):
        for text in ("java.lang.RuntimeException: boom\n  ... 33 elided\n", "<console>:24: error: not found: value x\n",
                     "^\n", "", "       ^\nnothing\n"):
            self.assertEqual(scalaerrors.relocated(text, 3, "x"), text.rstrip().split("\n"))


class FailureTest(unittest.TestCase):
    def test_the_error_itself_is_the_value_also_after_printed_text(self):
        found = scalaerrors.failure(3, ["a", "java.lang.RuntimeException: boom", "  ... 3 elided"])
        self.assertEqual((found["ename"], found["evalue"], found["traceback"]),
                         ("Error", "java.lang.RuntimeException: boom", ["a\n", "  ... 3 elided\n"]))

    def test_an_interrupt_that_says_nothing_is_no_empty_error(self):
        for lines in ([""], []):
            self.assertIn("without a word", scalaerrors.failure(0, lines)["evalue"])

    def test_an_exception_is_told_its_line_of_the_cell(self):
        self.assertEqual(scalaerrors.failure(0, ["java.lang.ArithmeticException: / by zero"], 4)["traceback"],
                         ["  at line 4 of the cell\n"])
        self.assertEqual(scalaerrors.failure(0, ["<console>:4: error: e"], 4)["traceback"], [])


class PiecesTest(unittest.TestCase):
    def test_lines_that_begin_with_a_dot_join_the_line_before(self):
        self.assertEqual(scalarepl.join_chains(["a", "  .b(1)", " .c", "d", ".5"]),
                         [(1, "a\n  .b(1)\n .c"), (4, "d"), (5, ".5")])
        self.assertEqual(scalarepl.join_chains(["a", "// of a", "", ".b", "// end"]), [(1, "a\n// of a\n\n.b"), (5, "// end")])
        self.assertEqual(scalarepl.join_chains([".b"]), [(1, ".b")])

    def test_comments_alone_are_nothing_to_run(self):
        for piece in ("", "  ", "// c", "/* a\n b */", "/* a */ // b"):
            self.assertTrue(scalarepl.is_blank(piece), piece)
        for piece in ("1 // c", "/* open", "val x = 1"):
            self.assertFalse(scalarepl.is_blank(piece), piece)


class JarTest(unittest.TestCase):
    def test_a_jar_is_read_where_it_is(self):
        jvm = mock.MagicMock()
        self.assertIs(scalarepl.jar_url(jvm, "/a/b.jar"), jvm.java.io.File.return_value.toURI.return_value.toURL.return_value)
        jvm.java.io.File.assert_called_once_with("/a/b.jar")
        self.assertIs(scalarepl.jar_url(jvm, "http://h/b.jar"), jvm.java.net.URL.return_value)
        jvm.java.net.URL.side_effect = ValueError("unknown protocol: hdfs")
        with mock.patch("builtins.print") as said:
            self.assertIsNone(scalarepl.jar_url(jvm, "hdfs://h/b.jar"))
        self.assertIn("hdfs://h/b.jar", said.call_args.args[0])

    def test_jars_of_the_start_and_later_ones_come_before_the_next_statement(self):
        jvm = mock.MagicMock()
        loader = jvm.java.lang.Thread.currentThread.return_value.getContextClassLoader.return_value
        loader.getURLs.return_value = ["of the start"]
        with mock.patch("scalaoutput.ScalaOutput"):
            repl = scalarepl.ScalaRepl(jvm, "/classes", None)
        repl._make = mock.MagicMock()
        repl._scala_list = list
        taken = repl.ready().addUrlsToClassPath
        taken.assert_called_once_with(["of the start"])
        jvm.java.net.URL.side_effect = lambda place: place
        repl.add_jar("http://h/b.jar")
        loader.addURL.assert_called_once_with("http://h/b.jar")
        repl.ready()
        taken.assert_called_with(["http://h/b.jar"])
        self.assertEqual(taken.call_count, 2)


class MagicTest(unittest.TestCase):
    def run_cell(self, value, problem=None):
        jvm = mock.MagicMock()
        write = jvm.com.fasterxml.jackson.databind.ObjectMapper.return_value.writeValueAsString
        write.return_value, write.side_effect = value, problem
        with mock.patch("scalaoutput.ScalaOutput"):
            repl = scalarepl.ScalaRepl(jvm, "/classes", mock.MagicMock())
        repl._interpreter = mock.MagicMock()
        repl._interpreter.valueOfTerm.return_value.isEmpty.return_value = value is None
        return json.loads(repl.execute(3, "%json x"))

    def test_shows_a_value(self):
        self.assertEqual(self.run_cell("[1]"), {"status": "ok", "execution_count": 3, "data": {"application/json": [1]}})

    def test_names_what_is_missing_as_livy_does(self):
        self.assertEqual(self.run_cell(None), {"status": "error", "execution_count": 3, "ename": "NameError",
                                               "evalue": "Value x does not exist", "traceback": []})

    def test_says_what_cannot_be_shown(self):
        found = self.run_cell("", ValueError("No serializer found"))
        self.assertEqual((found["ename"], found["traceback"]), ("ValueError", []))
        self.assertRegex(found["evalue"], "^%json cannot show x: .*\nNo serializer found$")


class MarkReaderTest(unittest.TestCase):
    def setUp(self):
        self.parts, self.marks = [], 0
        self.reader = scalaoutput.MarkReader("\0m1\n", self.parts.append, self.reached)

    def reached(self):
        self.parts.append("|")
        self.marks += 1

    def test_finds_marks_however_the_text_is_cut(self):
        text = "one\0two\0m1\n\0m1\nthree\0m"
        for size in range(1, len(text) + 1):
            self.parts.clear()
            self.reader = scalaoutput.MarkReader("\0m1\n", self.parts.append, self.reached)
            for start in range(0, len(text), size):
                self.reader.feed(text[start:start + size])
            self.assertEqual("".join(self.parts), "one\0two||three", size)
            self.reader.feed("1\n")
            self.assertEqual("".join(self.parts), "one\0two||three|", size)

    def test_text_is_handed_on_at_once(self):
        self.reader.feed("no newline")
        self.assertEqual(self.parts, ["no newline"])


class TableTest(unittest.TestCase):
    def test_mappings_sequences_and_single_values(self):
        self.assertEqual(scalatable.table([{"a": 1}, {"b": "x", "a": None}]), {
            "headers": [{"type": "BIGINT_TYPE", "name": "a"}, {"type": "STRING_TYPE", "name": "b"}],
            "data": [[1, None], [None, "x"]]})
        self.assertEqual(scalatable.table([[1, 2.5], [3, True]])["data"], [[1, 2.5], [3, True]])
        self.assertEqual(scalatable.table(5)["data"], [[5]])

    def test_numbers_keep_their_digits(self):
        text = '{"a":[1.50,12345678901234567890.123456789012345678,1E+400,123456789012345678901234567890,null,true,"\\u00e9"]}'
        value = scalatable.parsed(text)
        self.assertEqual(scalatable.written(value), text)
        table = scalatable.table(value["a"])
        self.assertEqual(table["headers"][0]["type"], "DOUBLE_TYPE")
        self.assertIn("[12345678901234567890.123456789012345678]", scalatable.written(table))
