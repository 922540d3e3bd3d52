"""The line of an article around a stretch, cut to a width on word boundaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from tqcheck.reporters.lines import Lines
from tqcheck.reporters.safe import reveal, safe

_GAP = "… "
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to show: the stretch between its context. In right-to-left lines the order on the screen
    is the terminal’s business, so marks below would miss: there the stretch is put in ⟦ ⟧."""

    before: str
    stretch: str
    after: str
    brackets: bool

    @property
    def marks(self) -> tuple[int, int]:
        """Column and length, in cells, of the marks below: they stand under whole signs."""
        start, end = len(self.before), len(self.before) + len(self.stretch)
        column = length = at = 0
        line = self.before + self.stretch + self.after
        for stop in _signs(line):
            cells = cell_len(line[at:stop])
            if stop <= start:
                column += cells
            elif at < end:
                length += cells
            at = stop
        return column, max(1, length)


def excerpt(text: str, lines: Lines, start: int, end: int, width: int) -> Excerpt:
    """Return the excerpt of `text` around `[start, end)` that fits into `width` cells."""
    first, last = lines.around(start, end)
    # Far beyond any width; a line of a megabyte must not be measured for each finding.
    reach = 4 * width
    before = safe(text[max(first, start - reach) : start]).lstrip()
    after = safe(text[end : min(last, end + reach)]).rstrip()
    inside = text[start:end] if end - start <= 2 * reach else text[start : start + reach] + text[end - reach : end]
    brackets = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in before + inside + after)
    if brackets:
        width -= 2
    stretch = reveal(inside)
    # A long stretch leaves some room for the words around it.
    stretch = shorten(stretch, width if not before and not after else max(width * 3 // 4, width - 24))
    room = max(0, width - cell_len(stretch))
    left = min(cell_len(before), max(room // 2, room - cell_len(after)))
    before, after = _tail(before, left), _head(after, room - min(left, cell_len(_tail(before, left))))
    return Excerpt(before, f"⟦{stretch}⟧" if brackets else stretch, after, brackets)


def shorten(text: str, width: int) -> str:
    """Return `text` with its middle cut out where it is wider than `width` cells."""
    if cell_len(text) <= width:
        return text
    half = max(1, (width - 3) // 2)
    return f"{_head(text, half, '')} … {_tail(text, half, '')}"


def _signs(text: str) -> Iterator[int]:
    """Yield where each sign ends that a terminal puts in its own cells: a letter with its combining
    marks, an emoji with its selectors and with what is joined to it. A string is as wide as its signs."""
    at = 0
    while at < len(text):
        at += 2 if text[at] == _JOINER else 1
        while at < len(text) and not cell_len(text[at]):
            at += 2 if text[at] == _JOINER else 1
        yield min(at, len(text))


def _head(text: str, room: int, gap: str = " …") -> str:
    """Return as much of the beginning as fits, cut after a word where there is one."""
    if cell_len(text) <= room:
        return text
    room -= cell_len(gap)
    if room <= 0:
        return gap
    end = width = 0
    for stop in _signs(text):
        width += cell_len(text[end:stop])
        if width > room:
            break
        end = stop
    if end < len(text) and not text[end].isspace():
        space = text.rfind(" ", 0, end)
        # Without a space near, as in Chinese, any place is as good.
        if space >= 0 and (space > end // 3 or cell_len(text[end]) < 2):
            end = space
    return text[:end].rstrip() + gap


def _tail(text: str, room: int, gap: str = _GAP) -> str:
    """Return as much of the end as fits, cut before a word where there is one."""
    width = cell_len(text)
    if width <= room:
        return text
    room -= cell_len(gap)
    if room <= 0:
        return gap
    start = 0
    for stop in _signs(text):
        if width <= room:
            break
        width -= cell_len(text[start:stop])
        start = stop
    if start > 0 and not text[start - 1].isspace():
        space = text.find(" ", start)
        if space >= 0 and (space < start + 2 * (len(text) - start) // 3 or cell_len(text[start - 1]) < 2):
            start = space + 1
    return gap + text[start:].lstrip()
