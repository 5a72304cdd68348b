# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import submitfiles

# Says what spark-submit would see.
SUBMIT = """#!/usr/bin/env python3
import os, sys
print(sys.argv[1], os.environ["SPARK_SUBMIT_OPTS"], sys.argv[3:])
print(open(sys.argv[2]).read())
sys.exit(3)
"""

ECHO = """public class Echo {
    public static void main(String[] names) {
        for (String name : names)
            System.out.println(System.getProperty(name));
    }
}
"""


def content(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class JavaOptionsTest(unittest.TestCase):
    def test_options_are_taken_apart_as_spark_does(self):
        for options, words in {"": [], "  ": [], "-a -b": ["-a", "-b"], "-a='x y'": ["-a=x y"], '"-a b" c': ["-a b", "c"],
                               r'"a\"b" c\ d': ['a"b', "c d"], "''": [""], r"'a\b'": [r"a\b"], "a\n b": ["a", "b"]}.items():
            with self.subTest(options):
                self.assertEqual(submitfiles.words_of(options), words)

    def test_a_quote_without_its_end_is_left_to_spark(self):
        settings = {"spark.driver.extraJavaOptions": "-a='x"}
        self.assertEqual(submitfiles.take_java_options(settings), [])
        self.assertEqual(settings, {"spark.driver.extraJavaOptions": "-a='x"})

    def test_what_spark_refuses_is_left_to_spark(self):
        settings = {"spark.driver.extraJavaOptions": "-a -Xmx1g", "spark.driver.defaultJavaOptions": "-b"}
        self.assertEqual(submitfiles.take_java_options(settings), ["-b"])
        self.assertEqual(settings, {"spark.driver.extraJavaOptions": "-a -Xmx1g", "spark.driver.defaultJavaOptions": ""})

    def test_properties_of_the_driver_are_taken_whatever_their_names(self):
        settings = {"spark.driver.extraJavaOptions": "-Dspark.x=1 -Dstore.password=s"}
        self.assertEqual(submitfiles.take_java_options(settings), ["-Dspark.x=1", "-Dstore.password=s"])
        self.assertEqual(settings, {"spark.driver.extraJavaOptions": ""})

    @unittest.skipUnless(shutil.which("java"), "needs Java")
    def test_java_reads_the_words_as_they_were(self):
        values = ["x y", 'a"b', "c\\d", "'", "#", "@", "tab\tend", "ü€"]
        with tempfile.TemporaryDirectory() as folder:
            source = os.path.join(folder, "Echo.java")
            with open(source, "w", encoding="utf-8") as file:
                file.write(ECHO)
            options = " ".join(f'"-Dk{number}=' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for number, value in enumerate(values))
            with submitfiles.SubmitFiles({"spark.driver.extraJavaOptions": options}) as files:
                argument = submitfiles.words_of(files.java_options[0])[0]
                command = ["java", "-Dstdout.encoding=UTF-8", argument, source, *(f"k{number}" for number in range(len(values)))]
                said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300,
                                      env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(said.stdout.splitlines(), values, said.stderr)


class FilesTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home)
        patch = mock.patch.dict(os.environ, {"SPARK_CONF_DIR": self.home})
        patch.start()
        self.addCleanup(patch.stop)

    def properties(self, settings):
        with submitfiles.SubmitFiles(settings) as files:
            return content(files.arguments[1])

    def test_only_the_user_reads_them_and_they_go(self):
        with submitfiles.SubmitFiles({"spark.driver.extraJavaOptions": "-a"}) as files:
            folder = os.path.dirname(files.arguments[1])
            self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
            for name in os.listdir(folder):
                self.assertEqual(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode), 0o600)
            self.assertEqual(len(os.listdir(folder)), 2)
        self.assertFalse(os.path.exists(folder))

    def test_odd_settings_are_written_as_java_reads_them(self):
        self.assertEqual(self.properties({"spark.a b": " x\\y\n#z"}), "spark.a\\ b=\\ x\\\\y\\n#z\n")
        self.assertEqual(self.properties({"spark.u": "ü€"}), "spark.u=ü€\n")
        self.assertEqual(self.properties({"spark.s": "\ud800"}), "spark.s=?\n")

    def test_sparks_own_defaults_stay_below_them(self):
        with open(os.path.join(self.home, "spark-defaults.conf"), "w", encoding="utf-8") as file:
            file.write("spark.x  1\nspark.y 2 \\")
        self.assertEqual(self.properties({"spark.x": "3"}), "spark.x  1\nspark.y 2 \\\n\nspark.x=3\n")


class BatchTest(unittest.TestCase):
    def test_the_command_gets_its_settings_by_a_file(self):
        script = os.path.join(os.path.dirname(submitfiles.__file__), "batch.py")
        with tempfile.TemporaryDirectory() as home:
            submit = os.path.join(home, "spark-submit")
            with open(submit, "w", encoding="utf-8") as file:
                file.write(SUBMIT)
            os.chmod(submit, 0o700)
            settings = {"spark.x": "s3cret", "spark.driver.extraJavaOptions": "-Dp=s3cret"}
            folder = os.path.join(home, "settings")
            batch = subprocess.Popen([sys.executable, "-u", script, folder, submit, "job.py", "arg"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, start_new_session=True)
            batch.stdin.write(json.dumps(settings).encode() + b"\n")
            batch.stdin.flush()
            said = batch.stdout.read().decode()
            self.assertEqual(batch.wait(60), 3)
            batch.stdin.close()
            batch.stdout.close()
            self.assertFalse(os.path.exists(folder))
        first, *rest = said.splitlines()
        self.assertEqual(first, f"--properties-file \"@{folder}/java.options\" ['job.py', 'arg']")
        self.assertIn("spark.x=s3cret", rest)
        self.assertIn("spark.driver.extraJavaOptions=", rest)

    def test_a_server_that_goes_before_it_said_anything_ends_it(self):
        script = os.path.join(os.path.dirname(submitfiles.__file__), "batch.py")
        self.assertEqual(subprocess.run([sys.executable, script, "/nowhere", "true"], stdin=subprocess.DEVNULL, timeout=60).returncode, 1)


if __name__ == "__main__":
    unittest.main()
