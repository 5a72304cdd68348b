# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings what the JVM prints to this process: as it comes, and whole up to a mark when asked."""
import codecs
import os
import threading
import uuid

MARK = f"\x00{uuid.uuid4().hex}\n"
MARK_SECONDS = 30


class MarkReader:
    """Cuts a stream of text at marks; `deliver(text)` gets what lies between, `reached()` is called at each mark."""

    def __init__(self, mark, deliver, reached):
        self._mark = mark
        self._deliver = deliver
        self._reached = reached
        self._carry = ""

    def feed(self, text):
        *ended, rest = (self._carry + text).split(self._mark)
        for part in ended:
            self._give(part)
            self._reached()
        kept = next((n for n in range(min(len(self._mark) - 1, len(rest)), 0, -1)
                     if rest.endswith(self._mark[:n])), 0)
        self._give(rest[:len(rest) - kept])
        self._carry = rest[len(rest) - kept:]

    def _give(self, text):
        if text:
            self._deliver(text)


class ScalaOutput:
    """The JVM's System.out from here on. Made before anything touches scala.Console."""

    def __init__(self, jvm, folder):
        path = os.path.join(folder, "scala-out")
        os.mkfifo(path, 0o600)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.stream = jvm.java.io.PrintStream(jvm.java.io.FileOutputStream(path), True, "UTF-8")
        os.set_blocking(reader, True)
        os.unlink(path)
        jvm.java.lang.System.setOut(self.stream)
        self._sinks = ()
        self._marks = threading.Semaphore(0)
        threading.Thread(target=self._pump, args=(reader,), daemon=True).start()

    def direct_to(self, *sinks):
        """What comes after this call goes to them; to the log without any."""
        self.settle()
        self._sinks = sinks

    def settle(self):
        """Returns when all that was printed before has been delivered."""
        getattr(self.stream, "print")(MARK)
        self._marks.acquire(timeout=MARK_SECONDS)

    def _deliver(self, text):
        sinks = self._sinks
        if not sinks:
            print(text, end="", flush=True)
        for sink in sinks:
            sink(text)

    def _pump(self, reader):
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        marks = MarkReader(MARK, self._deliver, self._marks.release)
        for data in iter(lambda: os.read(reader, 65536), b""):
            marks.feed(decoder.decode(data))
