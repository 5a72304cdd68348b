# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of an exception in user Python: the user's own lines, without the machinery around them."""
import os
import sys
import traceback

import bridge
import capture
import cellcode

OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))


def machinery_folders():
    """Of this interpreter, and of Spark's own Python part, whose messages say what its frames would."""
    modules = (sys.modules.get(name) for name in ("pyspark", "py4j"))
    return [OWN_FOLDER + os.sep] + [os.path.dirname(module.__file__) + os.sep for module in modules if module]


def from_users_first(stack):
    """What led to the user's code is nothing of the user's."""
    first = next((index for index, frame in enumerate(stack) if cellcode.OWN_NAME.fullmatch(frame.filename)), len(stack))
    return stack[first:]


def trim(described, folders):
    """Takes the machinery's frames out of an exception's description and of those that it came from."""
    seen, waiting = set(), [described]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        kept = [frame for frame in one.stack if not frame.filename.startswith(folders)]
        for frame in kept:
            frame.line  # read before the name changes: the lines are kept under the own name
            frame.filename = cellcode.plain(frame.filename)
        one.stack = traceback.StackSummary.from_list(kept)
        waiting += (one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ()))


def describe(number, error):
    """Livy's error output. An exception is the user's own code too: whatever that does, the session goes on."""
    try:
        return describe_with_traceback(number, error)
    except BaseException:
        return bridge.error_output(number, type(error).__name__, text_of(error))


def describe_with_traceback(number, error):
    """Tracebacks hold the frames of the user and of the libraries that the user called."""
    described = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    described.stack = traceback.StackSummary.from_list(from_users_first(described.stack))
    trim(described, tuple(machinery_folders()))
    lines = described.format() if described.stack or described.__cause__ else described.format_exception_only()
    return bridge.error_output(number, type(error).__name__, text_of(error),
                               [capture.shorten(cellcode.plain(line)) for line in lines])


def text_of(error):
    try:
        return capture.shorten(cellcode.plain(str(error)))
    except BaseException:
        return "<unprintable exception>"
