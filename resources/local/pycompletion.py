# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion of Python code over the live names of a session: jedi's where it can be imported, else our own."""
import builtins
import keyword
import pkgutil
import re
import sys

LIMIT = 500
WORD = re.compile(r"\w*$")
OWNER = re.compile(r"((?:[^\W\d]\w*)(?:\.[^\W\d]\w*)*)\.\w*$")
ITEM = re.compile(r"((?:[^\W\d]\w*)(?:\.[^\W\d]\w*)*)\[(['\"])([^'\"\[\]]*)$")
IMPORT = re.compile(r"^\s*(?:import|from)\s+(?:\w+\s*,\s*)*(\w*)$")
FROM = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+(?:\w+\s*,\s*)*(\w*)$")


def complete(code, cursor, names):
    """What may stand in place of the word before the cursor."""
    before = code[:max(0, cursor)]
    line = before.rpartition("\n")[2]
    item = ITEM.search(line)
    if item:
        return sorted_matches(column_names(item.group(1), names), item.group(3))
    found = by_jedi(code, before, names)
    return found if found is not None else by_names(line, names)


def by_jedi(code, before, names):
    try:
        import jedi
    except ImportError:
        return None
    try:
        found = jedi.Interpreter(code, [names]).complete(before.count("\n") + 1, len(before.rpartition("\n")[2]))
        return [one.name for one in found if not one.name.startswith("__")][:LIMIT]
    except Exception:
        return None


def by_names(line, names):
    word = WORD.search(line).group()
    wanted_from = FROM.match(line)
    if wanted_from:
        return sorted_matches(dir(sys.modules.get(wanted_from.group(1))), word)
    if IMPORT.match(line):
        return sorted_matches([module.name for module in pkgutil.iter_modules()] + list(sys.builtin_module_names), word)
    owner = OWNER.search(line)
    if owner:
        return sorted_matches(attributes(owner.group(1), names), word)
    if line[:len(line) - len(word)].endswith("."):
        return []  # of something that would have to be run
    return sorted_matches([*names, *keyword.kwlist, *dir(builtins)], word) if word else []


def sorted_matches(candidates, prefix):
    """Those that begin with the prefix; private ones only when they are asked for."""
    found = {one for one in candidates if one.startswith(prefix) and (prefix.startswith("_") or not one.startswith("_"))}
    return sorted(found, key=lambda one: (one.lower(), one))[:LIMIT]


def value_of(path, names):
    first, *rest = path.split(".")
    value = names[first] if first in names else getattr(builtins, first)
    for name in rest:
        value = getattr(value, name)
    return value


def attributes(path, names):
    try:
        value = value_of(path, names)
    except Exception:
        return []
    own = dir(value)
    if is_spark_frame(value):
        own += [name for name in value.columns if name.isidentifier()]
    return own


def is_spark_frame(value):
    return hasattr(type(value), "columns") and type(value).__module__.startswith("pyspark.")


def column_names(path, names):
    """Keys of a dict or the columns of a data frame, for `x["`."""
    try:
        value = value_of(path, names)
        keys = value if isinstance(value, dict) else value.columns
        return [key for key in keys if isinstance(key, str)]
    except Exception:
        return []
