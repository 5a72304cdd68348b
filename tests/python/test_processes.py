# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import sys
import time
import unittest

import processes

FAMILY = """import os, subprocess, sys
sleepers = [subprocess.Popen(["sleep", "600"]), subprocess.Popen(["sleep", "600"], start_new_session=True)]
subprocess.Popen([sys.executable, "-c", "import subprocess; subprocess.Popen(['sleep', '600'])"], start_new_session=True).wait()
print("ready", flush=True)
sys.stdin.read()
"""
KEEPER = f"""import os, subprocess, sys, time
sys.path.insert(0, {os.path.dirname(processes.__file__)!r})
import processes
processes.adopt_orphans()
kept = subprocess.Popen(["sleep", "600"])
family = subprocess.Popen([sys.executable, "-c", {FAMILY!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
family.stdout.readline()
print(kept.pid, *processes.children(family.pid), flush=True)
family.kill()
family.wait()
processes.kill_orphans(keep=(kept.pid,))
print(processes.children(os.getpid()), flush=True)
processes.end_descendants()
"""

# Sleepers whose parents are gone: one as it is, one in a group and one in a session of its own; and one that is the next of them.
HIDDEN = """import os, subprocess, sys, time
def hide(leave):
    reader, writer = os.pipe()
    if os.fork() == 0:
        leave()
        if os.fork() == 0:
            os.write(writer, f"{os.getpid()} {subprocess.Popen(['sleep', '600']).pid if leave is os.setsid else ''}".encode())
            os.close(writer)
            os.closerange(1, 3)
            time.sleep(600)
        os._exit(0)
    os.close(writer)
    os.wait()
    return os.read(reader, 99).decode().strip()
print(*[hide(leave) for leave in (int, os.setpgrp, os.setsid)], flush=True)
if sys.argv[1] == "ends":
    sys.exit(3)
time.sleep(600)
"""


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class OrphansTest(unittest.TestCase):
    def test_orphans_are_killed_and_buried_and_the_kept_stay(self):
        done = subprocess.run([sys.executable, "-c", KEEPER], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stderr, "")
        started, left = done.stdout.splitlines()
        kept, *sleepers = map(int, started.split())
        self.assertGreaterEqual(len(sleepers), 2)
        self.assertEqual(left, f"[{kept}]")
        deadline = time.monotonic() + 30
        while any(map(is_running, [kept, *sleepers])) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual([pid for pid in [kept, *sleepers] if is_running(pid)], [])

    def test_what_is_not_there_has_no_children(self):
        self.assertEqual(processes.children(2 ** 22 + 1), [])
        processes.kill_descendants(2 ** 22 + 1)

    def test_nothing_is_left_of_a_command_however_it_hides(self):
        for order in ("ends", "is left"):
            with self.subTest(order):
                guard = subprocess.Popen(
                    [sys.executable, "-u", os.path.join(os.path.dirname(processes.__file__), "guard.py"),
                     sys.executable, "-c", HIDDEN, order],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
                pids = list(map(int, guard.stdout.readline().split()))
                self.assertEqual(len(pids), 4)
                if order == "is left":
                    self.assertEqual([pid for pid in pids if not is_running(pid)], [])
                    guard.stdin.close()
                code = guard.wait(60)
                self.assertEqual([pid for pid in pids if is_running(pid)], [])
                if order == "ends":
                    self.assertEqual(code, 3)
                    guard.stdin.close()
                guard.stdout.close()
