"""Lines and columns of a text: reporters count them, nothing else does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_BREAK = re.compile(r"\r\n|\r|\n")
# What git, and all that show its files, take for the end of a line.
_FEED = re.compile(r"\n")
# Sizes are added up in steps of so many code points: a column costs one step, however long the line.
_STEP = 1024


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units, as JavaScript and the .NET languages count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """Return the length of a text in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


class Lines:
    """The lines of a text; numbers begin at 1, columns count what `size` measures (code points).

    Lines end as an editor ends them; with `feeds` at line feeds alone, as git ends them.
    """

    def __init__(self, text: str, size: Callable[[str], int] = len, feeds: bool = False) -> None:
        self._text = text
        self._size = size
        self._sums = [0]
        self._starts = [0, *(m.end() for m in (_FEED if feeds else _BREAK).finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        if self._size is len:
            return line, offset - start + 1
        if offset - start <= _STEP:
            return line, self._size(self._text[start:offset]) + 1
        return line, self._upto(offset) - self._upto(start) + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the lines that hold `[start, end)` begin and end, without the last break."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        last = bisect_right(self._starts, max(start, end - 1))
        stop = self._starts[last] if last < len(self._starts) else len(self._text)
        return first, max(end, first + len(self._text[first:stop].rstrip("\r\n")))

    def _upto(self, offset: int) -> int:
        """Return the size of all that stands before an offset."""
        steps = offset // _STEP
        while len(self._sums) <= steps:
            at = len(self._sums) * _STEP
            self._sums.append(self._sums[-1] + self._size(self._text[at - _STEP : at]))
        return self._sums[steps] + self._size(self._text[steps * _STEP : offset])
