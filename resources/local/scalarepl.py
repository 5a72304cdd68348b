# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scala's interpreter inside the session's JVM, fed line by line as Livy does."""
import json
import os
import re
import threading

import bridge
import capture
import scalaerrors
import scalaoutput
import scalatable

FIRST_LINE = ("val spark = org.apache.spark.sql.SparkSession.active; import spark.implicits._; "
              "val sc = spark.sparkContext; import spark.sql; import org.apache.spark.sql.functions._")
MAGIC = re.compile(r"%(table|json)\b")


class ScalaError(Exception):
    """The lines of the error text, and the cell's line at which the failing piece begins."""

    def __init__(self, lines, first_line=1):
        super().__init__(lines, first_line)
        self.lines = lines
        self.first_line = first_line


class MagicError(Exception):
    """Name and words of what went wrong with a magic."""


class ScalaRepl:
    """Made before the SparkContext, so that everything that Scala prints comes here."""

    def __init__(self, jvm, class_folder, streamer):
        self._jvm = jvm
        self._class_folder = class_folder
        self._output = scalaoutput.ScalaOutput(jvm, os.path.dirname(class_folder))
        self._streamer = streamer
        self._interpreter = None
        # Of spark-submit, with the session's jars and packages; SQL, the user's Python and tasks load from it.
        self._loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
        self._jars = list(self._loader.getURLs())  # to be taken in before the next statement
        self._lock = threading.Lock()

    def warm_up(self):
        try:
            self.ready()
        except Exception as error:
            print(f"Scala did not start: {error}", flush=True)

    def add_jar(self, path):
        url = jar_url(self._jvm, path)
        if url is not None:
            self._loader.addURL(url)
            self._jars.append(url)

    def ready(self):
        """The interpreter, which may take its time to start."""
        with self._lock:
            if self._interpreter is None:
                interpreter = self._make()
                self._set_loader(interpreter)
                self._output.direct_to(lambda text: None)
                interpreter.interpret(FIRST_LINE)
                self._output.direct_to()
                self._interpreter = interpreter
            while self._jars:
                self._interpreter.addUrlsToClassPath(self._scala_list([self._jars.pop(0)]))
        return self._interpreter

    def _is_old(self):
        return self._jvm.scala.util.Properties.versionNumberString().startswith("2.12")

    def _scala_list(self, items):
        result = self._jvm.scala.collection.immutable.Nil
        for item in reversed(items):
            result = getattr(result, "$colon$colon")(item)
        return result

    def _make(self):
        jvm, nsc = self._jvm, self._jvm.scala.tools.nsc
        settings = nsc.Settings()
        settings.processArguments(
            self._scala_list(["-Yrepl-class-based", "-Yrepl-outdir", self._class_folder, "-usejavacp"]), True)
        settings.embeddedDefaults(self._loader)  # a class is the same one, whichever kind of statement loads it
        writer = jvm.java.io.PrintWriter(self._output.stream, True)
        if self._is_old():
            return nsc.interpreter.IMain(settings, writer)
        return nsc.interpreter.IMain(settings, nsc.interpreter.shell.ReplReporterImpl(settings, writer))

    def _set_loader(self, interpreter):
        self._jvm.java.lang.Thread.currentThread().setContextClassLoader(interpreter.classLoader())

    def execute(self, number, code):
        interpreter = self.ready()
        self._set_loader(interpreter)
        output = capture.Output()
        self._streamer.begin(number, output)
        try:
            data = self._run_lines(interpreter, code, output)
        except ScalaError as error:
            return json.dumps(scalaerrors.failure(number, error.lines, error.first_line))
        except MagicError as error:
            return json.dumps(bridge.error_output(number, *error.args))
        finally:
            self._streamer.finish()
            self._output.direct_to()
        return scalatable.written(bridge.ok_output(number, data))

    def _run_lines(self, interpreter, code, output):
        special, pending, first = None, "", 1
        for line_number, line in join_chains(code.split("\n")):
            if not pending and MAGIC.match(line):
                special = self._magic(interpreter, line)
                continue
            if not pending:
                first = line_number
            pending = f"{pending}\n{line}" if pending else line
            if is_blank(pending):
                pending = ""
            elif self._interpret(interpreter, pending, first, output) != "Incomplete":
                special, pending = None, ""
        if pending:
            raise ScalaError(["incomplete statement"], first)
        if special is not None:
            return special
        self._output.settle()
        return {"text/plain": output.text()}

    def _interpret(self, interpreter, piece, first_line, output):
        own = capture.CappedText()
        self._output.direct_to(output.write, own.add)
        outcome = interpreter.interpret(piece).toString()
        self._output.settle()
        if outcome == "Error":
            raise ScalaError(scalaerrors.relocated(own.text(), first_line, piece), first_line)
        return outcome

    def _magic(self, interpreter, line):
        name, _, variable = line[1:].partition(" ")
        variable = variable.strip()
        found = interpreter.valueOfTerm(variable)
        if found.isEmpty():
            raise MagicError("NameError", f"Value {variable} does not exist")
        mapper = self._jvm.com.fasterxml.jackson.databind.ObjectMapper()
        mapper.registerModule(self._jvm.com.fasterxml.jackson.module.scala.DefaultScalaModule())
        try:
            value = scalatable.parsed(mapper.writeValueAsString(found.get()))
        except Exception as error:
            raise MagicError("ValueError", f"%{name} cannot show {variable}: collect its values into maps or sequences "
                                           f"first\n{bridge.reason(error)}") from error
        return {"application/json": value} if name == "json" else {scalatable.MIME: scalatable.table(value)}

    def complete(self, code, cursor):
        interpreter = self.ready()
        nsc = self._jvm.scala.tools.nsc.interpreter
        if self._is_old():
            found = nsc.PresentationCompilerCompleter(interpreter).complete(code, cursor).candidates()
            names = [found.apply(index) for index in range(found.size())]
        else:
            found = nsc.shell.ReplCompletion(interpreter, nsc.shell.Accumulator()).complete(code, cursor).candidates()
            names = [found.apply(index).name() for index in range(found.size())]
        return list(dict.fromkeys(names))


def jar_url(jvm, place):
    """Of an absolute path, or of what Java itself can read; None = only Spark's tasks can use that jar."""
    if place.startswith("/"):
        return jvm.java.io.File(place).toURI().toURL()
    try:
        return jvm.java.net.URL(place)
    except Exception:
        print(f"Scala cannot read {place} itself: its classes are there for tasks alone.", flush=True)
        return None


def join_chains(lines):
    """(number, line) pairs; a line that begins with a dot goes on with the line before it, over comments between."""
    joined = []
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*\.\s*[A-Za-z_]", line):
            while len(joined) > 1 and is_blank(joined[-1][1]):
                _, between = joined.pop()
                joined[-1] = (joined[-1][0], f"{joined[-1][1]}\n{between}")
            if joined:
                joined[-1] = (joined[-1][0], f"{joined[-1][1]}\n{line}")
                continue
        joined.append((number, line))
    return joined


def is_blank(piece):
    """Whether it holds nothing but comments, which the interpreter calls an error."""
    return not re.sub(r"(?s)/\*.*?\*/|//[^\n]*", "", piece).strip()
