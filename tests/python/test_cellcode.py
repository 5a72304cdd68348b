# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import io
import sys
import unittest

import cellcode
import failures


class ParseTest(unittest.TestCase):
    def test_plain_python_is_one_part_also_with_percent_signs_in_it(self):
        for code in ("", "1", "x = 7\ny = 'a\\\n%d' % 1", "s = '''\n%table x\n'''", "a = (7\n% 4)"):
            self.assertEqual(cellcode.parse(code), [("code", code, 0)], code)

    def test_magics_split_the_code_and_keep_its_line_numbers(self):
        self.assertEqual(cellcode.parse("a = 1\nb = 2\n%table a\n\nc\n%json  b \n"),
                         [("code", "a = 1\nb = 2", 0), ("magic", "table", "a"), ("code", "\nc", 3), ("magic", "json", "b")])

    def test_an_indented_percent_sign_is_no_magic(self):
        self.assertEqual(cellcode.parse(" %table a"), [("code", " %table a", 0)])

    def test_broken_python_is_one_part(self):
        self.assertEqual(cellcode.parse("def f(:"), [("code", "def f(:", 0)])
        self.assertEqual(cellcode.parse("\0"), [("code", "\0", 0)])


class CellRunnerTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, sys, "displayhook", sys.displayhook)
        self.names = {"__name__": "__main__"}
        self.runner = cellcode.CellRunner(self.names, 1000)
        self.addCleanup(lambda: self.runner._loop and self.runner._loop.close())
        self.number = 0

    def run_cell(self, code):
        """What it printed, and its bundle."""
        self.number += 1
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            data = self.runner.run(self.number, code)
        return printed.getvalue(), data

    def failure(self, code):
        try:
            self.run_cell(code)
        except BaseException as error:
            return failures.describe(self.number, error)
        self.fail("it ran")

    def test_shows_the_last_value_only(self):
        self.assertEqual(self.run_cell("1;2;3"), ("3\n", {}))
        self.assertEqual(self.run_cell("1\n2"), ("2\n", {}))
        self.assertEqual(self.run_cell("x = 1"), ("", {}))
        self.assertEqual(self.run_cell("None"), ("", {}))
        self.assertEqual(self.run_cell(""), ("", {}))
        self.assertEqual(self.run_cell("for j in range(2):\n  j"), ("0\n1\n", {}))
        self.assertEqual(self.run_cell("if True:\n    5"), ("5\n", {}))

    def test_remembers_the_last_value(self):
        self.run_cell("40")
        self.assertEqual(self.run_cell("_ + 2"), ("42\n", {}))

    def test_waits_for_coroutines_at_the_top(self):
        self.run_cell("import asyncio\nasync def q(x):\n    await asyncio.sleep(0)\n    return x")
        self.assertEqual(self.run_cell("await q(7)"), ("7\n", {}))
        self.assertEqual(self.run_cell("for i in range(2):\n    print(await q(i))"), ("0\n1\n", {}))
        self.assertEqual(self.run_cell("async with asyncio.Lock():\n    print('in')"), ("in\n", {}))
        self.assertEqual(self.run_cell("asyncio.run(q(1))"), ("1\n", {}))
        self.assertEqual(self.run_cell("await q(8)"), ("8\n", {}))

    def test_a_failing_coroutine_names_the_users_lines(self):
        self.run_cell("async def w():\n    raise ValueError('in task')")
        described = self.failure("await w()")
        self.assertEqual(described["ename"], "ValueError")
        self.assertEqual(described["traceback"][1:3],
                         ['  File "<stdin>", line 1, in <module>\n    await w()\n',
                          '  File "<stdin>", line 2, in w\n    raise ValueError(\'in task\')\n'])

    def test_an_interrupted_coroutine_is_cancelled(self):
        self.run_cell("import asyncio\nended = []\nasync def w():\n    try:\n        await asyncio.sleep(3600)\n"
                      "    finally:\n        ended.append(1)\nasync def k():\n    raise KeyboardInterrupt('cancelled')")
        described = self.failure("await asyncio.gather(w(), k())")
        self.assertEqual(described["ename"], "KeyboardInterrupt")
        self.assertEqual(self.run_cell("ended")[0], "[1]\n")
        self.assertEqual(self.run_cell("await asyncio.sleep(0, 5)")[0], "5\n")

    def test_offers_html_and_pictures_of_the_value_alone(self):
        self.run_cell("class Rich:\n    def _repr_html_(self): return '<b>'\n    def _repr_png_(self): return b'png'\n"
                      "    def __repr__(self): return 'rich'\nr = Rich()")
        self.assertEqual(self.run_cell("r"), ("rich\n", {"text/html": "<b>", "image/png": "cG5n"}))
        self.assertEqual(self.run_cell("r\n1"), ("1\n", {}))
        self.assertEqual(self.run_cell("for i in [r]:\n    i"), ("rich\n", {}))
        self.assertEqual(self.run_cell("x = r"), ("", {}))

    def test_an_object_that_fails_to_be_rich_is_shown_as_text(self):
        self.run_cell("class Bad:\n    def _repr_html_(self): 1/0\n    def __repr__(self): return 'bad'\n"
                      "class Any:\n    def __getattr__(self, name): return lambda: 5\n    def __repr__(self): return 'any'")
        self.assertEqual(self.run_cell("Bad()"), ("bad\n", {}))
        self.assertEqual(self.run_cell("Any()"), ("any\n", {}))

    def test_a_magic_after_code_gives_the_result_and_code_after_a_magic_replaces_it(self):
        self.assertEqual(self.run_cell("j = [1]\n%json j"), ("", {"application/json": [1]}))
        self.assertEqual(self.run_cell("%json j\n5"), ("5\n", {}))
        self.assertEqual(self.run_cell("%json j\n%json j"), ("", {"application/json": [1]}))

    def test_line_numbers_after_a_magic_are_those_of_the_cell(self):
        described = self.failure("j = 1\n%json j\n\n1/0")
        self.assertIn('  File "<stdin>", line 4, in <module>\n', described["traceback"][1])

    def test_names_code_of_earlier_cells_with_their_own_lines(self):
        self.run_cell("def bad():\n    return 1/0")
        described = self.failure("\n\nbad()")
        self.assertIn('  File "<stdin>", line 3, in <module>\n    bad()\n', described["traceback"])
        self.assertIn('  File "<stdin>", line 2, in bad\n    return 1/0\n', described["traceback"][2])

    def test_syntax_errors_show_the_place_and_no_machinery(self):
        described = self.failure("def f(:")
        self.assertEqual(described["evalue"], "invalid syntax (<stdin>, line 1)")
        self.assertEqual(described["traceback"][0], '  File "<stdin>", line 1\n')
        self.assertEqual(self.failure("return 1")["evalue"], "'return' outside function (<stdin>, line 1)")

    def test_tells_causes_groups_and_unprintable_exceptions(self):
        described = self.failure("try:\n    1/0\nexcept Exception as e:\n    raise KeyError('k') from e")
        self.assertEqual(described["ename"], "KeyError")
        self.assertIn("ZeroDivisionError: division by zero\n", described["traceback"])
        self.assertIn("direct cause", "".join(described["traceback"]))
        described = self.failure("class E(Exception):\n    def __str__(self): 1/0\nraise E()")
        self.assertEqual(described["evalue"], "<unprintable exception>")
        self.assertEqual(self.failure("raise SystemExit(3)")["evalue"], "3")

    def test_a_huge_exception_text_is_cut_with_a_mark(self):
        described = self.failure("raise Exception('x' * 10_000_000)")
        self.assertLess(len(described["evalue"]), 300_000)
        self.assertIn("characters left out", described["evalue"])

    def test_endless_recursion_is_an_error_like_any_other(self):
        described = self.failure("def f(): return f()\nf()")
        self.assertEqual(described["ename"], "RecursionError")
        self.assertLess(len(described["traceback"]), 20)

    def test_each_cell_may_warn_anew(self):
        import warnings
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("default")
            for _ in range(2):
                self.run_cell("import warnings\nwarnings.warn('careful')")
            self.assertEqual(len(seen), 2)
