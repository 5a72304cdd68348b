# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs SQL and writes its rows as JSON without losing digits, fractions of seconds or names."""
import datetime
import decimal
import json
import math

import bridge


class SqlRunner:
    def __init__(self, session, max_rows):
        self._session = session
        self._max_rows = max_rows

    def execute(self, number, code):
        try:
            frame = self._session.sql(code)
            schema = frame.schema
            rows = self._rows(frame) if schema.fields else []
        except Exception as error:
            return json.dumps(describe_failure(number, error))
        data = ",".join("[" + ",".join(encode(cell) for cell in row) + "]" for row in rows)
        return (f'{{"status":"ok","execution_count":{number},"data":{{"application/json":'
                f'{{"schema":{schema.json()},"data":[{data}]}}}}}}')

    def _rows(self, frame):
        from pyspark.sql.types import YearMonthIntervalType
        names = [f"c{index}" for index in range(len(frame.schema.fields))]
        frame_types = [field.dataType for field in frame.schema.fields]
        if any(isinstance(kind, YearMonthIntervalType) or kind.typeName() in ("interval", "variant")
               for kind in frame_types):
            # Python has no type for these; Spark's own text has everything.
            frame = frame.toDF(*names)
            frame = frame.select([frame[name].cast("string")
                                  if isinstance(kind, YearMonthIntervalType)
                                  or kind.typeName() in ("interval", "variant") else frame[name]
                                  for name, kind in zip(names, frame_types)])
        return frame.take(self._max_rows)


def encode_float(value):
    if math.isnan(value):
        return "null"
    if math.isinf(value):
        return '"Infinity"' if value > 0 else '"-Infinity"'
    return json.dumps(value)


def encode_timestamp(value):
    text = value.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    if value.microsecond:
        text += f".{value.microsecond:06d}".rstrip("0")
    return f'"{text}Z"'


def encode_decimal(value):
    return format(value, "f") if value.is_finite() else "null"


def encode_mapping(pairs):
    return "{" + ",".join(f"{json.dumps(str(key))}:{encode(item)}" for key, item in pairs) + "}"


def encode(value):
    if value is None or isinstance(value, (bool, int, str)):
        return json.dumps(value)
    if isinstance(value, float):
        return encode_float(value)
    if isinstance(value, decimal.Decimal):
        return encode_decimal(value)
    if isinstance(value, datetime.datetime):
        return encode_timestamp(value)
    if isinstance(value, (bytes, bytearray)):
        return json.dumps([byte - 256 if byte > 127 else byte for byte in value])
    if isinstance(value, dict):
        return encode_mapping(value.items())
    if hasattr(value, "__fields__"):
        return encode_mapping(zip(value.__fields__, value))
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(encode(item) for item in value) + "]"
    return json.dumps(str(value))


def describe_failure(number, error):
    """Livy's form: Spark's message, and the frames of the Java exception without line ends."""
    origin = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    if origin is None:
        return bridge.error_output(number, "Error", str(error))
    frames = [frame.toString() for frame in origin.getStackTrace()[:60]]
    message = origin.getMessage()
    return bridge.error_output(number, "Error", message if message is not None else origin.toString(), frames)
