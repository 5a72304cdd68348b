# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Livy's magics for Python: `%table`, `%json` and `%matplot`, each with the name of a variable."""
import datetime
import decimal
import json
import math

import display

TABLE_MIME = "application/vnd.livy.table.v1+json"
KINDS = ((bool, "BOOLEAN"), (int, "INT"), (float, "DOUBLE"), (str, "STRING"), (datetime.datetime, "TIMESTAMP"),
         (datetime.date, "DATE"), (decimal.Decimal, "DECIMAL"), ((list, tuple), "ARRAY"), (dict, "MAP"))


class UnknownMagic(Exception):
    __module__ = "builtins"  # tracebacks name it as Livy does


def run(name, argument, names, max_rows):
    """The MIME bundle; every failure is an exception like any other of the cell."""
    if name not in ("table", "json", "matplot"):
        raise UnknownMagic(f"unknown magic command '{name}'")
    if not argument:
        raise ValueError(f"%{name} needs the name of a variable")
    value = names[argument]
    if name == "table":
        return {TABLE_MIME: table(value, max_rows)}
    if name == "json":
        json.dumps(value, allow_nan=False)
        return {"application/json": value}
    return {"image/png": matplot(value)}


def matplot(value):
    figure = value.gcf() if hasattr(value, "gcf") else value
    png = display.picture(figure)
    if hasattr(value, "clf"):
        value.clf()
    return png


def table(value, max_rows=1000):
    columns, rows = columns_and_rows(value, max_rows)
    kinds = [None] * len(columns)
    for row in rows:
        for index, cell in enumerate(row):
            kinds[index] = merged(kinds[index], kind_of(cell), columns[index])
    return {"headers": [{"name": name, "type": (kind or "NULL") + "_TYPE"} for name, kind in zip(columns, kinds)],
            "data": [[encoded(cell) for cell in row] for row in rows]}


def columns_and_rows(value, max_rows):
    """Names and equally long rows from a list of rows, a pandas or a Spark data frame, or a single row."""
    if hasattr(value, "itertuples"):
        rows = value.head(max_rows).itertuples(index=False, name=None)
        return [str(name) for name in value.columns], [[native(cell) for cell in row] for row in rows]
    if hasattr(value, "take") and hasattr(value, "schema"):
        return list(value.columns), [list(row) for row in value.take(max_rows)]
    rows = [row.asDict() if hasattr(row, "asDict") else row
            for row in (value if isinstance(value, (list, tuple)) else [value])]
    if any(isinstance(row, dict) for row in rows):
        return from_mappings(rows)
    rows = [list(row) if isinstance(row, (list, tuple)) else [row] for row in rows]
    width = max(map(len, rows), default=0)
    return [str(index) for index in range(width)], [row + [None] * (width - len(row)) for row in rows]


def from_mappings(rows):
    wrong = next((row for row in rows if not isinstance(row, dict)), None)
    if wrong is not None:
        raise ValueError(f"rows are either all dicts or none: {wrong!r}")
    # Livy sorts the keys of each row; a row that lacks one gets null there.
    columns = sorted({str(key) for row in rows for key in row})
    named = [{str(key): cell for key, cell in row.items()} for row in rows]
    return columns, [[row.get(name) for name in columns] for row in named]


def native(cell):
    """pandas' own scalars as Python's; its several kinds of nothing as None."""
    is_nan = isinstance(cell, float) and math.isnan(cell)
    if is_nan or type(cell).__name__ in ("NaTType", "NAType"):
        return None
    return cell.item() if type(cell).__module__ == "numpy" and hasattr(cell, "item") else cell


def kind_of(cell):
    if cell is None:
        return "NULL"
    return next((name for kinds, name in KINDS if isinstance(cell, kinds)), "STRING")


def merged(old, new, column):
    if old in (None, "NULL") or old == new:
        return new
    if new == "NULL":
        return old
    if {old, new} == {"INT", "DOUBLE"}:
        return "DOUBLE"
    raise ValueError(f"column {column!r} has values of both {old}_TYPE and {new}_TYPE")


def encoded(cell):
    if isinstance(cell, float) and not math.isfinite(cell):
        return "NaN" if math.isnan(cell) else "Infinity" if cell > 0 else "-Infinity"
    if cell is None or isinstance(cell, (bool, int, float, str)):
        return cell
    if isinstance(cell, (list, tuple)):
        return [encoded(item) for item in cell]
    if isinstance(cell, dict):
        return {str(key): encoded(item) for key, item in cell.items()}
    return str(cell)
