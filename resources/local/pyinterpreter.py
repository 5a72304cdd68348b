# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's Python of one session: attaches to the session's JVM and runs statements in its main thread.

Arguments: the descriptor to read requests from and the descriptor to write answers to.
"""
import ast
import base64
import io
import json
import os
import queue
import signal
import sys
import threading
import traceback
import types

import bridge

TABLE_MIME = "application/vnd.livy.table.v1+json"


class UnknownMagic(Exception):
    pass


class Statement:
    """What is under way; the cancel thread looks at it."""

    def __init__(self):
        self.number = None
        self.queued = set()
        self.armed = False
        self.java_thread = None


class Capture(io.TextIOBase):
    """Stands in for sys.stdout and sys.stderr: what is written while a statement runs belongs to it."""

    encoding = "utf-8"

    def __init__(self, real):
        self._real = real
        self._parts = []

    def writable(self):
        return True

    def fileno(self):
        return self._real.fileno()

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._parts.append(text)
        return len(text)

    def take(self):
        text = "".join(self._parts)
        self._parts.clear()
        return text


def attach():
    """Makes SparkContext and SparkSession objects over the JVM that the supervisor owns."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    gateway = launch_gateway()
    jvm = gateway.jvm
    java_context = jvm.org.apache.spark.api.java.JavaSparkContext.fromSparkContext(
        jvm.org.apache.spark.SparkContext.getOrCreate())
    conf = SparkConf(_jvm=jvm, _jconf=java_context.getConf())
    context = SparkContext(jsc=java_context, gateway=gateway, conf=conf)
    java_session = jvm.org.apache.spark.sql.SparkSession.getDefaultSession().get()
    return gateway, context, SparkSession(context, java_session)


def parse(code):
    """Splits the code into ("code", text) and ("magic", name, argument) parts."""
    try:
        ast.parse(code, "<stdin>")
        return [("code", code)]
    except (SyntaxError, ValueError):
        if not any(line.startswith("%") for line in code.split("\n")):
            return [("code", code)]
    parts, lines = [], []
    for number, line in enumerate(code.split("\n")):
        if line.startswith("%"):
            if lines:
                parts.append(("code", "\n".join(lines)))
            name, _, argument = line[1:].partition(" ")
            parts.append(("magic", name.strip(), argument.strip()))
            # Blank lines in front keep the line numbers of tracebacks those of the cell.
            lines = []
            blank = number + 1
            parts.append(("offset", blank))
        else:
            lines.append(line)
    if any(line.strip() for line in lines):
        parts.append(("code", "\n".join(lines)))
    return parts


def run_code(code, offset, names):
    tree = ast.parse("\n" * offset + code, "<stdin>")
    for node in tree.body[:-1]:
        exec(compile(ast.Module([node], []), "<stdin>", "exec"), names)
    for node in tree.body[-1:]:
        exec(compile(ast.Interactive([node]), "<stdin>", "single"), names)


def column_type(value):
    import datetime
    import decimal
    for kinds, name in ((type(None), "NULL"), (bool, "BOOLEAN"), (int, "INT"), (float, "DOUBLE"), (str, "STRING"),
                        (datetime.datetime, "TIMESTAMP"), (datetime.date, "DATE"), (decimal.Decimal, "DECIMAL"),
                        ((list, tuple), "ARRAY"), (dict, "MAP")):
        if isinstance(value, kinds):
            return name + "_TYPE"
    return "STRING_TYPE"


