# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys
import types
import unittest
from unittest import mock

import jvm

SETTINGS = {"spark.app.name": "n", "spark.hadoop.fs.s3a.secret.key": "s3cret-1", "spark.etl.url": "jdbc:x:?password=s3cret-2",
            "spark.driver.extraJavaOptions": "-Djavax.net.ssl.keyStorePassword=s3cret-3"}


class Conf(dict):
    def __init__(self, loadDefaults):
        super().__init__()

    def set(self, key, value):
        self[key] = value


class LaunchTest(unittest.TestCase):
    def launch(self, settings, *options):
        gateway = types.SimpleNamespace()
        gateway.launch_gateway = lambda: gateway.Popen(["spark-submit", "pyspark-shell"], env={"SPARK_SUBMIT_OPTS": "-Dx=1"})
        pyspark = types.SimpleNamespace(SparkConf=Conf, java_gateway=gateway)
        with mock.patch.dict(sys.modules, {"pyspark": pyspark, "pyspark.java_gateway": gateway}), \
                mock.patch("subprocess.Popen", self.start):
            return jvm.launch(settings, *options)[1]

    def start(self, command, preexec_fn, env):
        self.command, self.environment = command, env
        with open(command[2], encoding="utf-8") as file:
            self.properties = file.read()
        return "gateway"

    def test_settings_reach_spark_but_no_command_line(self):
        conf = self.launch(SETTINGS)
        self.assertEqual(conf, SETTINGS)
        self.assertEqual((self.command[0], self.command[1], self.command[3]), ("spark-submit", "--properties-file", "pyspark-shell"))
        self.assertNotIn("s3cret", " ".join(self.command) + str(self.environment))
        for secret in ("s3cret-1", "s3cret-2"):
            self.assertIn(secret, self.properties)
        self.assertNotIn("s3cret-3", self.properties)  # Spark's launcher would put it onto Java's command line

    def test_what_spark_submit_adds_packages_to_is_left_as_it_made_it(self):
        files = {"spark.jars": "/a.jar", "spark.submit.pyFiles": "/a.py"}
        self.assertEqual(self.launch({**SETTINGS, **files}), SETTINGS)
        for path in files.values():
            self.assertIn(path, self.properties)

    def test_own_java_options_stay_before_those_of_the_settings(self):
        self.launch(SETTINGS, ["-Xshare:auto"])
        self.assertRegex(self.environment["SPARK_SUBMIT_OPTS"], '^-Dx=1 -Xshare:auto "@.*"$')

    def test_the_files_go_when_spark_has_read_them(self):
        self.launch(SETTINGS)
        self.assertFalse(os.path.exists(os.path.dirname(self.command[2])))


class Tracker:
    """Spark's: jobs of the group "7" with their stages, and each stage's finished and all tasks."""

    def __init__(self):
        self.jobs, self.stages = {}, {}

    def getJobIdsForGroup(self, group):
        return list(self.jobs) if group == "7" else []

    def getJobInfo(self, job):
        stages = self.jobs[job]
        return stages and types.SimpleNamespace(stageIds=lambda: stages)

    def getStageInfo(self, stage):
        found = self.stages.get(stage)
        return found and types.SimpleNamespace(numCompletedTasks=lambda: found[0], numTasks=lambda: found[1])


class ProgressTest(unittest.TestCase):
    def setUp(self):
        self.tracker = Tracker()
        context = types.SimpleNamespace(_jsc=types.SimpleNamespace(statusTracker=lambda: self.tracker))
        self.progress = jvm.Progress(context, "7")

    def test_is_the_part_of_the_tasks_that_are_finished(self):
        self.assertEqual(self.progress.value(), 0.0)
        self.tracker.jobs = {1: [10]}
        self.tracker.stages = {10: (2, 8)}
        self.assertEqual(self.progress.value(), 0.25)
        self.tracker.jobs[2] = [20, 21]
        self.tracker.stages.update({20: (8, 8), 21: (0, 4)})
        self.assertEqual(self.progress.value(), 0.5)

    def test_what_the_tracker_has_forgotten_stays_finished(self):
        self.tracker.jobs = {1: [10], 2: None}
        self.tracker.stages = {10: (6, 8)}
        self.assertEqual(self.progress.value(), 0.75)
        self.tracker.stages = {10: (3, 8)}
        self.assertEqual(self.progress.value(), 0.75)
        self.tracker.stages = {}
        self.assertEqual(self.progress.value(), 0.75)

    def test_jobs_of_others_do_not_count(self):
        other = jvm.Progress(types.SimpleNamespace(_jsc=types.SimpleNamespace(statusTracker=lambda: self.tracker)), "8")
        self.tracker.jobs, self.tracker.stages = {1: [10]}, {10: (2, 8)}
        self.assertEqual(other.value(), 0.0)


if __name__ == "__main__":
    unittest.main()
