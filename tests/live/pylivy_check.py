# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user of pylivy does, unchanged, against a server: sessions, statements, tables into pandas and back, a batch.

Arguments: URL, token, a Python file for the batch. Prints what each step gave; ends with an exception where one fails.
"""
import sys
import time

import livy
import pandas
import requests
from livy.client import LivyClient
from livy.models import SessionKind

url, token, batch_file = sys.argv[1:]
auth = ("anybody", token)


def check_refusals():
    for wrong in (None, ("anybody", "wrong")):
        try:
            LivyClient(url, wrong).list_sessions()
        except requests.HTTPError as error:
            assert error.response.status_code == 401, error
        else:
            raise AssertionError("let in without the token")


def check_python():
    with livy.LivySession.create(url, auth, name="from pylivy", spark_conf={"spark.ui.enabled": False}) as session:
        assert session.run("print(6 * 7)").text == "42"
        session.run("df = spark.range(5).selectExpr('id', 'id * 1.5 x', \"concat('row ', id) name\")")
        table = session.download("df")
        assert list(table.columns) == ["id", "x", "name"] and len(table) == 5, table
        assert table["x"].sum() == 15.0 and table["name"][4] == "row 4", table
        print(table)
        session.upload("back", pandas.DataFrame({"a": [1, 2], "b": ["x", "ü"]}))
        assert session.run("back.count()").text == "2"
        try:
            session.run("1 / 0")
        except livy.SparkRuntimeError as error:
            assert error.ename == "ZeroDivisionError", error
        else:
            raise AssertionError("no error for 1 / 0")
        assert [s.session_id for s in session.client.list_sessions()] == [session.session_id]
        statements = session.client.list_statements(session.session_id)
        assert [s.statement_id for s in statements] == list(range(len(statements))), statements
        number = session.session_id
    assert LivyClient(url, auth).get_session(number) is None
    print("python done")


def check_sql():
    with livy.LivySession.create(url, auth, kind=SessionKind.SQL) as session:
        table = session.download_sql("select id, id * 2 as twice from range(3) order by id")
        assert table.to_dict("list") == {"id": [0, 1, 2], "twice": [0, 2, 4]}, table
        print(table)
    print("sql done")


def check_batch():
    batch = livy.LivyBatch.create(url, file=batch_file, auth=auth, args=["hello"], driver_memory="512m")
    batch.wait()
    assert batch.state.value == "success", (batch.state, batch.log(size=-1))
    assert "got hello" in batch.log(from_=0, size=500)
    batch.kill()
    assert batch.batch_id not in [b.batch_id for b in LivyClient(url, auth).list_batches()]
    print("batch done")


start = time.monotonic()
check_refusals()
print("server", LivyClient(url, auth).server_version())
check_python()
check_sql()
check_batch()
print(f"all done in {time.monotonic() - start:.0f} s")
