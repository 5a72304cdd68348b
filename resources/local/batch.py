# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a batch's command under guard, as guard.py does, with spark-submit's settings from a line of JSON on standard input.

The first argument is a folder that is made for them, the rest the command.
"""
import json
import os
import sys

import guard
import submitfiles


def read_line():
    """Not a byte more than the line: the rest is for the one who waits for the end."""
    line = bytearray()
    while not line.endswith(b"\n"):
        letter = os.read(0, 1)
        if not letter:
            sys.exit(1)
        line += letter
    return line


def main():
    settings = json.loads(read_line())
    with submitfiles.SubmitFiles(settings, sys.argv[1]) as files:
        command = [sys.argv[2], *files.arguments, *sys.argv[3:]]
        code = guard.run(command, files.environment(os.environ))
    sys.exit(code)


if __name__ == "__main__":
    main()
