# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the code of one Python cell: its plain parts and its magics, with `await` allowed at the top."""
import ast
import asyncio
import builtins
import inspect
import linecache
import re
import sys

import display
import magics

SHOWN_NAME = "<stdin>"
OWN_NAME = re.compile(r"<stdin \d+>")


def file_name(number):
    """Each statement's code has a name of its own, so that a traceback finds the right lines of earlier ones."""
    return f"<stdin {number}>"


def plain(text):
    """The text with Livy's one name for all statements."""
    return OWN_NAME.sub(SHOWN_NAME, text)


def parse(code):
    """Splits the code into ("code", text, line number before it) and ("magic", name, argument) parts."""
    lines = code.split("\n")
    if not any(line.startswith("%") for line in lines) or is_python(code):
        return [("code", code, 0)]
    parts, start = [], 0
    for index, line in enumerate(lines + ["%"]):
        if not line.startswith("%"):
            continue
        text = "\n".join(lines[start:index])
        if text.strip():
            parts.append(("code", text, start))
        if index < len(lines):
            name, _, argument = line[1:].partition(" ")
            parts.append(("magic", name.strip(), argument.strip()))
        start = index + 1
    return parts


def is_python(code):
    try:
        ast.parse(code, SHOWN_NAME)
        return True
    except (SyntaxError, ValueError):
        return False


class CellRunner:
    """Runs cells in one namespace. `max_rows` caps what %table reads of a data frame."""

    def __init__(self, names, max_rows):
        self._names = names
        self._max_rows = max_rows
        self._shown = None
        self._loop = None
        sys.displayhook = self._show

    def run(self, number, code):
        """The MIME bundle of the cell's last part, without what was printed."""
        linecache.cache[file_name(number)] = (len(code), None, code.splitlines(True), file_name(number))
        self._names.pop("__warningregistry__", None)  # each cell may warn anew
        data = {}
        for part in parse(code):
            if part[0] == "magic":
                data = magics.run(part[1], part[2], self._names, self._max_rows)
            else:
                data = self._run_code(number, part[1], part[2])
        return data

    def _show(self, value):
        if value is None:
            return
        builtins._ = None
        print(repr(value))
        builtins._ = value
        self._shown = value

    def _run_code(self, number, code, offset):
        # Blank lines in front keep the line numbers of tracebacks those of the cell.
        tree = ast.parse("\n" * offset + code, SHOWN_NAME)
        for node in tree.body[:-1]:
            self._execute(ast.Module([node], []), number, "exec")
        self._shown = None
        for node in tree.body[-1:]:
            self._execute(ast.Interactive([node]), number, "single")
        is_value = bool(tree.body) and isinstance(tree.body[-1], ast.Expr)
        shown, self._shown = self._shown, None
        return display.rich(shown) if is_value else {}

    def _execute(self, tree, number, mode):
        code = compile(tree, file_name(number), mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        if code.co_flags & inspect.CO_COROUTINE:
            self._complete(eval(code, self._names))
        else:
            exec(code, self._names)

    def _complete(self, coroutine):
        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        task = self._loop.create_task(coroutine)
        try:
            self._loop.run_until_complete(task)
        except BaseException:
            if not task.done():
                task.cancel()
                self._loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
            raise
