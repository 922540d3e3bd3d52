"""Places in a text as an editor counts them: lines from 0, columns in the units that both sides agreed on.

A line ends at LF, CR LF or CR and nowhere else (LSP 3.17, §Text Documents); `str.splitlines` would end it at
U+2028 and U+0085 too, and every edit below such a character would land in the wrong line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from tqcheck.reporters.lines import Lines, utf8, utf16

_BREAK = re.compile(r"\r\n|\r|\n")
_SIZES: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: utf8,
    PositionEncodingKind.Utf16: utf16,
    PositionEncodingKind.Utf32: len,
}


class Positions:
    """The lines of a text; offsets are code points, columns are in units of `encoding`."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text, self.encoding = text, encoding
        self._size = _SIZES[encoding]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text, self._size)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Return where an offset stands."""
        line, column = self._lines.position(min(max(offset, 0), len(self.text)))
        return Position(line - 1, column - 1)

    def range(self, start: int, end: int) -> Range:
        """Return where a stretch stands."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position. What lies behind the end of its line is the end of that line,
        as the protocol has it; what lies inside a character is its beginning."""
        if position.line < 0:
            return 0
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = self._end(position.line)
        if self._size is len:
            return min(start + max(position.character, 0), end)
        return start + self._fitting(self.text[start:end], position.character)

    def line_of(self, offset: int) -> tuple[int, int]:
        """Return where the line of an offset begins and ends, without its break."""
        line = bisect_right(self._starts, offset) - 1
        return self._starts[line], self._end(line)

    def _end(self, line: int) -> int:
        if line + 1 >= len(self._starts):
            return len(self.text)
        end = self._starts[line + 1]
        return end - (2 if self.text.startswith("\r\n", end - 2) and end >= 2 else 1)

    def _fitting(self, line: str, units: int) -> int:
        """Return how many characters of a line fit into so many units."""
        # No character is smaller than one unit: halving over the characters finds the place.
        low, high = 0, min(len(line), max(units, 0))
        while low < high:
            middle = (low + high + 1) // 2
            if self._size(line[:middle]) <= units:
                low = middle
            else:
                high = middle - 1
        return low
