# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scala's interpreter inside the session's JVM, fed line by line as Livy does."""
import json
import re
import threading

import bridge

FIRST_LINE = ("val spark = org.apache.spark.sql.SparkSession.active; import spark.implicits._; "
              "val sc = spark.sparkContext; import spark.sql; import org.apache.spark.sql.functions._")
ERROR_LINE = re.compile(r"^\s*(<console>:\d+: )?error: |^\S*(Exception|Error)\b")
TABLE_MIME = "application/vnd.livy.table.v1+json"


class ScalaError(Exception):
    pass


class ScalaRepl:
    """Made before the SparkContext, so that everything that Scala prints comes here."""

    def __init__(self, jvm, class_folder):
        self._jvm = jvm
        self._class_folder = class_folder
        self._bytes = jvm.java.io.ByteArrayOutputStream()
        self._stream = jvm.java.io.PrintStream(self._bytes, True, "UTF-8")
        jvm.java.lang.System.setOut(self._stream)
        self._interpreter = None
        self._lock = threading.Lock()

    def warm_up(self):
        try:
            self._ready()
        except Exception as error:
            print(f"Scala did not start: {error}", flush=True)

    def _ready(self):
        with self._lock:
            if self._interpreter is None:
                interpreter = self._make()
                self._set_loader(interpreter)
                interpreter.interpret(FIRST_LINE)
                self._take()
                self._interpreter = interpreter
        return self._interpreter

    def _make(self):
        jvm, nsc = self._jvm, self._jvm.scala.tools.nsc
        settings = nsc.Settings()
        arguments = jvm.scala.collection.immutable.Nil
        for word in reversed(["-Yrepl-class-based", "-Yrepl-outdir", self._class_folder, "-usejavacp"]):
            arguments = getattr(arguments, "$colon$colon")(word)
        settings.processArguments(arguments, True)
        writer = jvm.java.io.PrintWriter(self._stream, True)
        if jvm.scala.util.Properties.versionNumberString().startswith("2.12"):
            return nsc.interpreter.IMain(settings, writer)
        return nsc.interpreter.IMain(settings, nsc.interpreter.shell.ReplReporterImpl(settings, writer))

    def _set_loader(self, interpreter):
        self._jvm.java.lang.Thread.currentThread().setContextClassLoader(interpreter.classLoader())

    def _take(self):
        self._stream.flush()
        text = self._bytes.toString("UTF-8")
        self._bytes.reset()
        return text

    def execute(self, number, code):
        interpreter = self._ready()
        self._set_loader(interpreter)
        stray = self._take()
        if stray:
            print(stray, end="", flush=True)
        try:
            data = self._run_lines(interpreter, code)
        except ScalaError as error:
            return json.dumps(self._failure(number, str(error)))
        return json.dumps(bridge.ok_output(number, data))

    def _run_lines(self, interpreter, code):
        text, special, pending = [], None, ""
        lines = join_chains(code.split("\n"))
        for index, line in enumerate(lines):
            if not pending and re.match(r"%(table|json)\b", line):
                special = self._magic(interpreter, line)
                continue
            pending = f"{pending}\n{line}" if pending else line
            if not pending.strip():
                pending = ""
                continue
            outcome = interpreter.interpret(pending).toString()
            if outcome == "Incomplete" and index == len(lines) - 1:
                # Comments alone are "incomplete" too; in braces they succeed.
                self._take()
                if interpreter.interpret("{\n" + pending + "\n}").toString() != "Success":
                    self._take()
                    raise ScalaError("incomplete statement")
                outcome = "Success"
            if outcome == "Error":
                raise ScalaError(self._take())
            if outcome == "Success":
                text.append(self._take())
                special, pending = None, ""
        if special is None:
            return {"text/plain": "".join(text)}
        return special

    @staticmethod
    def _failure(number, text):
        lines = text.split("\n")
        while lines and not lines[-1].strip():
            lines.pop()
        first = next((index for index, line in enumerate(lines) if ERROR_LINE.search(line)), 0)
        evalue = lines.pop(first).strip() if lines else ""
        return bridge.error_output(number, "Error", evalue, [line + "\n" for line in lines])

    def _magic(self, interpreter, line):
        name, _, variable = line[1:].partition(" ")
        found = interpreter.valueOfTerm(variable.strip())
        if found.isEmpty():
            raise ScalaError(f"NameError: Value {variable.strip()} does not exist")
        mapper = self._jvm.com.fasterxml.jackson.databind.ObjectMapper()
        mapper.registerModule(self._jvm.com.fasterxml.jackson.module.scala.DefaultScalaModule())
        value = json.loads(mapper.writeValueAsString(found.get()))
        return {"application/json": value} if name == "json" else {TABLE_MIME: table(value)}

    def complete(self, code, cursor):
        interpreter = self._ready()
        if self._jvm.scala.util.Properties.versionNumberString().startswith("2.12"):
            return []
        shell = self._jvm.scala.tools.nsc.interpreter.shell
        result = shell.ReplCompletion(interpreter, shell.Accumulator()).complete(code, cursor)
        found = result.candidates()
        names = [found.apply(index).name() for index in range(found.size())]
        return list(dict.fromkeys(names))


def join_chains(lines):
    """A line that begins with a dot goes on with the line before it."""
    joined = []
    for line in lines:
        if joined and re.match(r"\s*\.\s*[A-Za-z_]", line):
            joined[-1] += "\n" + line
        else:
            joined.append(line)
    return joined


def table(value):
    rows = value if isinstance(value, list) else [value]
    kinds = ((bool, "BOOLEAN"), (int, "BIGINT"), (float, "DOUBLE"), (str, "STRING"), (list, "ARRAY"), (dict, "MAP"))
    headers, data = {}, []
    for row in rows:
        cells = row if isinstance(row, dict) else dict(enumerate(row if isinstance(row, list) else [row]))
        cells = {str(key): cell for key, cell in cells.items()}
        for name, cell in cells.items():
            kind = next((word for kind, word in kinds if isinstance(cell, kind)), "NULL") + "_TYPE"
            if headers.get(name) in (None, "NULL_TYPE"):
                headers[name] = kind
        data.append(cells)
    return {"headers": [{"type": kind, "name": name} for name, kind in headers.items()],
            "data": [[cells.get(name) for name in headers] for cells in data]}
