"""Lines and columns of a text: reporters count them, nothing else does."""

from __future__ import annotations

import re
from bisect import bisect_right

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of a text; numbers begin at 1, columns count code points."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in _BREAK.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the lines that hold `[start, end)` begin and end, without the last break."""
        first = self._starts[bisect_right(self._starts, start) - 1]
        last = bisect_right(self._starts, max(start, end - 1))
        stop = self._starts[last] if last < len(self._starts) else len(self._text)
        return first, max(end, first + len(self._text[first:stop].rstrip("\r\n")))
