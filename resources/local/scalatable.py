# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Livy's table of a Scala value."""
MIME = "application/vnd.livy.table.v1+json"
KINDS = ((bool, "BOOLEAN"), (int, "BIGINT"), (float, "DOUBLE"), (str, "STRING"), (list, "ARRAY"), (dict, "MAP"))


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
