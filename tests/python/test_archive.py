# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import fcntl
import os
import sys
import tempfile
import time
import unittest
from unittest import mock

import classarchive
import pychild


class ArchiveTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.home = os.path.join(self.folder, "spark")
        os.makedirs(os.path.join(self.home, "jars"))
        self.cache = os.path.join(self.folder, "cache")
        os.mkdir(self.cache)
        self.jar("a.jar", "1")
        for patch in (mock.patch.object(classarchive, "free_memory_kb", lambda: 10 ** 9),
                      mock.patch.object(classarchive, "NEEDED_BYTES", 0)):
            patch.start()
            self.addCleanup(patch.stop)

    def jar(self, name, content):
        with open(os.path.join(self.home, "jars", name), "w", encoding="ascii") as file:
            file.write(content)

    def archive(self, usable=True):
        archive = classarchive.ClassArchive(self.cache, self.home)
        archive._is_usable = lambda path: usable and os.path.isfile(path)
        return archive

    @staticmethod
    def train(options):
        path = next(option for option in options if "ArchiveClassesAtExit" in option).strip('"').partition("=")[2]
        with open(path, "w", encoding="ascii") as file:
            file.write("classes")

    def test_is_made_once_and_then_used(self):
        archive = self.archive()
        self.assertEqual(archive.java_options({}), [])
        self.assertTrue(archive.make(self.train))
        self.assertIn(f'"-XX:SharedArchiveFile={archive.path}"', archive.java_options({}))
        self.assertFalse(archive.is_wanted())
        self.assertFalse(archive.make(lambda options: self.fail("made twice")))

    def test_the_class_path_names_each_jar_once_and_settings_last(self):
        self.jar("slf4j-api-2.jar", "")
        self.jar("notes.txt", "")
        jars = [os.path.join(self.home, "jars", name) for name in ("slf4j-api-2.jar", "a.jar")]
        self.assertEqual(classarchive.class_path(self.home), jars)
        archive = self.archive()
        archive.make(self.train)
        self.assertEqual(archive.java_options({})[1], f'"{":".join(jars)}"')
        conf = os.path.join(self.home, "conf")
        os.mkdir(conf)
        self.assertEqual(archive.java_options({})[1], f'"{":".join([*jars, conf])}"')

    def test_a_class_path_of_the_sessions_own_is_left_alone(self):
        archive = self.archive()
        archive.make(self.train)
        self.assertEqual(archive.java_options({"spark.driver.extraClassPath": "/x.jar"}), [])
        with mock.patch.dict(os.environ, HADOOP_CONF_DIR="/etc/hadoop"):
            self.assertEqual(archive.java_options({}), [])

    def test_a_class_path_that_sparks_own_files_set_is_left_alone(self):
        archive = self.archive()
        archive.make(self.train)
        for name, content, is_own in (("spark-defaults.conf", "spark.driver.memory 1g", False),
                                      ("spark-defaults.conf", "spark.driver.extraClassPath  /x.jar", True),
                                      ("spark-env.sh", "", True)):
            for variable in ({}, {"SPARK_CONF_DIR": os.path.join(self.folder, "elsewhere")}):
                conf = variable.get("SPARK_CONF_DIR", os.path.join(self.home, "conf"))
                os.makedirs(conf, exist_ok=True)
                with open(os.path.join(conf, name), "w", encoding="ascii") as file:
                    file.write(content)
                with mock.patch.dict(os.environ, variable):
                    self.assertEqual(archive.java_options({}) == [], is_own, (name, content))
                os.remove(os.path.join(conf, name))

    def test_another_java_or_spark_wants_another(self):
        first = self.archive()
        first.make(self.train)
        self.jar("b.jar", "2")
        second = self.archive()
        self.assertNotEqual(first.path, second.path)
        self.assertTrue(second.is_wanted())
        with mock.patch.dict(os.environ, JAVA_HOME=self.folder):
            self.assertNotEqual(self.archive().path, second.path)

    def test_a_half_made_one_is_never_used(self):
        archive = self.archive()
        seen = []

        def train(options):
            self.train(options)
            seen.extend(archive.java_options({}))
            raise RuntimeError("killed")
        with self.assertRaises(RuntimeError):
            archive.make(train)
        self.assertEqual(seen + archive.java_options({}), [])
        self.assertTrue(archive.make(self.train))
        self.assertEqual([name for name in os.listdir(self.cache) if name.endswith(".making")], [])

    def test_one_that_java_does_not_take_is_not_tried_for_ever(self):
        archive = self.archive(usable=False)
        self.assertFalse(archive.make(self.train))
        self.assertEqual(archive.java_options({}), [])
        self.assertFalse(archive.is_wanted())
        self.assertFalse(self.archive().make(lambda options: self.fail("tried again")))

    def test_two_makers_do_not_meet(self):
        with open(os.path.join(self.cache, "classes-lock"), "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertFalse(self.archive().make(lambda options: self.fail("made at the same time")))
        self.assertTrue(self.archive().make(self.train))

    def test_room_is_looked_for(self):
        with mock.patch.object(classarchive, "NEEDED_BYTES", 10 ** 18):
            self.assertFalse(self.archive().is_wanted())
        with mock.patch.object(classarchive, "free_memory_kb", lambda: 1000):
            self.assertFalse(self.archive().is_wanted())
        self.assertTrue(self.archive().is_wanted())
        self.assertFalse(classarchive.ClassArchive(None, self.home).is_wanted())

    def test_what_nobody_uses_is_removed_and_nothing_else(self):
        names = ("classes-old.jsa", "classes-new.jsa", "classes-x.jsa.making", "other.jsa")
        for name in names:
            with open(os.path.join(self.cache, name), "w", encoding="ascii"):
                pass
        for name in ("classes-old.jsa", "other.jsa"):
            os.utime(os.path.join(self.cache, name), (0, time.time() - 40 * 86400))
        self.archive().tidy()
        self.assertEqual(sorted(os.listdir(self.cache)), ["classes-new.jsa", "other.jsa"])


class EnvironmentTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = folder.name
        os.makedirs(os.path.join(self.home, "python", "lib"))
        for name in ("pyspark.zip", "py4j-0.10-src.zip", "README"):
            open(os.path.join(self.home, "python", "lib", name), "w", encoding="ascii").close()

    def test_another_python_gets_the_sessions_own_pyspark(self):
        with mock.patch.dict(os.environ, SPARK_HOME=self.home, PYTHONPATH="/mine", TMPDIR="/session"):
            env = pychild.environment_for("/other/python", {"TMPDIR": None})
        self.assertEqual(env["PYTHONPATH"].split(":"), [
            f"{self.home}/python/lib/py4j-0.10-src.zip", f"{self.home}/python/lib/pyspark.zip", "/mine"])
        self.assertEqual(env["PYSPARK_PYTHON"], "/other/python")
        self.assertNotIn("TMPDIR", env)

    def test_our_own_python_needs_nothing(self):
        with mock.patch.dict(os.environ, SPARK_HOME=self.home, PYTHONPATH="/mine"):
            env = pychild.environment_for(sys.executable, {"TMPDIR": "/users"})
        self.assertEqual((env["PYTHONPATH"], env["TMPDIR"]), ("/mine", "/users"))


class EndTest(unittest.TestCase):
    def test_names_signals_and_codes(self):
        self.assertIn("exit code 3", pychild.describe_end(3))
        self.assertIn("SIGKILL", pychild.describe_end(-9))
        self.assertIn("99", pychild.describe_end(-99))
