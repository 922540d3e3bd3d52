"""The way back: a record of a JSON Lines file with its text edited, and not a byte of it changed otherwise."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence

from tqcheck.model import Edit

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
# What stands for one code point, or for one half of a pair that does not belong together.
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.",
)


def edited(line: str, passes: Sequence[Sequence[Edit]]) -> str:
    """Return a line of JSON with the edits of each pass applied to the value of its key “text”.

    The line must hold an object with such a value; what is written new is escaped where the line
    escapes all that is not ASCII.
    """
    start, end = _text(line)
    value = line[start:end]
    ascii_only = line.isascii()
    for edits in passes:
        value = _applied(value, edits, ascii_only)
    return line[:start] + value + line[end:]


def _text(line: str) -> tuple[int, int]:
    """Return where the content of the string “text” begins and ends; of two such keys the last counts."""
    found = None
    at = _skip(line, 0) + 1
    while line[(at := _skip(line, at))] != "}":
        key, at = _DECODER.raw_decode(line, at)
        at = _skip(line, _skip(line, at) + 1)
        begin = at
        _value, at = _DECODER.raw_decode(line, at)
        if key == "text":
            found = begin + 1, at - 1
        at = _skip(line, at)
        at += line[at] == ","
    if found is None:
        raise ValueError("the record has no text")
    return found


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return at if match is None else match.end()


def _applied(value: str, edits: Sequence[Edit], ascii_only: bool) -> str:
    # Where the stretches between escapes begin: (offset in the text, offset in the JSON).
    pieces = [(0, 0)]
    offset = done = 0
    for escape in _ESCAPE.finditer(value):
        offset += escape.start() - done + 1
        pieces += [(offset - 1, escape.start()), (offset, escape.end())]
        done = escape.end()

    def place(at: int) -> int:
        known, raw = pieces[bisect_right(pieces, (at, len(value) + 1)) - 1]
        return raw + at - known

    parts, at = [], 0
    for edit in edits:
        parts += [value[at : place(edit.start)], json.dumps(edit.text, ensure_ascii=ascii_only)[1:-1]]
        at = place(edit.end)
    return "".join([*parts, value[at:]])
