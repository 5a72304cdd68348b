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


def trim(one, folders, seen):
    """Takes the machinery's frames out of an exception's description and of those that it came from."""
    if one is None or id(one) in seen:
        return
    seen.add(id(one))
    kept = [frame for frame in one.stack if not frame.filename.startswith(folders)]
    for frame in kept:
        frame.line  # read before the name changes: the lines are kept under the own name
        frame.filename = cellcode.plain(frame.filename)
    one.stack = traceback.StackSummary.from_list(kept)
    for other in (one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or ())):
        trim(other, folders, seen)


def describe(number, error):
    """Livy's error output: tracebacks hold the frames of the user and of the libraries that the user called."""
    described = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    described.stack = traceback.StackSummary.from_list(from_users_first(described.stack))
    trim(described, tuple(machinery_folders()), set())
    lines = described.format() if described.stack or described.__cause__ else described.format_exception_only()
    try:
        text = str(error)
    except Exception:
        text = "<unprintable exception>"
    return bridge.error_output(number, type(error).__name__, capture.shorten(cellcode.plain(text)),
                               [capture.shorten(cellcode.plain(line)) for line in lines])
