# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Livy's table of a Scala value, whose numbers keep their digits on the way from Java's JSON to ours."""
import json

MIME = "application/vnd.livy.table.v1+json"
KINDS = ((bool, "BOOLEAN"), (int, "BIGINT"), (float, "DOUBLE"), (str, "STRING"), (list, "ARRAY"), (dict, "MAP"))


class Digits(float):
    """A number as it was written."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


def parsed(text):
    return json.loads(text, parse_float=Digits)


def written(value):
    """The JSON text of what `parsed` gave or of what was made of it."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{written(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return value.text if isinstance(value, Digits) else json.dumps(value)


def table(value):
    """`value` is what its JSON says; a row is a mapping, a list or a single cell."""
    headers, data = {}, []
    for row in value if isinstance(value, list) else [value]:
        cells = row if isinstance(row, dict) else dict(enumerate(row if isinstance(row, list) else [row]))
        cells = {str(key): cell for key, cell in cells.items()}
        for name, cell in cells.items():
            kind = next((word for kind, word in KINDS if isinstance(cell, kind)), "NULL") + "_TYPE"
            if headers.get(name) in (None, "NULL_TYPE"):
                headers[name] = kind
        data.append(cells)
    return {"headers": [{"type": kind, "name": name} for name, kind in headers.items()],
            "data": [[cells.get(name) for name in headers] for cells in data]}
