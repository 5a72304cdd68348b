# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scala's error texts in Livy's form, with the line numbers of the cell."""
import re

import bridge

CARET = re.compile(r"^\s*\^\s*$")
HEADER = re.compile(r"^(?:On line (\d+):|\s+) ?((?:error|warning): .*)$")
OLD_HEADER = re.compile(r"^<console>:\d+: ((?:error|warning): .*)$")
ERROR_LINE = re.compile(r"^\s*(<console>:\d+: )?error: |^\S*(Exception|Error)\b")
PROMPT = " " * 7  # the compiler's carets leave room for its own prompt


def relocated(text, first_line, piece):
    """The lines of a piece's error text: `<console>:LINE: error: …`, what is said of it, the source, the caret.

    Scala 2.13 prints source and caret first and counts from the beginning of the piece, which is line `first_line` of
    the cell; Scala 2.12 prints this form itself, and counts what it puts around the piece.
    """
    lines = text.rstrip().split("\n")
    carets = [index for index in range(len(lines) - 1) if CARET.match(lines[index]) and HEADER.match(lines[index + 1])]
    if not carets:
        return renumbered(lines, first_line, piece)
    named = [HEADER.match(lines[index + 1]).group(1) is not None and index > 0 for index in carets]
    starts = [index - is_named for index, is_named in zip(carets, named)] + [len(lines)]
    result = lines[:starts[0]]
    for index, is_named, end in zip(carets, named, starts[1:]):
        number, message = HEADER.match(lines[index + 1]).groups()
        source = lines[index - 1] if is_named else PROMPT + piece.split("\n")[0]
        result += [f"<console>:{first_line + int(number or 1) - 1}: {message}", *lines[index + 2:end], source, lines[index]]
    return result


def renumbered(lines, first_line, piece):
    """Scala 2.12's lines with the cell's numbers, where the source that it shows tells which line is meant."""
    sources = [line.strip() for line in piece.split("\n")]
    result = list(lines)
    for index, line in enumerate(lines):
        header = OLD_HEADER.match(line)
        caret = next((at for at in range(index + 1, len(lines)) if CARET.match(lines[at])), None)
        if not header or caret is None:
            continue
        places = [place for place, source in enumerate(sources) if source == lines[caret - 1].strip()]
        if len(sources) == 1:
            places = [0]
        if len(places) == 1:
            result[index] = f"<console>:{first_line + places[0]}: {header.group(1)}"
    return result


def failure(number, lines, first_line=1):
    """The error output; an exception that the code threw is given the cell's line that it came from."""
    at = next((index for index, line in enumerate(lines) if ERROR_LINE.search(line)), 0)
    evalue = (lines[at].strip() if lines else "") or "Scala ended the statement without a word."
    rest = lines[:at] + lines[at + 1:]
    if first_line > 1 and not evalue.startswith("<console>"):
        rest.append(f"  at line {first_line} of the cell")
    return bridge.error_output(number, "Error", evalue, [line + "\n" for line in rest])
