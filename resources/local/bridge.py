# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the supervisor and the user's Python share: line messages, dying with the parent, and the cancel ladder."""
import json
import math
import os
import signal
import sys
import threading
import time

LADDER_SECONDS = (0.1, 0.25, 0.3, 0.7, 1.5, 3.0)
CANCEL_SECONDS = 30
RESULT_BYTES = 32 << 20  # of a statement: clients read no more than 64 MiB
# After 6 s: a stop in the middle of the Scala compiler would break it, and an interrupt waits there for the first sleep.
HARD_STEP = 5


class LineWriter:
    """Writes `WORD ID JSON` lines to a descriptor; any thread may call it."""

    def __init__(self, fd):
        self._fd = fd
        self._lock = threading.Lock()

    def send(self, word, number, value):
        # Halves of surrogate pairs are no text: the encoding puts a question mark in their place.
        self.send_raw(word, number, json.dumps(value, ensure_ascii=False))

    def send_raw(self, word, number, text):
        data = memoryview(f"{word} {number} {text}\n".encode("utf-8", "replace"))
        with self._lock:
            while data:
                data = data[os.write(self._fd, data):]

    def fileno(self):
        return self._fd

    def detach(self):
        """For a forked process, whose words are not ours: it fails to write."""
        os.close(self._fd)
        self._fd = -1
        self._lock = threading.Lock()


def write_any_text():
    """Neither a locale nor half of a surrogate pair is to end this process when it writes into the log."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def error_output(number, ename, evalue, traceback=()):
    return {"status": "error", "execution_count": number, "ename": ename, "evalue": evalue,
            "traceback": list(traceback)}


def ok_output(number, data):
    return {"status": "ok", "execution_count": number, "data": data}


def bounded(number, output):
    """That output as JSON text, or an error in the place of one that clients could not read."""
    size = len(output.encode("utf-8", "replace"))
    if size <= RESULT_BYTES:
        return output
    return json.dumps(error_output(number, "ResultTooLarge", f"This result has {megabytes(size)}, and a statement shows "
                                   f"{megabytes(RESULT_BYTES)} at most: show a part of it, or write it to a file."))


def megabytes(size):
    return f"{size / (1 << 20):.0f} MiB"


def reason(error):
    """An exception in one line, without the frames that py4j puts into its text."""
    java = getattr(error, "java_exception", None)
    return java.toString() if java is not None else str(error)


def waits_for_java(thread_id):
    """Whether that Python thread is inside a call that the JVM has to answer."""
    frame = sys._current_frames().get(thread_id)
    while frame is not None:
        if frame.f_code.co_name == "send_command" and "py4j" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


WAITING, RUNNING, ENDED = "waiting", "running", "ended"


def cancel_ladder(context, group, phase, strike, give_notice=lambda: None):
    """Ends a statement: its job group first, then `strike(is_hard)`, hard at last. False from it = it reached nobody.

    `phase()` tells whether the statement waits for its turn, runs or has ended; a cancel that comes before its start
    must not be lost. `give_notice()` is called once when every rung was tried in vain; the result tells whether the
    statement ended after all.
    """
    step = 0
    give_up = math.inf
    while time.monotonic() < give_up:
        context.cancelJobGroup(group)
        time.sleep(LADDER_SECONDS[min(step, len(LADDER_SECONDS) - 1)])
        now = phase()
        if now == ENDED:
            return True
        if now == WAITING:
            continue
        give_up = min(give_up, time.monotonic() + CANCEL_SECONDS)
        if strike(step >= HARD_STEP):
            step += 1
            if step == HARD_STEP + 2:
                give_notice()
    return False


def interrupt(thread_id, thread, is_hard):
    """One rung for what runs in that Python thread, pinned to that JVM thread: a signal to Python, or an interrupt to the JVM thread that Python waits for. False = it reached nobody."""
    if not waits_for_java(thread_id):
        if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
            return False
        signal.pthread_kill(thread_id, signal.SIGINT)
        return True
    if thread is None:
        return False
    thread.interrupt()
    if is_hard:
        try:
            thread.stop()
        except Exception:  # Java 20 and later refuse
            pass
    return True
