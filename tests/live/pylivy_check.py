# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user of pylivy does, unchanged, against a server: sessions, statements, tables into pandas and back, uploads, a batch.

Arguments: the step, URL, token, a Python file for the batch. Prints what the step gave; ends with an exception where it
fails.
"""
import os
import sys
import tempfile
import time
import zipfile

import livy
import pandas
import requests
from livy.client import LivyClient
from livy.models import SessionKind, StatementKind

step, url, token, batch_file = sys.argv[1:]
auth = ("anybody", token)
SCALA_NOTE = ('new String(Thread.currentThread.getContextClassLoader.getResourceAsStream("kindling-note.txt").readAllBytes)')


def check_refusals():
    for wrong in (None, ("anybody", "wrong")):
        try:
            LivyClient(url, wrong).list_sessions()
        except requests.HTTPError as error:
            assert error.response.status_code == 401, error
        else:
            raise AssertionError("let in without the token")
    print("server", LivyClient(url, auth).server_version())


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


def check_uploads():
    with livy.LivySession.create(url, auth) as session, tempfile.TemporaryDirectory() as folder:
        jar = os.path.join(folder, "note.jar")
        with zipfile.ZipFile(jar, "w") as archive:
            archive.writestr("kindling-note.txt", "from the jar")
        for act, part, name, content in (
                ("upload-pyfile", "file", "uploaded_module.py", b"ANSWER = 42\n"),
                ("upload-file", "file", "daten ü.txt", "hallo ü".encode()),
                ("upload-jar", "jar", "note.jar", open(jar, "rb").read())):
            answer = requests.post(f"{url}/sessions/{session.session_id}/{act}", files={part: (name, content)}, auth=auth, timeout=120)
            assert answer.status_code == 200 and answer.text == "", (act, answer.status_code, answer.text)
        assert session.run("import uploaded_module; uploaded_module.ANSWER").text == "42"
        assert session.run("sc.parallelize([1]).map(lambda _: __import__('uploaded_module').ANSWER).sum()").text == "42"
        assert session.run("from pyspark import SparkFiles; open(SparkFiles.get('daten ü.txt')).read()").text == "'hallo ü'"
        scala = session.client.create_statement(
            session.session_id, SCALA_NOTE, kind=StatementKind.SPARK)
        while scala.output is None or scala.state.value != "available":
            time.sleep(0.2)
            scala = session.client.get_statement(session.session_id, scala.statement_id)
        assert "from the jar" in scala.output.text, scala.output


def check_sql():
    with livy.LivySession.create(url, auth, kind=SessionKind.SQL) as session:
        table = session.download_sql("select id, id * 2 as twice from range(3) order by id")
        assert table.to_dict("list") == {"id": [0, 1, 2], "twice": [0, 2, 4]}, table
        print(table)


def check_batch():
    batch = livy.LivyBatch.create(url, file=batch_file, auth=auth, args=["hello"], driver_memory="512m")
    batch.wait()
    assert batch.state.value == "success", (batch.state, batch.log(size=-1))
    assert "got hello" in batch.log(from_=0, size=500)
    batch.kill()
    assert batch.batch_id not in [b.batch_id for b in LivyClient(url, auth).list_batches()]


start = time.monotonic()
{"refusals": check_refusals, "python": check_python, "uploads": check_uploads, "sql": check_sql, "batch": check_batch}[step]()
print(f"{step} done in {time.monotonic() - start:.0f} s")
