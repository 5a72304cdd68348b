# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL values as JSON without losing digits, fractions of seconds, years or names.

Python's own dates hold neither all years nor all types of Spark: such columns are cast first (`carrier`), timestamps
then become numbers (`in_micros`), and an encoder that is made from the original type reads what arrives.
"""
import decimal
import json
import math

DAY = 86400


def carrier(kind):
    """The type to cast to so that Python can hold every value of `kind` but timestamps; `kind` where nothing is to be done."""
    from pyspark.sql import types as t
    name = kind.typeName()
    if isinstance(kind, t.ArrayType):
        return t.ArrayType(carrier(kind.elementType), kind.containsNull)
    if isinstance(kind, t.MapType):
        key = t.StringType() if isinstance(kind.keyType, (t.ArrayType, t.MapType, t.StructType)) else carrier(kind.keyType)
        return t.MapType(key, carrier(kind.valueType), kind.valueContainsNull)
    if isinstance(kind, t.StructType):
        return t.StructType([t.StructField(f"c{index}", carrier(field.dataType), field.nullable)
                             for index, field in enumerate(kind.fields)])
    if name in ("date", "timestamp_ntz", "variant") or "Interval" in type(kind).__name__:
        return t.StringType()
    return kind


def in_micros(text, kind, depth=0):
    """SQL for the value of the SQL `text` with each timestamp as its microseconds: no cast to a number keeps all of them.

    `kind` comes from `carrier`; `text` itself is the answer where nothing is to be done.
    """
    from pyspark.sql import types as t
    key, item = f"k{depth}", f"x{depth}"
    if kind.typeName() == "timestamp":
        return f"unix_micros({text})"
    if isinstance(kind, t.ArrayType):
        inner = in_micros(item, kind.elementType, depth + 1)
        return text if inner == item else f"transform({text}, {item} -> {inner})"
    if isinstance(kind, t.MapType):
        for name, part, of in (("transform_keys", key, kind.keyType), ("transform_values", item, kind.valueType)):
            inner = in_micros(part, of, depth + 1)
            text = text if inner == part else f"{name}({text}, ({key}, {item}) -> {inner})"
        return text
    if isinstance(kind, t.StructType):
        inner = {field.name: in_micros(f"{text}.{field.name}", field.dataType, depth) for field in kind.fields}
        if any(sql != f"{text}.{name}" for name, sql in inner.items()):
            parts = ", ".join(f"'{name}', {sql}" for name, sql in inner.items())
            return f"if({text} is null, null, named_struct({parts}))"
    return text


def encoder(kind):
    """A function from what came of a value of `kind` to its JSON text; null is its caller's."""
    from pyspark.sql import types as t
    name = kind.typeName()
    if isinstance(kind, t.ArrayType):
        item = nullable(encoder(kind.elementType))
        return lambda value: "[" + ",".join(map(item, value)) + "]"
    if isinstance(kind, t.MapType):
        return map_encoder(kind, t)
    if isinstance(kind, t.StructType):
        return struct_encoder(kind)
    if name == "timestamp":
        return encode_timestamp
    if name == "timestamp_ntz":
        return lambda value: json.dumps(value.replace(" ", "T", 1))
    return encode_plain


def map_encoder(kind, types):
    is_text = isinstance(kind.keyType, (types.ArrayType, types.MapType, types.StructType))
    key_text, item = encode_plain if is_text else encoder(kind.keyType), nullable(encoder(kind.valueType))

    def key(value):
        text = key_text(value)
        return text if text.startswith('"') else json.dumps(text)
    return lambda value: "{" + ",".join(f"{key(name)}:{item(one)}" for name, one in value.items()) + "}"


def struct_encoder(kind):
    """An object; where names come twice, an array in the order of the schema."""
    items = [nullable(encoder(field.dataType)) for field in kind.fields]
    names = [json.dumps(field.name) for field in kind.fields]
    if len(set(names)) < len(names):
        return lambda row: "[" + ",".join(item(cell) for item, cell in zip(items, row)) + "]"
    return lambda row: "{" + ",".join(f"{name}:{item(cell)}" for name, item, cell in zip(names, items, row)) + "}"


def nullable(encode):
    return lambda value: "null" if value is None else encode(value)


def encode_plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, (bytes, bytearray)):
        return "[" + ",".join(str(byte - 256 if byte > 127 else byte) for byte in value) + "]"
    return json.dumps(str(value))


def encode_timestamp(value):
    """Microseconds since the epoch as `2024-01-02T03:04:05.123456Z`."""
    seconds, micros = divmod(value, 1_000_000)
    days, seconds = divmod(seconds, DAY)
    year, month, day = civil(days)
    date = f"{year:04d}" if 0 <= year <= 9999 else f"{year:+05d}"
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    return (f'"{date}-{month:02d}-{day:02d}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}'
            f'{fraction}Z"')


def civil(days):
    """Year, month and day of a day number since 1970-01-01, in the Gregorian calendar as if it had always been."""
    days += 719468  # from 0000-03-01: years that begin in March have their leap day at their end
    era, day_of_era = divmod(days, 146097)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year + era * 400 + (month <= 2), month, day
