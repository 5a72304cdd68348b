# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a batch's command. When that ends, or the server goes away, nothing is left of what it started.

The server keeps this process's standard input open; its end means that the server is gone.
"""
import os
import signal
import subprocess
import sys
import threading

import processes


def watch():
    while os.read(0, 4096):
        pass
    processes.end_descendants()
    os.killpg(os.getpgrp(), signal.SIGKILL)


def run(command, environment=None):
    """The command's exit code, or 128 and the signal that ended it."""
    processes.adopt_orphans()
    threading.Thread(target=watch, daemon=True).start()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, preexec_fn=processes.die_with_parent)
    code = child.wait()
    processes.end_descendants()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
