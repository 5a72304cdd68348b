# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sees to it that no process of a session outlives it, also one that left the process group."""
import ctypes
import glob
import os
import signal
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
END_SECONDS = 5


def die_with_parent():
    """For preexec_fn: the kernel kills this process when the thread that forked it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans():
    """Processes whose parent ends below this one become its children, so that they can be found."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(pid):
    found = []
    for path in glob.glob(f"/proc/{pid}/task/*/children"):
        try:
            with open(path, encoding="ascii") as file:
                found += map(int, file.read().split())
        except OSError:  # it ended meanwhile
            pass
    return found


def kill_descendants(pid, keep=()):
    """Kills what descends from `pid`, except `keep` and what descends from those. Parents go first."""
    for child in children(pid):
        if child in keep:
            continue
        grandchildren = children(child)
        kill(child)
        for one in grandchildren:
            kill_descendants(one)
            kill(one)


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


def kill_orphans(keep):
    """Kills and buries what this process adopted; `keep` are the children that it made itself."""
    kill_descendants(os.getpid(), keep)
    for child in children(os.getpid()):
        if child not in keep:
            try:
                os.waitpid(child, 0)
            except OSError:
                pass


def end_descendants():
    """Kills and buries all that descends from this process, which has to adopt orphans: what a round sees too late
    is a child of this process in the next one."""
    give_up = time.monotonic() + END_SECONDS
    while children(os.getpid()) and time.monotonic() < give_up:
        kill_descendants(os.getpid())
        bury_the_dead()
        time.sleep(0.005)


def bury_the_dead():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
