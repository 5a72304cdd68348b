# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps one R for the session, started with its first statement; without R or SparkR that is refused as Livy does."""
import os

import bridge
import rchild


class RKeeper:
    def __init__(self, start, streamer):
        self._settings = start["conf"]
        self._settings.update(rchild.worker_settings(self._settings, os.path.dirname(self._settings["spark.repl.class.outputDir"])))
        self._environment = start["environment"]
        self._streamer = streamer
        self._session = None
        self._child = None

    def attach(self, gateway, context, session):
        self._session = (gateway, context, session)

    def execute(self, number, code):
        """Livy's output, and whether R is dead."""
        if self._child is None:
            try:
                self._child = self._start()
            except Exception as error:
                return bridge.error_output(number, "InterpreterError", "Fail to start interpreter",
                                           [bridge.reason(error) + "\n"]), False
        if self._child.is_dead:
            return bridge.error_output(number, "Error", "Interpreter died:\n"), True
        return self._child.execute(number, code)

    def forget_dead(self):
        """The next statement starts a fresh one."""
        if self._child is not None and self._child.is_dead:
            self._child = None

    def interrupt(self, number):
        """False = R does not run that statement."""
        return self._child is not None and self._child.interrupt(number)

    def _start(self):
        program = rchild.command(self._settings)
        backend = rchild.Backend(*self._session)
        child = rchild.RChild(program, self._environment, backend, self._streamer)
        problem = child.wait_for_start()
        if problem:
            child.end()
            child.close()
            backend.close()
            raise rchild.NoR(f"{program} cannot use SparkR: {problem}. Install the SparkR of your Spark into R/lib of "
                             "SPARK_HOME or into R's own library.")
        return child
