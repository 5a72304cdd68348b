# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a statement prints: kept up to a limit, and handed on piece by piece while the statement runs."""
import collections
import io
import threading

HEAD_KEPT = 6_000_000
TAIL_KEPT = 2_000_000
STREAMED = 1_000_000
PIECES_KEPT = 4096


class CappedText:
    """Text that only grows: its beginning and its end are kept, and the count of what was left out between."""

    def __init__(self, head=HEAD_KEPT, tail=TAIL_KEPT):
        self._room = head
        self._tail_limit = tail
        self._head = io.StringIO(newline="")
        self._tail = collections.deque()
        self._tail_length = 0
        self._left_out = 0

    def add(self, text):
        if self._room > 0:
            self._head.write(text[:self._room])
            text, self._room = text[self._room:], self._room - len(text)
        if text:
            self._tail.append(text)
            self._tail_length += len(text)
            if len(self._tail) > PIECES_KEPT or self._tail_length > 2 * self._tail_limit:
                self._shorten()

    def _shorten(self):
        text = "".join(self._tail)
        kept = text[-self._tail_limit:]
        self._left_out += len(text) - len(kept)
        self._tail = collections.deque([kept])
        self._tail_length = len(kept)

    def text(self):
        if self._tail_length > self._tail_limit:
            self._shorten()
        mark = f"\n… [{self._left_out:,} characters left out here: too long to be kept whole] …\n" if self._left_out else ""
        return self._head.getvalue() + mark + "".join(self._tail)


def shorten(text, head=200_000, tail=50_000):
    """A text that is made at once, under the same rule."""
    capped = CappedText(head, tail)
    capped.add(text)
    return capped.text()


class Output:
    """The printed text of one statement: at its end stdout before stderr, as Livy has it; while it runs, as it came."""

    def __init__(self):
        self._lock = threading.Lock()
        self._out = CappedText()
        self._err = CappedText()
        self._fresh = []
        self._streamable = STREAMED

    def write(self, text, is_error=False):
        with self._lock:
            (self._err if is_error else self._out).add(text)
            if self._streamable > 0:
                self._fresh.append(text[:self._streamable])
                self._streamable -= len(text)
                if self._streamable <= 0:
                    self._fresh.append("\n… [the rest is shown when the statement has ended] …\n")

    def take_fresh(self):
        """What was written since the last call."""
        with self._lock:
            text = "".join(self._fresh)
            self._fresh.clear()
        return text

    def text(self):
        with self._lock:
            return self._out.text() + self._err.text()


class Streamer:
    """Sends what the current statement prints, at most every `interval` seconds, until `finish`."""

    def __init__(self, send, interval=0.15):
        self._send = send
        self._interval = interval
        self._condition = threading.Condition()
        self._current = None
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, number, output):
        with self._condition:
            self._current = (number, output)
            self._condition.notify()

    def finish(self):
        """After it nothing of that statement is sent any more."""
        with self._condition:
            self._current = None

    def _run(self):
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._current)
                started = self._current
                if self._condition.wait_for(lambda: self._current is not started, self._interval):
                    continue
                number, output = started
                text = output.take_fresh()
                if text:
                    self._send(number, text)


class BytesPart(io.RawIOBase):
    """The `buffer` of a stand-in: bytes are written as UTF-8 text."""

    def __init__(self, text_part):
        self._text_part = text_part

    def writable(self):
        return True

    def write(self, data):
        self._text_part.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


class StandIn(io.TextIOBase):
    """Stands in for sys.stdout or sys.stderr: while a statement runs, what is written belongs to it."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, real, is_error):
        self._real = real
        self._is_error = is_error
        self.target = None
        self.buffer = BytesPart(self)

    def writable(self):
        return True

    def fileno(self):
        return self._real.fileno()

    def flush(self):
        if self.target is None:
            self._real.flush()

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        target = self.target
        if target is None:
            self._real.write(text)
        else:
            target.write(text, self._is_error)
        return len(text)
