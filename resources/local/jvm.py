# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the session's JVM and tells how far its Spark jobs are."""
import os
import subprocess

import processes
import submitfiles

RESOLVED = ("spark.jars", "spark.submit.pyFiles")  # spark-submit adds its packages to them


def launch(settings, submit_options=()):
    """A JVM behind py4j that the kernel ends together with this process; the gateway and Spark's configuration."""
    from pyspark import SparkConf, java_gateway

    def popen(command, **options):
        ignore_interrupt = options.pop("preexec_fn", None)
        words = [options["env"].get("SPARK_SUBMIT_OPTS", ""), *submit_options]
        options["env"] = files.environment({**options["env"], "SPARK_SUBMIT_OPTS": " ".join(words)})

        def prepare():
            if ignore_interrupt:
                ignore_interrupt()
            processes.die_with_parent()
        return subprocess.Popen([command[0], *files.arguments, *command[1:]], preexec_fn=prepare, **options)

    java_gateway.Popen = popen
    # The launcher is a Java of its own that lives for half a second.
    os.environ.setdefault("SPARK_LAUNCHER_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    with submitfiles.SubmitFiles(settings) as files:
        gateway = java_gateway.launch_gateway()
    conf = SparkConf(loadDefaults=False)
    for key, value in settings.items():
        if key not in RESOLVED:
            conf.set(key, value)
    return gateway, conf


class Progress:
    """Finished and known tasks of a statement's job group. Finished stages leave Spark's tracker: keep the highest."""

    def __init__(self, context, group):
        self._tracker = context._jsc.statusTracker()
        self._group = group
        self._stages = {}

    def value(self):
        for job in self._tracker.getJobIdsForGroup(self._group):
            info = self._tracker.getJobInfo(job)
            for stage in (info.stageIds() if info is not None else ()):
                self._look(stage)
        total = sum(count for _, count in self._stages.values())
        return sum(done for done, _ in self._stages.values()) / total if total else 0.0

    def _look(self, stage):
        info = self._tracker.getStageInfo(stage)
        if info is not None:
            done = max(info.numCompletedTasks(), self._stages.get(stage, (0, 0))[0])
            self._stages[stage] = (done, info.numTasks())
