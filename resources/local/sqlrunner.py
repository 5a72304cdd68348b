# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one SQL statement and writes its rows in Livy's form."""
import json
import re

import bridge
import sqlvalues

TOKEN = re.compile(r"""(?sx) '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | --[^\n]* | /\*.*?\*/ | ;""")


ROWS_BYTES = bridge.RESULT_BYTES - (1 << 20)  # the rest is for the schema


class SqlRunner:
    def __init__(self, session, max_rows):
        self._session = session
        self._max_rows = max_rows

    def execute(self, number, code):
        try:
            frame = self._session.sql(code)
            schema = frame.schema
            rows = self._rows(frame, schema) if schema.fields else []
        except Exception as error:
            return json.dumps(describe_failure(number, error, code))
        encode = [sqlvalues.nullable(sqlvalues.encoder(field.dataType)) for field in schema.fields]
        texts = ["[" + ",".join(one(cell) for one, cell in zip(encode, row)) + "]" for row in rows]
        kept = fitting(texts, ROWS_BYTES)
        mark = "" if kept == len(texts) else f',"text/plain":{json.dumps(left_out(kept, len(texts)))}'
        return (f'{{"status":"ok","execution_count":{number},"data":{{"application/json":'
                f'{{"schema":{schema.json()},"data":[{",".join(texts[:kept])}]}}{mark}}}}}')

    def _rows(self, frame, schema):
        kinds = [field.dataType for field in schema.fields]
        carriers = [sqlvalues.carrier(kind) for kind in kinds]
        # Names may come twice: the columns are told apart by new ones.
        names = [f"c{index}" for index in range(len(kinds))]
        in_micros = [sqlvalues.in_micros(name, carrier) for name, carrier in zip(names, carriers)]
        if carriers != kinds or in_micros != names:
            frame = frame.toDF(*names)
            frame = frame.select([frame[name].cast(carrier).alias(name) if carrier != kind else frame[name]
                                  for name, carrier, kind in zip(names, carriers, kinds)]).selectExpr(*in_micros)
        return frame.take(self._max_rows)


def fitting(texts, limit):
    """How many of them, from the first on, have together no more bytes than that."""
    for index, text in enumerate(texts):
        limit -= len(text.encode("utf-8", "replace")) + 1
        if limit < 0:
            return index
    return len(texts)


def left_out(kept, rows):
    return (f"Only {kept} of these {rows} rows are shown: more than {bridge.megabytes(ROWS_BYTES)} are too much for a "
            "statement. Select fewer columns, or parts of them.")


def count_statements(code):
    """How many statements a script holds, by its semicolons outside of text, names and comments."""
    pieces = [[]]
    end = 0
    for token in TOKEN.finditer(code):
        pieces[-1].append(code[end:token.start()])
        end = token.end()
        if token.group() == ";":
            pieces.append([])
        elif not token.group().startswith(("--", "/*")):
            pieces[-1].append(token.group())
    pieces[-1].append(code[end:])
    return sum(1 for piece in pieces if "".join(piece).strip())


def describe_failure(number, error, code=""):
    """Livy's form: Spark's message, and the frames of the Java exception without line ends."""
    origin = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    if origin is None:
        return bridge.error_output(number, "Error", str(error))
    frames = [frame.toString() for frame in origin.getStackTrace()[:60]]
    message = origin.getMessage()
    text = message if message is not None else origin.toString()
    count = count_statements(code)
    if count > 1 and "ParseException" in origin.getClass().getName():
        text = (f"This cell holds {count} SQL statements and a cell runs one: nothing was run. "
                f"Put each into a cell of its own.\n{text}")
    return bridge.error_output(number, "Error", text, frames)