def table_cell(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [table_cell(item) for item in value]
    if isinstance(value, dict):
        return {str(key): table_cell(item) for key, item in value.items()}
    return str(value)


def merge_type(old, new, column):
    if old in (None, "NULL_TYPE") or old == new:
        return new
    if new == "NULL_TYPE":
        return old
    if {old, new} == {"INT_TYPE", "DOUBLE_TYPE"}:
        return "DOUBLE_TYPE"
    raise ValueError(f"column {column!r} has values of both {old} and {new}")


def as_records(value):
    """Rows of dicts or sequences from a list, a pandas or a Spark data frame."""
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return [{str(key): getattr(cell, "item", lambda c=cell: c)() for key, cell in row.items()}
                for row in value.to_dict("records")], [str(name) for name in value.columns]
    if hasattr(value, "take") and hasattr(value, "schema"):
        return [row.asDict() for row in value.take(1000)], list(value.columns)
    if not isinstance(value, (list, tuple)):
        value = [value]
    return list(value), None


def magic_table(value):
    rows, columns = as_records(value)
    headers, data = {name: None for name in columns or ()}, []
    for row in rows:
        if hasattr(row, "asDict"):
            row = row.asDict()
        if isinstance(row, dict):
            cells = {str(key): row[key] for key in (columns or sorted(row, key=str))}
        else:
            row = row if isinstance(row, (list, tuple)) else [row]
            cells = {str(index): cell for index, cell in enumerate(row)}
        for name, cell in cells.items():
            headers[name] = merge_type(headers.get(name), column_type(cell), name)
        data.append(cells)
    return {TABLE_MIME: {
        "headers": [{"name": name, "type": kind or "NULL_TYPE"} for name, kind in headers.items()],
        "data": [[table_cell(cells.get(name)) for name in headers] for cells in data]}}


def magic_json(value):
    json.dumps(value, allow_nan=False)
    return {"application/json": value}


def magic_matplot(value):
    figure = value.gcf() if hasattr(value, "gcf") else value
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    if hasattr(value, "clf"):
        value.clf()
    return {"image/png": base64.b64encode(buffer.getvalue()).decode("ascii")}


MAGICS = {"table": magic_table, "json": magic_json, "matplot": magic_matplot}


def run_magic(name, argument, names):
    if name not in MAGICS:
        raise UnknownMagic(f"unknown magic command '{name}'")
    if not argument:
        raise ValueError(f"%{name} needs the name of a variable")
    return MAGICS[name](names[argument])


def run_parts(code, names):
    data, offset = None, 0
    for part in parse(code):
        if part[0] == "offset":
            offset = part[1]
        elif part[0] == "magic":
            data = run_magic(part[1], part[2], names)
        else:
            run_code(part[1], offset, names)
            data = None
    return data


def own_frames(stack):
    """The frames from the user's first one on, without those of this file."""
    first = next((index for index, frame in enumerate(stack) if frame.filename == "<stdin>"), len(stack))
    return traceback.StackSummary.from_list([frame for frame in stack[first:] if frame.filename != __file__])


def describe_failure(number, error):
    """The error output: tracebacks begin at the user's own code."""
    kind = type(error)
    described = traceback.TracebackException(kind, error, error.__traceback__)
    one = described
    while one is not None:
        one.stack = own_frames(one.stack)
        one = one.__cause__ or one.__context__
    lines = list(described.format() if described.stack else described.format_exception_only())
    try:
        text = str(error)
    except Exception:
        text = "<unprintable exception>"
    return bridge.error_output(number, kind.__name__, text, lines)


class Interpreter:
    def __init__(self, reader, writer):
        self._reader = reader
        self._writer = bridge.LineWriter(writer)
        self._statement = Statement()
        self._requests = queue.Queue()
        self._main = threading.main_thread().ident
        self._real_out = sys.stdout
        self._names = {}

    def start(self):
        self._gateway, self._context, session = attach()
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self._names = module.__dict__
        self._names.update(spark=session, sc=self._context, __builtins__=__builtins__)
        self._names["sqlContext"] = session
        signal.signal(signal.SIGINT, self._on_interrupt)
        self._writer.send("ready", 0, {})
        threading.Thread(target=self._read, daemon=True).start()
        while True:
            request = self._requests.get()
            self._writer.send("done", request["id"], self._execute(request["id"], request["code"]))

    def _on_interrupt(self, _signal, _frame):
        if self._statement.armed:
            self._statement.armed = False
            raise KeyboardInterrupt("cancelled")

    def _read(self):
        with os.fdopen(self._reader, encoding="utf-8") as lines:
            for line in lines:
                request = json.loads(line)
                if request["op"] == "execute":
                    self._statement.queued.add(request["id"])
                    self._requests.put(request)
                elif request["op"] == "cancel":
                    threading.Thread(target=self._cancel, args=(request["id"],), daemon=True).start()
        os._exit(0)

    def _cancel(self, number):
        def phase():
            # Asked in this order: a statement gets its number before it leaves the queue.
            if number in self._statement.queued:
                return bridge.WAITING
            if self._statement.number != number:
                return bridge.ENDED
            self._statement.armed = True
            return bridge.RUNNING
        if phase() != bridge.ENDED:
            bridge.cancel_ladder(self._context, str(number), self._main, phase,
                                 lambda: self._statement.java_thread)

    def _execute(self, number, code):
        out, err = Capture(self._real_out), Capture(sys.__stderr__)
        java_thread = self._gateway.jvm.java.lang.Thread
        try:
            java_thread.interrupted()
            self._statement.java_thread = java_thread.currentThread()
            self._context.setJobGroup(str(number), code[:200], True)
        except Exception:  # the JVM is going: the statement itself will say so
            pass
        sys.stdout, sys.stderr = out, err
        self._statement.number = number
        self._statement.queued.discard(number)
        try:
            data = run_parts(code, self._names)
            output = self._ok(number, data, out, err)
        except BaseException as error:
            output = describe_failure(number, error)
            self._real_out.write(out.take() + err.take())
        finally:
            self._statement.armed = False
            self._statement.number = None
            sys.stdout, sys.stderr = self._real_out, sys.__stderr__
            self._real_out.flush()
        return output

    @staticmethod
    def _ok(number, data, out, err):
        text = (out.take() + err.take()).rstrip()
        if data is None:
            data = {"text/plain": text}
        elif text:
            data["text/plain"] = text
        return bridge.ok_output(number, data)


if __name__ == "__main__":
    # The user's imports look where the user is, not among these scripts.
    sys.path[0] = ""
    Interpreter(int(sys.argv[1]), int(sys.argv[2])).start()
