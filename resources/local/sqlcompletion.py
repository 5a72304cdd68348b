# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Completion of SQL: keywords, functions, and what the session's catalog holds."""
import re

KEYWORDS = """add all alter analyze and anti any array as asc at authorization between both by cache case cast change
check clear cluster codegen collate column columns comment commit compact constraint create cross cube current
current_date current_timestamp current_user data database databases date day deallocate default delete desc describe
distinct distribute drop else end escape except exchange exists explain export extended external extract false fetch
filter first following for foreign format formatted from full function functions generated global grant group grouping
having hour if ignore immediate import in inner inpath insert intersect interval into is join key keys last lateral
lazy leading left like limit list load local location lock map matched merge minute month natural next no not null nulls
offset on only option options or order outer over overwrite partition partitioned partitions pivot preceding primary
properties purge range recursive refresh rename repair replace reset respect restrict right rollup row rows schema
schemas second select semi set sets show some sort start stored struct table tables tablesample temp temporary then
time timestamp to trailing transform true truncate type unbounded uncache union unique unpivot unset update use using
values view views when where window with within year""".split()
WORD = re.compile(r"\w*$")
QUALIFIED = re.compile(r"([\w`.]+)\.\w*$")
TABLE = re.compile(r"(?i)\b(?:from|join|into|update|table|using)\s+([\w`.]+)(?:\s+(?:as\s+)?(\w+))?")
LIMIT = 300


class SqlCompletion:
    def __init__(self, session):
        self._session = session
        self._functions = None

    def complete(self, code, cursor):
        """What may stand in place of the word before the cursor; words of the language in the case that was begun."""
        before = code[:max(0, cursor)]
        prefix = WORD.search(before).group()
        tables = tables_of(code)
        owner = QUALIFIED.search(before)
        if owner:
            name = owner.group(1).strip("`")
            return matching(self._columns(tables.get(name.lower(), name)) or self._tables(name), prefix)
        columns = [column for table in dict.fromkeys(tables.values()) for column in self._columns(table)]
        words = KEYWORDS + self._function_names() if prefix else []
        if prefix.isupper():
            words = [word.upper() for word in words]
        return matching(columns + self._tables() + words, prefix)

    def _columns(self, table):
        try:
            return self._session.table(table).columns
        except Exception:
            return []

    def _tables(self, database=None):
        try:
            frame = self._session.sql("show tables" + (f" in `{database}`" if database else ""))
            return [row.tableName for row in frame.collect()]
        except Exception:
            return []

    def _function_names(self):
        if self._functions is None:
            found = self._session._jsparkSession.sessionState().functionRegistry().listFunction().mkString(",")
            names = {name.replace("`", "").rpartition(".")[2] for name in found.split(",")}
            self._functions = sorted(name for name in names if name.isidentifier())
        return self._functions


def tables_of(code):
    """The tables that the code names, by their own name and by alias, in lower case."""
    found = {}
    for name, alias in TABLE.findall(code):
        name = name.strip("`")
        found[name.lower()] = name
        if alias and alias.lower() not in KEYWORDS:
            found[alias.lower()] = name
    return found


def matching(candidates, prefix):
    wanted = prefix.lower()
    return list(dict.fromkeys(one for one in candidates if one.lower().startswith(wanted)))[:LIMIT]
